using Grpc.Core;
using Iop.Agreements.Api;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>The ways to sign beside the plain one: in order, on paper, taken in from elsewhere.</summary>
[Collection(Running.Name)]
public sealed class SigningWaysApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task Where_the_guideline_says_so_the_association_signs_before_the_municipality()
    {
        var (agreement, organisation) = await service.InSigningAsync(pack: OrderedPack);
        Assert.True(agreement.SigningRounds[0].Ordered);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "TURN_NOT_COME", () => SignAsync(service.ChairPerson, agreement, "arbete"));
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        agreement = await SignAsync(service.Representative(organisation, Bo), agreement, "forening");
        Assert.NotNull(agreement.SigningRounds[0].Invitations.Single(invitation => invitation.PersonRef == Chair).InviteTime);
        Assert.Equal(Agreement.Types.State.Active, (await SignAsync(service.ChairPerson, agreement, "arbete")).State);
    }

    [Fact]
    public async Task Several_authorities_side_by_side_are_each_enough_and_a_new_one_is_none_of_the_round()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        var alone = new SigningAuthority
        {
            Name = $"{organisation}/signingAuthorities/{Guid.CreateVersion7()}",
            Rule = Organisations.V1.SigningRule.Alone,
            State = SigningAuthority.Types.State.Current,
            Signatories = { new AuthorisedSignatory { PersonRef = "cia-person", DisplayName = "Cia Ceder", Role = "verksamhetschef" } },
        };
        service.Neighbours.Authorities[alone.Name] = alone;
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        Assert.Equal([1, 2], agreement.RequiredSignatures[1].Alternatives.Select(way => way.RequiredCount).Order());

        var later = alone.Clone();
        (later.Name, later.Signatories[0].PersonRef) = ($"{organisation}/signingAuthorities/{Guid.CreateVersion7()}", Anna);
        service.Neighbours.Authorities[later.Name] = later;
        service.Neighbours.Authorities[organisation].State = SigningAuthority.Types.State.Lapsed;
        await Refused.ByAsync(StatusCode.PermissionDenied, "SIGNATORY_NOT_AUTHORISED", () => SignAsync(service.Representative(organisation), agreement, "forening"));
        agreement = await SignAsync(service.Representative(organisation, "cia-person"), agreement, "forening");
        Assert.True(agreement.RequiredSignatures[1].Fulfilled);
    }

    [Fact]
    public async Task An_authority_whose_evidence_is_not_complete_is_no_ground_for_signing()
    {
        var (agreement, organisation) = await service.InSigningAsync();
        service.Neighbours.Authorities[organisation].Evidence.Add(new EvidenceLink());

        await Refused.ByAsync(StatusCode.PermissionDenied, "SIGNATORY_NOT_AUTHORISED", () => SignAsync(service.Representative(organisation), agreement, "forening"));
        service.Neighbours.Authorities[organisation].Complete = true;
        Assert.Single((await SignAsync(service.Representative(organisation), agreement, "forening")).Signatures);
    }

    [Fact]
    public async Task Reminders_are_noted_and_told_and_a_round_that_has_passed_goes_back_to_the_agreed_text()
    {
        var (agreement, organisation) = await service.InSigningAsync();
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        await MoveRoundAsync(service, agreement, reminder: TimeProvider.System.Today(), expires: TimeProvider.System.Today().AddDays(3));
        await service.Services.GetRequiredService<AgreementClock>().RunDueAsync(CancellationToken.None);

        var reminded = await service.ReadAsync(agreement.Name);
        Assert.Equal([Anna, Bo], reminded.SigningRounds[0].Reminders.Select(reminder => reminder.PersonRef).Order());
        var due = Assert.Single(await service.EventsAsync<SignatureReminderDue>(agreement));
        Assert.Equal(["forening"], due.PartyIds);
        await service.Services.GetRequiredService<AgreementClock>().RunDueAsync(CancellationToken.None);
        Assert.Equal(reminded, await service.ReadAsync(agreement.Name));

        await MoveRoundAsync(service, agreement, reminder: TimeProvider.System.Today().AddDays(-9), expires: TimeProvider.System.Today().AddDays(-1));
        await service.Services.GetRequiredService<AgreementClock>().RunDueAsync(CancellationToken.None);
        var expired = await service.ReadAsync(agreement.Name);
        Assert.Equal((Agreement.Types.State.TextAgreed, SigningRound.Types.Outcome.Expired, 2), (expired.State, expired.SigningRounds[0].Outcome, expired.Approvals.Count));
        Assert.True(Assert.Single(expired.Signatures).Voided);
        Assert.Single(await service.EventsAsync<SigningExpired>(agreement));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => SignAsync(service.Representative(organisation), expired, "forening"));
    }

    [Fact]
    public async Task S05_Between_two_joint_signatures_the_one_who_remains_is_reminded()
    {
        var (agreement, organisation) = await service.InSigningAsync();
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        Assert.Equal(Agreement.Types.State.AwaitingSignatures, agreement.State);

        await MoveRoundAsync(service, agreement, reminder: TimeProvider.System.Today(), expires: TimeProvider.System.Today().AddDays(3));
        await service.Services.GetRequiredService<AgreementClock>().RunDueAsync(CancellationToken.None);

        var reminded = await service.ReadAsync(agreement.Name);
        Assert.Equal((Agreement.Types.State.AwaitingSignatures, Bo), (reminded.State, Assert.Single(reminded.SigningRounds[0].Reminders).PersonRef));
        Assert.Equal(["forening"], Assert.Single(await service.EventsAsync<SignatureReminderDue>(agreement)).PartyIds);
        Assert.Equal(Agreement.Types.State.Active, (await SignAsync(service.Representative(organisation, Bo), reminded, "forening")).State);
    }

    [Fact]
    public async Task A_decline_is_told_to_all_parties_with_its_reason()
    {
        var (agreement, organisation) = await service.InSigningAsync();

        await service.Representative(organisation).DeclineSignatureAsync(new DeclineSignatureRequest { Name = agreement.Name, PartyId = "forening", Etag = agreement.Etag, Reason = "Styrelsen vill ändra." });

        var seen = await service.ReadAsync(agreement.Name);
        Assert.Equal((SigningRound.Types.Outcome.Declined, "forening", "Styrelsen vill ändra."), (seen.SigningRounds[0].Outcome, seen.SigningRounds[0].OutcomePartyId, seen.SigningRounds[0].OutcomeReason));
        var told = Assert.Single(await service.EventsAsync<SignatureDeclined>(agreement));
        Assert.Equal(("forening", "arbete,forening"), (told.PartyId, string.Join(',', told.PartyIds)));
    }

    [Theory]
    [InlineData(0, "expire_date", "DATE_OUTSIDE_TERM", -1)]
    [InlineData(0, "expire_date", "DATE_OUTSIDE_TERM", 400)]
    [InlineData(91, "reminder_every_days", "NUMBER_OUT_OF_RANGE", 10)]
    public async Task A_round_has_sensible_days(int every, string field, string reason, int days)
    {
        var (agreement, _) = await service.TextAgreedAsync();

        await Refused.ForFieldAsync(field, reason, () => service.Officer.StartSigningAsync(new StartSigningRequest
        {
            Name = agreement.Name,
            Etag = agreement.Etag,
            ReminderEveryDays = every,
            ExpireDate = TimeProvider.System.Today().AddDays(days).ToProto(),
        }).ResponseAsync);
    }

    [Fact]
    public async Task Signatures_on_paper_count_when_a_second_person_has_attested_them()
    {
        var (agreement, organisation) = await service.InSigningAsync();
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        var scan = await UploadAsync(service.Documents, agreement.Name, Scan());
        var record = new RecordPaperSignatureRequest
        {
            Name = agreement.Name,
            PartyId = "arbete",
            Signatures = { Paper(Anna), Paper(Bo) },
            TextHash = agreement.TextHash,
            Sha256 = scan.Sha256,
            Etag = agreement.Etag,
        };
        agreement = await service.Officer.RecordPaperSignatureAsync(record);
        Assert.Equal((scan.Name, scan.Sha256), (agreement.SigningEvidence[0].Document, agreement.SigningEvidence[0].Sha256));
        Assert.Equal((1, false, "Handläggaren"), (agreement.Signatures.Count, agreement.SigningEvidence[0].Counts, agreement.SigningEvidence[0].Attestations[0].AttestedBy));

        var attest = new AttestSigningEvidenceRequest { Name = agreement.Name, PartyId = "arbete", Number = 1, Etag = agreement.Etag };
        await Refused.ByAsync(StatusCode.FailedPrecondition, "ALREADY_ATTESTED", () => service.Officer.AttestSigningEvidenceAsync(attest).ResponseAsync);
        attest.PartyId = "forening";
        await Refused.ByAsync(StatusCode.FailedPrecondition, "ATTESTED_BY_SIGNATORY", () => service.Representative(organisation).AttestSigningEvidenceAsync(attest).ResponseAsync);
        attest.PartyId = "arbete";
        var active = await service.AnotherOfficer.AttestSigningEvidenceAsync(attest);

        Assert.Equal((Agreement.Types.State.Active, true), (active.State, active.SigningEvidence[0].Counts));
        Assert.Equal([SignatureMethod.Platform, SignatureMethod.Paper, SignatureMethod.Paper], active.Signatures.Select(signature => signature.Method));
        Assert.Single(await service.EventsAsync<AgreementActivated>(agreement));
    }

    [Fact]
    public async Task An_agreement_signed_elsewhere_is_taken_in_with_its_evidence()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        var file = await UploadAsync(service.Documents, agreement.Name, Scan());
        var import = new ImportSignedAgreementRequest
        {
            Name = agreement.Name,
            PartyId = "forening",
            Signatures = { Elsewhere("arbete", Chair), Elsewhere("forening", Anna) },
            TextHash = agreement.TextHash,
            Sha256 = file.Sha256,
            Provider = "Annan underskriftstjänst",
            Etag = agreement.Etag,
        };
        var theirs = service.Representative(organisation, "secretary");
        await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNATURES_INCOMPLETE", () => theirs.ImportSignedAgreementAsync(import).ResponseAsync);
        Assert.Equal(Agreement.Types.State.TextAgreed, (await service.ReadAsync(agreement.Name)).State);
        import.Signatures.Add(Elsewhere("forening", Bo));
        agreement = await theirs.ImportSignedAgreementAsync(import);
        Assert.Equal((Agreement.Types.State.AwaitingSignatures, 0), (agreement.State, agreement.Signatures.Count));

        var active = await service.Officer.AttestSigningEvidenceAsync(new AttestSigningEvidenceRequest { Name = agreement.Name, PartyId = "arbete", Number = 1, Etag = agreement.Etag });

        Assert.Equal(Agreement.Types.State.Active, active.State);
        Assert.All(active.Signatures, signature => Assert.Equal((SignatureMethod.Imported, file.Sha256), (signature.Method, signature.EvidenceSha256)));
    }

    private static EvidencedSignature Paper(string person) => new() { PartyId = "forening", PersonRef = person, SignDate = TimeProvider.System.Today().ToProto() };

    private static EvidencedSignature Elsewhere(string party, string person) =>
        new() { PartyId = party, PersonRef = person, SignDate = TimeProvider.System.Today().AddDays(-1).ToProto(), AssuranceLevel = "loa3", SignatureClass = Types.V1.SignatureClass.Simple };

    // Time passes for one round: its stored days are moved, and nothing else.
    internal static Task<IReadOnlyList<string>> MoveRoundAsync(AgreementsFixture service, Agreement agreement, DateOnly reminder, DateOnly expires) => service.RowsAsync(
        $$"""
        WITH moved AS (
            UPDATE agreement SET signing_rounds = jsonb_set(jsonb_set(signing_rounds, '{0,reminderDates}', '["{{reminder:yyyy-MM-dd}}"]'), '{0,expireDate}', '"{{expires:yyyy-MM-dd}}"')
            WHERE id = '{{agreement.Name[^36..]}}' RETURNING id)
        UPDATE agreement_due SET due_time = now() WHERE agreement = '{{agreement.Name[^36..]}}' RETURNING ''
        """);
}
