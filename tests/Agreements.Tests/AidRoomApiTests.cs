using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;
using Finding = Iop.Agreements.V1.Finding;
using Result = Iop.Organisations.V1.SumDeMinimisAidResponse.Types.Result;
using StateAidBasis = Iop.Eligibility.V1.StateAidBasis;

namespace Iop.Agreements.Tests;

/// <summary>Between decision and signature others may give aid too, so room under the ceilings is looked for at each signing. Source: law.md 2.2.</summary>
[Collection(Running.Name)]
public sealed class AidRoomApiTests(AgreementsFixture service)
{
    /// <summary>The findings that ask another service.</summary>
    public static readonly IReadOnlyList<string> Codes = ["aid-exceeds-room", "aid-room-unknown"];

    [Fact]
    public async Task Signing_is_not_opened_for_aid_that_no_longer_fits()
    {
        var (agreement, organisation) = await AgreedAsync(StateAidBasis.SgeiDeMinimis);
        Says(organisation, Result.Exceeded);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => OpenAsync(agreement));
        Assert.Equal(Agreement.Types.State.TextAgreed, (await service.ReadAsync(agreement.Name)).State);

        Says(organisation, Result.Within);
        Assert.Equal(Agreement.Types.State.AwaitingSignatures, (await OpenAsync(agreement)).State);
        var asked = AskedOf(organisation)[0];
        Assert.Equal(
            (AidKind.SgeiDeMinimis, 400_000, TimeProvider.System.Today().ToProto(), agreement.Name),
            (asked.AidKind, asked.ExtraAmount.Units, asked.Date, asked.Agreement));
    }

    [Fact]
    public async Task A_signature_is_stopped_when_the_room_has_been_used_since_signing_was_opened()
    {
        var (agreement, organisation) = await AgreedAsync(StateAidBasis.DeMinimis);
        agreement = await OpenAsync(agreement);
        Says(organisation, Result.Exceeded);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => SignAsync(service.ChairPerson, agreement, "arbete"));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => SignAsync(service.ChairPerson, agreement, "arbete", validateOnly: true));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => SignAsync(service.Representative(organisation), agreement, "forening"));
        Assert.Empty((await service.ReadAsync(agreement.Name)).Signatures);

        Says(organisation, Result.Within);
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        Says(organisation, Result.Exceeded);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => SignAsync(service.Representative(organisation), agreement, "forening"));
    }

    [Fact]
    public async Task Where_nothing_can_be_said_of_the_room_signing_waits_and_tells_which_days_lack_a_rate()
    {
        var (agreement, organisation) = await AgreedAsync(StateAidBasis.DeMinimis);
        service.Neighbours.Aid[organisation] = new SumDeMinimisAidResponse
        {
            Result = Result.Incomplete,
            Missing = { new MissingTableRow { Date = new DateOnly(2026, 3, 2).ToProto() } },
        };

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "AID_TABLE_ROW_MISSING", () => OpenAsync(agreement));
        Assert.Equal("2026-03-02", refused.Metadata["days"]);
    }

    [Fact]
    public async Task That_the_aid_does_not_fit_is_told_in_the_check_and_stops_the_approval_before_anyone_signs()
    {
        var (agreement, organisation) = await service.NegotiatedAsync(changeCase: AidedCase);
        Assert.DoesNotContain(await CheckAsync(agreement), finding => finding.RuleId == "law-de-minimis");
        Says(organisation, Result.Exceeded);

        var told = Assert.Single(await CheckAsync(agreement), finding => finding.RuleId == "law-de-minimis");
        Assert.Equal((Finding.Types.Severity.Blocking, "contributions"), (told.Severity, told.FieldPath));
        Assert.Contains("ryms inte under taket", told.Sentence.Sv, StringComparison.Ordinal);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => ApproveAsync(service.Officer, agreement, "arbete"));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => ApproveAsync(service.Representative(organisation), agreement, "forening"));

        service.Neighbours.Aid[organisation] = new SumDeMinimisAidResponse { Result = Result.Incomplete, Missing = { new MissingTableRow { Date = new DateOnly(2026, 3, 2).ToProto() } } };
        Assert.Contains("2026-03-02", Assert.Single(await CheckAsync(agreement), finding => finding.RuleId == "law-de-minimis").Sentence.Sv, StringComparison.Ordinal);

        Says(organisation, Result.Within);
        Assert.DoesNotContain(await CheckAsync(agreement), finding => finding.RuleId == "law-de-minimis");
        Assert.Single((await ApproveAsync(service.Officer, agreement, "arbete")).Approvals);
    }

    [Fact]
    public async Task Of_paper_the_last_word_alone_waits_for_room()
    {
        var (agreement, organisation) = await AgreedAsync(StateAidBasis.DeMinimis);
        agreement = await OpenAsync(agreement);
        Says(organisation, Result.Exceeded);

        agreement = await AttestedAsync(agreement, organisation, "arbete", Chair);
        agreement = await AttestedAsync(agreement, organisation, "forening", Anna);
        Assert.Equal(2, agreement.Signatures.Count);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => AttestedAsync(agreement, organisation, "forening", Bo));

        Says(organisation, Result.Within);
        agreement = await service.ReadAsync(agreement.Name);
        Assert.Equal(Agreement.Types.State.Active, (await AttestAsync(agreement, 3)).State);
    }

    [Fact]
    public async Task An_agreement_without_de_minimis_aid_asks_nobody_about_room()
    {
        var (agreement, organisation) = await AgreedAsync(StateAidBasis.NoAid);
        Says(organisation, Result.Exceeded);

        await SignedAsync(await OpenAsync(agreement), organisation);

        Assert.Empty(AskedOf(organisation));
    }

    [Fact]
    public async Task A_new_version_needs_room_for_what_it_adds_alone()
    {
        var (agreement, organisation) = await AgreedAsync(StateAidBasis.DeMinimis);
        agreement = await SignedAsync(await OpenAsync(agreement), organisation);
        var asked = AskedOf(organisation).Count;

        var draft = await AmendAsync(agreement);
        await service.SignedAsync(draft, organisation);
        Assert.Equal(asked, AskedOf(organisation).Count);

        service.Neighbours.Cases[agreement.Case].LegalAssessments[^1].DeMinimisAmount.Units = 450_000;
        draft = await AmendAsync(await service.ReadAsync(agreement.Name));
        await service.SignedAsync(draft, organisation);
        Assert.All(AskedOf(organisation).Skip(asked), request => Assert.Equal((50_000, agreement.Name), (request.ExtraAmount.Units, request.Agreement)));
        Assert.NotEqual(asked, AskedOf(organisation).Count);
    }

    [Fact]
    public async Task Aid_that_was_lowered_and_is_raised_again_needs_room_for_the_raise()
    {
        var (agreement, organisation) = await AgreedAsync(StateAidBasis.DeMinimis);
        agreement = await SignedAsync(await OpenAsync(agreement), organisation);
        await InForceAsync(300_000);
        var asked = AskedOf(organisation).Count;

        await InForceAsync(350_000);

        Assert.NotEqual(asked, AskedOf(organisation).Count);
        Assert.All(AskedOf(organisation).Skip(asked), request => Assert.Equal((50_000, agreement.Name), (request.ExtraAmount.Units, request.Agreement)));

        async Task InForceAsync(long amount)
        {
            service.Neighbours.Cases[agreement.Case].LegalAssessments[^1].DeMinimisAmount.Units = amount;
            await service.SignedAsync(await AmendAsync(await service.ReadAsync(agreement.Name)), organisation);
        }
    }

    [Fact]
    public async Task An_organisation_that_comes_in_by_a_new_version_needs_room_for_all_of_the_aid()
    {
        var (agreement, organisation) = await AgreedAsync(StateAidBasis.DeMinimis);
        agreement = await SignedAsync(await OpenAsync(agreement), organisation);
        var (newcomer, asked) = (service.ApprovedCase().Organisation, AskedOf(organisation).Count);
        var draft = await AmendAsync(agreement);
        draft.Parties.Add(new Party { PartyId = "kamrat", Side = PartySide.CivilSociety, DisplayName = "Kamraterna", Organisation = newcomer });

        draft = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = draft, UpdateMask = new() { Paths = { "parties" } } });
        Says(newcomer, Result.Exceeded);

        Assert.Single(await CheckAsync(draft), finding => finding.RuleId == "law-de-minimis");
        Assert.All(AskedOf(newcomer), request => Assert.Equal((400_000, agreement.Name), (request.ExtraAmount.Units, request.Agreement)));
        Assert.Equal(asked, AskedOf(organisation).Count);
    }

    private static void AidedCase(Case found) => found.LegalAssessments.Add(new LegalAssessment
    {
        Kind = LegalAssessment.Types.Kind.Full,
        StateAidBasis = StateAidBasis.DeMinimis,
        DeMinimisAmount = Sum(400_000),
    });

    private async Task<IReadOnlyList<Finding>> CheckAsync(Agreement agreement) =>
        (await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name })).Findings;

    private async Task<Agreement> AttestedAsync(Agreement agreement, string organisation, string party, string person)
    {
        var scan = await UploadAsync(service.Documents, agreement.Name, Scan());
        agreement = await service.Representative(organisation, "medlem").RecordPaperSignatureAsync(new RecordPaperSignatureRequest
        {
            Name = agreement.Name,
            PartyId = "forening",
            Signatures = { new EvidencedSignature { PartyId = party, PersonRef = person, SignDate = TimeProvider.System.Today().ToProto() } },
            TextHash = agreement.TextHash,
            Document = scan.Name,
            Sha256 = scan.Sha256,
            Etag = agreement.Etag,
        });
        return await AttestAsync(agreement, agreement.SigningEvidence.Count);
    }

    private Task<Agreement> AttestAsync(Agreement agreement, int number) => service.Officer.AttestSigningEvidenceAsync(
        new AttestSigningEvidenceRequest { Name = agreement.Name, PartyId = "arbete", Number = number, Etag = agreement.Etag }).ResponseAsync;

    private async Task<(Agreement Agreement, string Organisation)> AgreedAsync(StateAidBasis basis)
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        service.Neighbours.Cases[agreement.Case].LegalAssessments.Add(new LegalAssessment
        {
            Kind = LegalAssessment.Types.Kind.Full,
            StateAidBasis = basis,
            DeMinimisAmount = new Money { CurrencyCode = "SEK", Units = 400_000 },
        });
        return (agreement, organisation);
    }

    private Task<Agreement> OpenAsync(Agreement agreement) =>
        service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag }).ResponseAsync;

    private async Task<Agreement> SignedAsync(Agreement agreement, string organisation)
    {
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        return await SignAsync(service.Representative(organisation, Bo), agreement, "forening");
    }

    private Task<Agreement> AmendAsync(Agreement agreement) => service.Officer.AmendAgreementAsync(
        new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Fler behöver oss.", Etag = agreement.Etag }).ResponseAsync;

    private void Says(string organisation, Result result) => service.Neighbours.Aid[organisation] = new SumDeMinimisAidResponse { Result = result };

    private IReadOnlyList<SumDeMinimisAidRequest> AskedOf(string organisation) => [.. service.Neighbours.AidAsked.Where(request => request.Name == organisation)];
}
