using System.Text.Json;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Persistence;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

[Collection(Running.Name)]
public sealed class SigningApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task A_partnership_is_negotiated_agreed_signed_by_two_jointly_and_active()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        Assert.Equal(Agreement.Types.State.TextAgreed, agreement.State);
        Assert.Equal(["Handläggaren", "Anna Andersson"], agreement.Approvals.Select(approval => approval.ApprovedBy));

        agreement = await service.Representative(organisation).StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        Assert.Equal([("arbete", 1), ("forening", 2)], agreement.RequiredSignatures.Select(requirement => (requirement.PartyId, requirement.RequiredCount)));

        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation), agreement, "forening");
        Assert.Equal(Agreement.Types.State.AwaitingSignatures, agreement.State);
        agreement = await SignAsync(service.Representative(organisation, Bo), agreement, "forening");

        Assert.Equal((Agreement.Types.State.Active, 1), (agreement.State, agreement.Version));
        Assert.NotNull(agreement.ActivateTime);
        var last = agreement.Signatures[^1];
        Assert.Equal((Bo, "Bo Berg", "kassör", "Öppna Famnen Eslöv", "loa3", agreement.TextHash), (last.PersonRef, last.DisplayName, last.Role, last.PartyDisplayName, last.AssuranceLevel, last.TextHash));
        await AssertEventsAsync(agreement, organisation);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => service.WriteAsync(agreement, "activity", "Ändrat"));
    }

    [Fact]
    public async Task An_edit_by_either_side_voids_the_approvals()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();

        var edited = await service.WriteAsync(agreement, "values", "Nytt.", service.Representative(organisation));

        Assert.Equal(Agreement.Types.State.InNegotiation, edited.State);
        Assert.Empty(edited.Approvals);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => service.Officer.StartSigningAsync(new StartSigningRequest { Name = edited.Name, Etag = edited.Etag }).ResponseAsync);
        agreement.Etag = edited.Etag;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "TEXT_HASH_MISMATCH", () => ApproveAsync(service.Officer, agreement, "arbete"));
    }

    [Fact]
    public async Task No_one_approves_for_a_party_that_is_not_theirs_or_what_the_check_stops()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ApproveAsync(service.Officer, agreement, "forening"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ApproveAsync(service.Representative(organisation), agreement, "arbete"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ApproveAsync(service.Officer, agreement, "ingen"));

        var bad = await service.WriteAsync(agreement, "activity", "Vid försening utgår vite.");

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_CHECK_FAILED", () => ApproveAsync(service.Officer, bad, "arbete"));
        Assert.Equal("x-no-sanctions", refused.Metadata["rules"]);
        var check = await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = bad.Name });
        var finding = check.Findings[0];
        Assert.Equal(("x-no-sanctions", V1.Finding.Types.Severity.Blocking, "activity", "sections[3].text"), (finding.RuleId, finding.Severity, finding.SectionId, finding.FieldPath));
        Assert.Contains("vite", finding.Sentence.Sv, StringComparison.Ordinal);
        Assert.Equal(bad.TextHash, check.TextHash);
    }

    [Fact]
    public async Task Signing_starts_only_when_the_case_the_organisation_and_its_signatories_hold()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        var start = new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag };
        var (authority, registered) = (service.Neighbours.Authorities[organisation], service.Neighbours.Organisations[organisation]);

        authority.State = SigningAuthority.Types.State.Lapsed;
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNATORIES_MISSING", () => service.Officer.StartSigningAsync(start).ResponseAsync);
        Assert.Equal("forening", refused.Metadata["parties"]);
        authority.State = SigningAuthority.Types.State.Current;
        registered.PartyEligibility = PartyEligibility.Suspended;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "ORGANISATION_NOT_ELIGIBLE", () => service.Officer.StartSigningAsync(start).ResponseAsync);
        registered.PartyEligibility = PartyEligibility.Eligible;
        service.Neighbours.Cases[agreement.Case].State = Case.Types.State.Declined;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_APPROVED", () => service.Officer.StartSigningAsync(start).ResponseAsync);
        service.Neighbours.Cases[agreement.Case].State = Case.Types.State.Approved;

        Assert.Equal(Agreement.Types.State.AwaitingSignatures, (await service.Officer.StartSigningAsync(start)).State);
    }

    [Fact]
    public async Task One_who_may_not_sign_now_is_refused()
    {
        var (agreement, organisation) = await service.InSigningAsync();
        var anna = service.Representative(organisation);

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => SignAsync(anna, agreement, "arbete"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SIGNATORY_NOT_AUTHORISED", () => SignAsync(service.Officer, agreement, "arbete"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SIGNATORY_NOT_AUTHORISED", () => SignAsync(service.Representative(organisation, "cecilia"), agreement, "forening"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "ASSURANCE_LEVEL_TOO_LOW", () => SignAsync(service.Representative(organisation, assurance: "loa2"), agreement, "forening"));
        service.Neighbours.Authorities[organisation].State = SigningAuthority.Types.State.Ended;
        await Refused.ByAsync(StatusCode.PermissionDenied, "SIGNATORY_NOT_AUTHORISED", () => SignAsync(anna, agreement, "forening"));
        service.Neighbours.Authorities[organisation].State = SigningAuthority.Types.State.Current;

        var signed = await SignAsync(anna, agreement, "forening");

        await Refused.ByAsync(StatusCode.FailedPrecondition, "ALREADY_SIGNED", () => SignAsync(anna, signed, "forening"));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => SignAsync(service.ChairPerson, agreement, "arbete"));
    }

    [Fact]
    public async Task A_signature_that_is_only_validated_changes_nothing()
    {
        var (agreement, organisation) = await service.InSigningAsync();

        var answer = await SignAsync(service.Representative(organisation), agreement, "forening", validateOnly: true);

        Assert.Single(answer.Signatures);
        Assert.Equal(agreement, await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SIGNATORY_NOT_AUTHORISED", () => SignAsync(service.Officer, agreement, "arbete", validateOnly: true));
    }

    [Fact]
    public async Task Declining_opens_the_text_again_and_withdrawing_keeps_it_agreed()
    {
        var (agreement, organisation) = await service.InSigningAsync();
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => service.Officer.WithdrawSigningAsync(new WithdrawSigningRequest { Name = agreement.Name, Etag = agreement.Etag }).ResponseAsync);
        var withdrawn = await service.Officer.WithdrawSigningAsync(new WithdrawSigningRequest { Name = agreement.Name, Etag = agreement.Etag, Reason = "Fel namn." });
        Assert.Equal((Agreement.Types.State.TextAgreed, 2, true), (withdrawn.State, withdrawn.Approvals.Count, Assert.Single(withdrawn.Signatures).Voided));

        var again = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = withdrawn.Etag });
        var declined = await service.Representative(organisation).DeclineSignatureAsync(new DeclineSignatureRequest { Name = agreement.Name, PartyId = "forening", Etag = again.Etag, Reason = "Styrelsen vill ändra." });
        Assert.Equal((Agreement.Types.State.InNegotiation, 0), (declined.State, declined.Approvals.Count));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => service.Representative(organisation).DeclineSignatureAsync(
            new DeclineSignatureRequest { Name = agreement.Name, PartyId = "forening", Etag = declined.Etag, Reason = "Igen." }).ResponseAsync);

        var history = await service.Representative(organisation).ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name });
        Assert.Equal(("DECLINE_SIGNATURE", "Anna Andersson", "forening", "Styrelsen vill ändra."), (history.AgreementRevisions[0].Action, history.AgreementRevisions[0].Actor, history.AgreementRevisions[0].PartyId, history.AgreementRevisions[0].Reason));
    }

    [Fact]
    public async Task The_history_shows_each_change_and_a_draft_stays_with_its_side()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var mine = await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name });
        var theirs = await service.Representative(organisation).ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name });

        Assert.Equal(["SHARE_AGREEMENT", "UPDATE_SECTION", "CREATE_AGREEMENT"], mine.AgreementRevisions.Select(revision => revision.Action));
        Assert.Equal(["SHARE_AGREEMENT"], theirs.AgreementRevisions.Select(revision => revision.Action));
        var page = await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name, PageSize = 2 });
        var rest = await service.Officer.ListAgreementRevisionsAsync(new ListAgreementRevisionsRequest { Parent = agreement.Name, PageSize = 2, PageToken = page.NextPageToken });
        Assert.Equal([3, 2, 1], page.AgreementRevisions.Concat(rest.AgreementRevisions).Select(revision => revision.RevisionNumber));

        var first = await service.Officer.GetAgreementRevisionAsync(new GetAgreementRevisionRequest { Name = $"{agreement.Name}/revisions/1" });
        Assert.Equal((Agreement.Types.State.Drafting, "Handläggaren", "arbete"), (first.Snapshot.State, first.Actor, first.PartyId));
        Assert.NotEmpty(first.Snapshot.CanonicalText);
        await Refused.ByAsync(StatusCode.NotFound, "REVISION_NOT_FOUND", () => service.Representative(organisation).GetAgreementRevisionAsync(new GetAgreementRevisionRequest { Name = $"{agreement.Name}/revisions/1" }).ResponseAsync);
        await Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => service.Officer.GetAgreementRevisionAsync(new GetAgreementRevisionRequest { Name = $"{agreement.Name}/revisions/01" }).ResponseAsync);
    }

    // The outbox is the promise to send; that what lies in it leaves, and once, is the platform's to show.
    private async Task AssertEventsAsync(Agreement agreement, string organisation)
    {
        var rows = await service.RowsAsync($"SELECT payload::text FROM outbox WHERE subject = '{agreement.Name}' AND (type LIKE '%AgreementTextAgreed' OR type LIKE '%AgreementActivated') ORDER BY position");
        var agreed = JsonSerializer.Deserialize<AgreementTextAgreed>(rows[0], Json.Options)!;
        var activated = JsonSerializer.Deserialize<AgreementActivated>(rows[1], Json.Options)!;

        Assert.Equal(2, rows.Count);
        Assert.Equal(("1285", agreement.Name, agreement.TextHash), (agreed.Municipality, agreed.Subject, agreed.TextHash));
        Assert.True(agreed.Sequence < activated.Sequence);
        Assert.Equal((agreement.Case, agreement.GuidelinePack, 1, agreement.TextHash), (activated.Case, activated.GuidelinePack, activated.Version, activated.TextHash));
        Assert.Equal([organisation], activated.Organisations);
        Assert.Equal((new DateOnly(2027, 1, 1), new DateOnly(2029, 12, 31)), (activated.StartDate, activated.EndDate));
        Assert.Equal((3, 12, "SHARED"), (activated.FollowUp.CheckInEveryMonths, activated.FollowUp.ReportEveryMonths, activated.FollowUp.ReportingResponsibility));
        Assert.Equal((new DateOnly(2029, 6, 30), new DateOnly(2029, 3, 31)), (activated.FollowUp.EvaluationDate, activated.FollowUp.RenewalTalksDate));
        Assert.Equal(
            Enumerable.Range(1, 9).Select(number => $"{number}"),
            await service.RowsAsync($"SELECT number::text FROM revision WHERE subject = '{agreement.Name}' ORDER BY number"));
    }
}
