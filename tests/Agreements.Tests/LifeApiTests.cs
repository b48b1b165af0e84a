using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.FollowUp;
using Iop.Eligibility.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>An agreement from its first day to the archive, as both sides live it.</summary>
[Collection(Running.Name)]
public sealed class LifeApiTests(AgreementsFixture service)
{
    [Fact]
    public async Task The_parties_pause_and_take_up_the_agreement_together()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var theirs = service.Representative(organisation);

        agreement = await theirs.SuspendAgreementAsync(new SuspendAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Lokalen renoveras.", Etag = agreement.Etag });
        Assert.Equal((Agreement.Types.State.Active, JointProposal.Types.Outcome.Unspecified), (agreement.State, agreement.JointProposals[0].Outcome));
        agreement = await service.Officer.SuspendAgreementAsync(new SuspendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Vi håller med.", Etag = agreement.Etag });
        Assert.Equal(Agreement.Types.State.Suspended, agreement.State);
        agreement = await service.Officer.ResumeAgreementAsync(new ResumeAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Klart.", Etag = agreement.Etag });
        agreement = await theirs.ResumeAgreementAsync(new ResumeAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Klart.", Etag = agreement.Etag });

        Assert.Equal(Agreement.Types.State.Active, agreement.State);
        var (paused, resumed) = (Assert.Single(await service.EventsAsync<AgreementSuspended>(agreement)), Assert.Single(await service.EventsAsync<AgreementResumed>(agreement)));
        Assert.True(paused.Sequence < resumed.Sequence);
        Assert.Equal(agreement, await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }));
    }

    [Fact]
    public async Task No_one_acts_for_another_party_or_on_what_has_changed_since()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var request = new SuspendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Skäl.", Etag = agreement.Etag };

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => service.Representative(organisation).SuspendAgreementAsync(request).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => service.Representative($"{Here}/organisations/{Guid.CreateVersion7()}").SuspendAgreementAsync(request).ResponseAsync);
        request.Etag = "\"1\"";
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => service.Officer.SuspendAgreementAsync(request).ResponseAsync);
        request.Reason = "";
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => service.Officer.SuspendAgreementAsync(request).ResponseAsync);

        Assert.Equal(agreement, await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }));
    }

    [Fact]
    public async Task A_repeated_request_answers_as_the_first_did()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var request = new ReportHardshipRequest
        {
            Name = agreement.Name,
            PartyId = "forening",
            Event = Hardship.Types.Event.Premises,
            Effect = "Stängt i en månad.",
            Measures = "Vi lånar en lokal.",
            Etag = agreement.Etag,
            RequestId = Guid.NewGuid().ToString(),
        };

        var first = await service.Representative(organisation).ReportHardshipAsync(request);
        var second = await service.Representative(organisation).ReportHardshipAsync(request);

        Assert.Equal(first, second);
        Assert.Single(second.Hardships);
    }

    [Fact]
    public async Task A_dispute_is_opened_met_about_and_resolved_without_a_sanction()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var deviation = $"{Here}/plans/{Guid.CreateVersion7()}/deviations/{Guid.CreateVersion7()}";
        var open = new OpenDisputeRequest { Parent = agreement.Name, PartyId = "arbete", Type = Dispute.Types.Type.WrongTargetGroup, Description = "Äldre deltar.", Deviation = deviation };
        var dispute = await service.Officer.OpenDisputeAsync(open);
        var told = Assert.Single(await service.EventsAsync<DisputeOpened>(agreement));
        Assert.Equal((dispute.Name, "WRONG_TARGET_GROUP", deviation), (told.Dispute, told.Type, told.Deviation));

        var theirs = service.Representative(organisation);
        var resolve = new ResolveDisputeRequest { Name = dispute.Name, PartyId = "forening", Outcome = Dispute.Types.Outcome.Amendment, OutcomeText = "Målgruppen vidgas.", Etag = dispute.Etag };
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DISPUTE_MEETING_MISSING", () => theirs.ResolveDisputeAsync(resolve).ResponseAsync);
        var meeting = new AddDisputeMeetingRequest
        {
            Name = dispute.Name,
            PartyId = "forening",
            Meeting = new DisputeMeeting { Date = TimeProvider.System.Today().ToProto(), PartyIds = { "arbete" }, Note = "Styrgruppen talade om målgruppen." },
            Etag = dispute.Etag,
        };
        await Refused.ForFieldAsync("meeting.party_ids", "BOTH_SIDES_REQUIRED", () => theirs.AddDisputeMeetingAsync(meeting).ResponseAsync);
        meeting.Meeting.PartyIds.Add("forening");
        dispute = await theirs.AddDisputeMeetingAsync(meeting);
        resolve.Etag = dispute.Etag;
        dispute = await theirs.ResolveDisputeAsync(resolve);

        Assert.Equal((Dispute.Types.State.Resolved, Dispute.Types.Outcome.Amendment), (dispute.State, dispute.Outcome));
        Assert.Equal(dispute, await service.Officer.GetDisputeAsync(new GetDisputeRequest { Name = dispute.Name }));
        Assert.Equal([dispute], (await service.Officer.ListDisputesAsync(new ListDisputesRequest { Parent = agreement.Name })).Disputes);
        meeting.Etag = dispute.Etag;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DISPUTE_STATE_NOT_ALLOWED", () => theirs.AddDisputeMeetingAsync(meeting).ResponseAsync);
        Assert.Equal(Agreement.Types.State.Active, (await service.ReadAsync(agreement.Name)).State);
    }

    [Fact]
    public async Task An_amendment_is_negotiated_and_signed_beside_the_agreement_which_holds_till_then()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var theirs = service.Representative(organisation);
        var amend = new AmendAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Fler behöver oss.", Etag = agreement.Etag };
        var draft = await theirs.AmendAgreementAsync(amend);
        Assert.Equal((Agreement.Types.State.Drafting, 2, agreement.Name, AmendmentKind.Amendment), (draft.State, draft.Version, draft.Amendment.Agreement, draft.Amendment.Kind));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => service.ReadAsync(draft.Name));
        amend.Etag = (await service.ReadAsync(agreement.Name)).Etag;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AMENDMENT_OPEN", () => theirs.AmendAgreementAsync(amend).ResponseAsync);

        draft = await service.WriteAsync(draft, "target-group", "Alla vuxna.", theirs);
        draft = await theirs.ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, Etag = draft.Etag, OfficialDocumentAcknowledged = true });
        draft = await ApproveAsync(service.Officer, draft, "arbete");
        draft = await ApproveAsync(theirs, draft, "forening");
        var start = new StartSigningRequest { Name = draft.Name, Etag = draft.Etag };
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEGAL_CHECK_MISSING", () => service.Officer.StartSigningAsync(start).ResponseAsync);
        Check(agreement.Case, LegalAssessment.Types.Conclusion.IopPossible, TimeProvider.System.Today().AddDays(-1));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEGAL_CHECK_MISSING", () => service.Officer.StartSigningAsync(start).ResponseAsync);
        Check(agreement.Case, LegalAssessment.Types.Conclusion.NotPossible, TimeProvider.System.Today());
        await Refused.ByAsync(StatusCode.FailedPrecondition, "LEGAL_CHECK_MISSING", () => service.Officer.StartSigningAsync(start).ResponseAsync);
        Check(agreement.Case, LegalAssessment.Types.Conclusion.IopPossible, TimeProvider.System.Today());
        draft = await service.Officer.StartSigningAsync(start);
        draft = await SignAsync(service.ChairPerson, draft, "arbete");
        draft = await SignAsync(theirs, draft, "forening");
        Assert.Equal((1, agreement.TextHash), (await VersionOfAsync(agreement)));
        draft = await SignAsync(service.Representative(organisation, Bo), draft, "forening");

        var amended = await service.ReadAsync(agreement.Name);
        Assert.Equal((Agreement.Types.State.Adopted, Agreement.Types.State.Active, 2, draft.TextHash), (draft.State, amended.State, amended.Version, amended.TextHash));
        Assert.Equal([1, 1, 1, 2, 2, 2], amended.Signatures.Select(signature => signature.Version));
        Assert.All(amended.RequiredSignatures, requirement => Assert.True(requirement.Fulfilled));
        Assert.Equal("", amended.OpenAmendment);
        var told = Assert.Single(await service.EventsAsync<AgreementAmended>(agreement));
        Assert.Equal((2, draft.TextHash, new DateOnly(2029, 12, 31)), (told.Version, told.TextHash, told.EndDate));
        Assert.NotEmpty(told.Partnership.Contributions);
        var versions = await theirs.ListAgreementVersionsAsync(new ListAgreementVersionsRequest { Parent = agreement.Name });
        Assert.Equal([(2, draft.Name), (1, agreement.Name)], versions.AgreementVersions.Select(version => (version.Version, version.Draft)));
        var first = await theirs.GetAgreementVersionAsync(new GetAgreementVersionRequest { Name = versions.AgreementVersions[1].Name });
        Assert.Equal(agreement.TextHash, first.TextHash);
        Assert.Contains("Unga 18–25 år.", first.CanonicalText, StringComparison.Ordinal);
        await Refused.ByAsync(StatusCode.NotFound, "VERSION_NOT_FOUND", () => theirs.GetAgreementVersionAsync(new GetAgreementVersionRequest { Name = $"{agreement.Name}/versions/3" }).ResponseAsync);
    }

    [Fact]
    public async Task An_extension_needs_talks_evaluation_and_a_renewed_check_and_comes_only_as_often_as_agreed()
    {
        var (agreement, organisation) = await service.ActiveAsync(asked => asked.Extension = new ExtensionTerms { Allowed = true, MaxCount = 1, Months = 12 });
        var today = TimeProvider.System.Today();
        var extend = new ExtendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Months = 24, Etag = agreement.Etag };
        await Refused.ByAsync(StatusCode.FailedPrecondition, "EXTENSION_TOO_LONG", () => service.Officer.ExtendAgreementAsync(extend).ResponseAsync);
        extend.Months = 0;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "TALKS_MISSING", () => service.Officer.ExtendAgreementAsync(extend).ResponseAsync);
        var talks = new RecordRenewalTalksRequest { Name = agreement.Name, PartyId = "forening", HeldDate = today.AddDays(1).ToProto(), Note = "Båda vill fortsätta.", Etag = agreement.Etag };
        await Refused.ForFieldAsync("held_date", "DATE_OUTSIDE_TERM", () => service.Representative(organisation).RecordRenewalTalksAsync(talks).ResponseAsync);
        await service.RowsAsync($"UPDATE agreement SET life = jsonb_set(life, '{{talks}}', '[{{\"heldDate\":\"2029-03-01\",\"partyId\":\"forening\",\"note\":\"Ja.\",\"late\":false}}]') WHERE id = '{agreement.Name[^36..]}' RETURNING ''");
        extend.Etag = (await service.ReadAsync(agreement.Name)).Etag;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_MISSING", () => service.Officer.ExtendAgreementAsync(extend).ResponseAsync);
        await EvaluateAsync(agreement, "NOT_SOLVED");
        extend.Etag = (await service.ReadAsync(agreement.Name)).Etag;
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => service.Officer.ExtendAgreementAsync(extend).ResponseAsync);
        extend.Reason = "Arbetet har nyss hittat sin form.";

        var draft = await service.Officer.ExtendAgreementAsync(extend);
        Assert.Equal((AmendmentKind.Extension, new DateOnly(2030, 12, 31)), (draft.Amendment.Kind, draft.EndDate.ToDateOnly()));
        Check(agreement.Case, LegalAssessment.Types.Conclusion.IopPossible, today);
        await service.SignedAsync(draft, organisation);

        var extended = await service.ReadAsync(agreement.Name);
        Assert.Equal((2, 1, new DateOnly(2030, 12, 31)), (extended.Version, extended.ExtensionCount, extended.EndDate.ToDateOnly()));
        var told = Assert.Single(await service.EventsAsync<AgreementExtended>(agreement));
        Assert.Equal((1, new DateOnly(2030, 12, 31), new DateOnly(2030, 6, 30), null), (told.ExtensionNumber, told.EndDate, told.EvaluationDate, told.RenewalTalksDate));
        Assert.Equal((2, 3, told.EvaluationDate, 8), (told.Version, told.FollowUp?.CheckInEveryMonths, told.FollowUp?.EvaluationDate, told.FollowUp?.MinimumGroupSize));
        Assert.Equal([organisation], told.Organisations);
        Assert.NotEmpty(told.Partnership!.Contributions);
        Assert.Equal([new DateOnly(2039, 12, 31), new DateOnly(2040, 12, 31)], extended.Retentions.Skip(1).Select(retention => retention.KeepUntilDate.ToDateOnly()));
        extend.Etag = extended.Etag;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "EXTENSIONS_USED", () => service.Officer.ExtendAgreementAsync(extend).ResponseAsync);
    }

    private void Check(string caseName, LegalAssessment.Types.Conclusion conclusion, DateOnly date) => service.Neighbours.Cases[caseName].LegalAssessments.Add(
        new LegalAssessment { Kind = LegalAssessment.Types.Kind.Renewal, Conclusion = conclusion, AssessDate = date.ToProto() });

    private async Task<(int Version, string Hash)> VersionOfAsync(Agreement agreement)
    {
        var read = await service.ReadAsync(agreement.Name);
        return (read.Version, read.TextHash);
    }

    // As the follow-up tells it, over the broker.
    private async Task EvaluateAsync(Agreement agreement, string verdict)
    {
        await service.Services.GetRequiredService<IBus>().Publish(new EvaluationCompleted
        {
            EventId = Guid.CreateVersion7(),
            Municipality = "1285",
            Subject = $"{Here}/plans/{Guid.CreateVersion7()}",
            OccurredAt = TimeProvider.System.GetUtcNow(),
            Sequence = 1,
            Agreement = agreement.Name,
            Verdict = verdict,
        });
        await Eventually.IsAsync(1, async () => (await service.ReadAsync(agreement.Name)).Evaluations.Count);
    }
}
