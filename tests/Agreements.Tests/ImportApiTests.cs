using Grpc.Core;
using Iop.Agreements.Api;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>An agreement from before the platform: data, the signed document, and the word of two.</summary>
[Collection(Running.Name)]
public sealed class ImportApiTests(AgreementsFixture service)
{
    private static readonly DateOnly Today = TimeProvider.System.Today();

    private AgreementImportService.AgreementImportServiceClient Importer => new(service.As("1285", Roles.CaseOfficer, name: "Handläggaren"));

    [Fact]
    public async Task It_is_in_force_when_two_have_attested_the_signed_document_and_lives_on_like_any_other()
    {
        var (request, organisation) = Request();
        var agreement = await Importer.ImportAgreementAsync(request);
        Assert.Equal((Agreement.Types.State.AwaitingSignatures, "Avtalsdatabasen, 2025-17", ""), (agreement.State, agreement.ImportSource, agreement.Case));
        Assert.Equal(["extern-1", "extern-2"], agreement.RequiredSignatures.SelectMany(required => required.Signatories).Select(person => person.PersonRef));
        Assert.Contains("1 200 000 kr", (await service.ReadAsync(agreement.Name)).CanonicalText, StringComparison.Ordinal);

        var active = await AttestAsync(agreement);

        Assert.Equal((Agreement.Types.State.Active, request.Agreement.EndDate), (active.State, active.EndDate));
        Assert.Equal(["Kim Ordförande", "Anna Andersson"], active.Signatures.Select(signature => signature.DisplayName));
        Assert.Equal(SignatureMethod.Paper, active.Signatures[0].Method);
        var told = System.Text.Json.JsonSerializer.Deserialize<AgreementActivated>(
            (await service.RowsAsync($"SELECT payload::text FROM outbox WHERE subject = '{agreement.Name}' AND type LIKE '%AgreementActivated'"))[0], Json.Options)!;
        var followUp = told.FollowUp!;
        Assert.Equal((request.Agreement.StartDate.ToDateOnly(), "", 0), (told.StartDate, told.Case, followUp.CheckInEveryMonths));
        Assert.All(followUp.CheckInDates!.Concat(followUp.ReportDates!), date => Assert.InRange(date, Today, told.EndDate));
        Assert.NotEmpty(followUp.CheckInDates!);

        await service.Services.GetRequiredService<OriginalSealer>().RunDueAsync(CancellationToken.None);
        Assert.Single(await service.RowsAsync($"SELECT sha256 FROM original_file WHERE agreement = '{agreement.Name[^36..]}'"));
        var theirs = await service.Representative(organisation).GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name, View = AgreementView.Full });
        Assert.True(theirs.Validity.Valid);
        await service.Representative(organisation).RequestRenegotiationAsync(new RequestRenegotiationRequest { Name = agreement.Name, PartyId = "forening", Reason = "Fler kommer.", Etag = theirs.Etag });
    }

    [Fact]
    public async Task One_whose_last_day_has_passed_is_kept_as_expired()
    {
        var (request, _) = Request(asked => (asked.StartDate, asked.EndDate, asked.FollowUp) = (Today.AddYears(-3).ToProto(), Today.AddDays(-10).ToProto(), null));
        var active = await AttestAsync(await Importer.ImportAgreementAsync(request));

        await service.Services.GetRequiredService<AgreementClock>().RunDueAsync(CancellationToken.None);

        var ended = await service.ReadAsync(active.Name);
        Assert.Equal((Agreement.Types.State.Expired, request.Agreement.EndDate), (ended.State, ended.EndedDate));
        Assert.Equal(Retention.Types.Basis.TrueEnd, ended.Retentions[^1].Basis);
    }

    [Fact]
    public async Task Nobody_signs_it_here_and_without_a_case_it_is_not_extended()
    {
        var (request, organisation) = Request(asked => asked.Extension = new ExtensionTerms { Allowed = true, MaxCount = 1, Months = 12 });
        request.Signatories[1].PersonRef = Anna;
        var agreement = await Importer.ImportAgreementAsync(request);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNED_ELSEWHERE", () => SignAsync(service.Representative(organisation), agreement, "forening"));

        var active = await AttestAsync(agreement);
        var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = active.Name, PartyId = "arbete", Reason = "Nytt mål.", Etag = active.Etag });
        draft = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = new Agreement { Name = draft.Name, Etag = draft.Etag, EndsWithoutNotice = true, Goals = { new Goal { GoalId = "g2", Text = "Fler får arbete." } }, PublicSignatories = { new Signatory { PartyId = "arbete", PersonRef = Chair, DisplayName = "Kim Ordförande", Role = "ordförande" } } },
        });
        draft = await service.WriteAsync(draft, "background", "Så började det.");
        draft = await service.WriteAsync(draft, "activity", "En mötesplats.");
        draft = await service.WriteAsync(draft, "target-group", "Unga.");
        draft = await service.Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, Etag = draft.Etag, OfficialDocumentAcknowledged = true });
        draft = await ApproveAsync(service.Officer, draft, "arbete");
        draft = await ApproveAsync(service.Representative(organisation), draft, "forening");
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEGAL_CHECK_MISSING", () => service.Officer.StartSigningAsync(new StartSigningRequest { Name = draft.Name, Etag = draft.Etag }).ResponseAsync);
    }

    [Fact]
    public async Task A_case_has_one_agreement_however_it_came_and_agreements_without_one_are_many()
    {
        var (agreement, _) = await service.DraftedAsync();
        var (request, _) = Request();
        await Importer.ImportAgreementAsync(request);
        var (another, _) = Request();
        await Importer.ImportAgreementAsync(another);

        another.Agreement.Case = agreement.Case;
        await Refused.ByAsync(StatusCode.AlreadyExists, "CASE_HAS_AGREEMENT", () => Importer.ImportAgreementAsync(another).ResponseAsync);
    }

    public static TheoryData<string, string, Action<ImportAgreementRequest>> Faulty => new()
    {
        { "source", "FIELD_REQUIRED", request => request.Source = "" },
        { "guideline_pack", "FIELD_REQUIRED", request => request.GuidelinePack = "" },
        { "guideline_pack", "RESOURCE_NAME_INVALID", request => request.GuidelinePack = "municipalities/1283/guidelinePacks/2024-1" },
        { "agreement.end_date", "FIELD_REQUIRED", request => request.Agreement.EndDate = null },
        { "signatories", "FIELD_REQUIRED", request => request.Signatories.Clear() },
        { "signatories", "PARTY_UNKNOWN", request => request.Signatories[0].PartyId = "okänd" },
        { "signatories[0].display_name", "FIELD_REQUIRED", request => request.Signatories[0].DisplayName = "" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task What_is_missing_is_told(string field, string reason, Action<ImportAgreementRequest> damage)
    {
        var (request, _) = Request();
        damage(request);

        await Refused.ForFieldAsync(field, reason, () => Importer.ImportAgreementAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task Every_party_has_signed_it_or_it_is_none()
    {
        var (request, _) = Request();
        request.Signatories.RemoveAt(1);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNATORIES_MISSING", () => Importer.ImportAgreementAsync(request).ResponseAsync);
    }

    // law.md 2.9: the guideline cannot ask of a signature from before it what it asks today.
    [Fact]
    public async Task A_signature_from_before_the_platform_is_as_strong_as_it_is()
    {
        var (request, _) = Request();
        request.GuidelinePack = StrongPack;
        var agreement = await Importer.ImportAgreementAsync(request);
        var scan = await UploadAsync(service.Documents, agreement.Name, Scan(), "avtal.pdf");
        var told = new ImportSignedAgreementRequest { Name = agreement.Name, PartyId = "arbete", TextHash = agreement.TextHash, Sha256 = scan.Sha256, Provider = "Provbanken", Etag = agreement.Etag };
        told.Signatures.AddRange(agreement.RequiredSignatures.SelectMany(required => required.Signatories).Select(person =>
            new EvidencedSignature { PartyId = person.PartyId, PersonRef = person.PersonRef, SignDate = agreement.StartDate, AssuranceLevel = "loa3", SignatureClass = SignatureClass.Simple }));

        agreement = await service.Officer.ImportSignedAgreementAsync(told);
        agreement = await service.AnotherOfficer.AttestSigningEvidenceAsync(new AttestSigningEvidenceRequest { Name = agreement.Name, PartyId = "arbete", Number = 1, Etag = agreement.Etag });

        Assert.Equal(Agreement.Types.State.Active, agreement.State);
        Assert.All(agreement.Signatures, signature => Assert.Equal(
            (SignatureClass.Simple, SignatureValidation.Types.Result.NotApplicable, SignatureValidation.Types.Result.Attested),
            (signature.SignatureClass, signature.Validation.Form, signature.Validation.Authority)));
    }

    private (ImportAgreementRequest Request, string Organisation) Request(Action<Agreement>? change = null)
    {
        var (_, organisation) = service.ApprovedCase();
        var agreement = new Agreement
        {
            Title = "Öppen kväll",
            StartDate = Today.AddMonths(-13).ToProto(),
            EndDate = Today.AddMonths(23).ToProto(),
            Parties =
            {
                new Party { PartyId = "arbete", Side = PartySide.Public, PublicPartyKind = PublicPartyKind.Administration, DisplayName = "Arbete och försörjning", Lead = true, FundingSource = FundingSource.Earmarked },
                new Party { PartyId = "forening", Side = PartySide.CivilSociety, Organisation = organisation, DisplayName = "Öppna famnen", Lead = true },
            },
            Contributions =
            {
                new Contribution { PartyId = "arbete", Type = ContributionType.Money, Value = new Money { CurrencyCode = "SEK", Units = 1_200_000 }, Description = "Stöd" },
                new Contribution { PartyId = "forening", Type = ContributionType.VolunteerHours, Value = new Money { CurrencyCode = "SEK", Units = 450_000 }, Hours = 2_700, ValuationMethod = "Timmar gånger 166 kronor" },
            },
            PaymentPlan = { new PaymentPlanItem { Amount = new Money { CurrencyCode = "SEK", Units = 1_200_000 }, DueDate = Today.ToProto(), PayerPartyId = "arbete", PayeePartyId = "forening" } },
            Goals = { new Goal { GoalId = "g1", Text = "Färre unga är ensamma." } },
            FollowUp = new FollowUpTerms { CheckInEveryMonths = 3, ReportEveryMonths = 12, ReportingResponsibility = ReportingResponsibility.Shared },
        };
        change?.Invoke(agreement);
        return (new ImportAgreementRequest
        {
            Parent = Here,
            Agreement = agreement,
            GuidelinePack = $"{Here}/guidelinePacks/2024-1",
            Source = "Avtalsdatabasen, 2025-17",
            Signatories =
            {
                new Signatory { PartyId = "arbete", DisplayName = "Kim Ordförande", Role = "ordförande" },
                new Signatory { PartyId = "forening", DisplayName = "Anna Andersson", Role = "ordförande" },
            },
        }, organisation);
    }

    private async Task<Agreement> AttestAsync(Agreement agreement)
    {
        var scan = await UploadAsync(service.Documents, agreement.Name, Scan(), "avtal.pdf");
        var record = new RecordPaperSignatureRequest { Name = agreement.Name, PartyId = "arbete", TextHash = agreement.TextHash, Sha256 = scan.Sha256, Etag = agreement.Etag };
        record.Signatures.AddRange(agreement.RequiredSignatures.SelectMany(required => required.Signatories)
            .Select(person => new EvidencedSignature { PartyId = person.PartyId, PersonRef = person.PersonRef, SignDate = agreement.StartDate }));
        agreement = await service.Officer.RecordPaperSignatureAsync(record);
        return await service.AnotherOfficer.AttestSigningEvidenceAsync(new AttestSigningEvidenceRequest { Name = agreement.Name, PartyId = "arbete", Number = 1, Etag = agreement.Etag });
    }
}
