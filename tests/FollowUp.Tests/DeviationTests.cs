using Grpc.Core;
using Iop.Contracts.Events.Agreements;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using Kinds = Iop.FollowUp.V1.Deviation.Types.Type;
using States = Iop.FollowUp.V1.Deviation.Types.State;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class DeviationTests(FollowUpFixture service)
{
    [Fact]
    public async Task A_deviation_is_recorded_handled_and_resolved_by_the_parties_together()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var open = await RecordAsync(partnership);
        Assert.Equal((States.Open, PartySide.Public, Partnership.Today.AddMonths(1), false), (open.State, open.RecordedBy, open.DueDate.ToDateOnly(), open.Overdue));
        Assert.Equal(1, await service.CountAsync("SELECT count(*) FROM revision WHERE subject = $1", open.Name));
        var due = Assert.Single(await partnership.DueAsync(), i => i.Kind == DueItem.Types.Kind.Deviation);
        Assert.Equal(open.Name, due.Item);

        var handled = await partnership.Representative.AddDeviationStepAsync(Step(open));
        var resolved = await partnership.Officer.ResolveDeviationAsync(Resolution(handled));

        Assert.Equal((States.Resolved, PartySide.CivilSociety, PartySide.Public), (resolved.State, resolved.Steps[0].RecordedBy, resolved.ResolvedBy));
        Assert.Equal(resolved, await partnership.Representative.GetDeviationAsync(new GetDeviationRequest { Name = open.Name }));
        Assert.Equal(resolved, Assert.Single((await partnership.Officer.ListDeviationsAsync(new ListDeviationsRequest { Parent = partnership.Plan.Name })).Deviations));
        Assert.DoesNotContain(await partnership.DueAsync(), i => i.Kind == DueItem.Types.Kind.Deviation);
    }

    [Fact]
    public async Task A_dispute_in_the_agreement_is_linked_to_the_deviation_it_is_about_once()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var open = await RecordAsync(partnership);
        var told = Disputed(partnership, open);
        var dispute = told.Dispute;

        await service.TellAsync(told, told with { EventId = Guid.CreateVersion7() });

        var disputed = await partnership.Officer.GetDeviationAsync(new GetDeviationRequest { Name = open.Name });
        Assert.Equal((States.Disputed, dispute), (disputed.State, Assert.Single(disputed.Disputes)));
        Assert.Equal(dispute, Assert.Single((await partnership.NowAsync()).Disputes));
        var resolved = await partnership.Representative.ResolveDeviationAsync(Resolution(disputed));
        Assert.Equal(States.Resolved, resolved.State);
    }

    // he-deviations-and-disputes: what the parties settled there is theirs to handle here again.
    [Fact]
    public async Task A_deviation_whose_dispute_is_settled_is_for_the_parties_to_handle_again()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var open = await RecordAsync(partnership);
        var opened = Disputed(partnership, open);
        await service.TellAsync(opened);
        var settled = new DisputeResolved
        {
            EventId = Guid.CreateVersion7(),
            Municipality = FollowUpFixture.Municipality,
            Subject = opened.Dispute,
            OccurredAt = DateTimeOffset.UtcNow,
            Sequence = 2,
            Agreement = partnership.Activated.Subject,
            Outcome = "AMENDMENT",
            Deviation = open.Name,
        };

        await service.TellAsync(settled, settled with { EventId = Guid.CreateVersion7() });

        var now = await partnership.Representative.GetDeviationAsync(new GetDeviationRequest { Name = open.Name });
        Assert.Equal((States.Open, opened.Dispute, opened.Dispute), (now.State, Assert.Single(now.Disputes), Assert.Single(now.SettledDisputes)));
        Assert.Equal(3, await service.RevisionsOfAsync(open.Name));
        Assert.Equal(States.Resolved, (await partnership.Officer.ResolveDeviationAsync(Resolution(now))).State);
    }

    [Fact]
    public async Task What_is_resolved_is_neither_handled_nor_resolved_again()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var resolved = await partnership.Officer.ResolveDeviationAsync(Resolution(await RecordAsync(partnership)));

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DEVIATION_STATE_NOT_ALLOWED", () => partnership.Officer.ResolveDeviationAsync(Resolution(resolved)).ResponseAsync);
        Assert.Equal(("RESOLVED", "OPEN, DISPUTED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DEVIATION_STATE_NOT_ALLOWED", () => partnership.Officer.AddDeviationStepAsync(Step(resolved)).ResponseAsync);
        Assert.Equal(resolved, await partnership.Officer.GetDeviationAsync(new GetDeviationRequest { Name = resolved.Name }));
    }

    [Fact]
    public async Task What_is_wrong_with_a_deviation_is_told_by_field()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var refused = await Refused.ForFieldAsync("deviation.type", "ENUM_VALUE_REQUIRED", () => RecordAsync(partnership, d =>
        {
            (d.Type, d.Description) = (Kinds.Unspecified, "");
            (d.NoticedDate, d.DueDate) = (Partnership.Today.AddDays(1).ToProto(), Partnership.Today.AddDays(-1).ToProto());
        }));

        Assert.Contains(("deviation.description", "FIELD_REQUIRED"), refused.Fields);
        Assert.Contains(("deviation.noticed_date", "DATE_IN_FUTURE"), refused.Fields);
        Assert.Contains(("deviation.due_date", "DATE_IN_PAST"), refused.Fields);
    }

    [Fact]
    public async Task Nothing_new_is_recorded_in_a_plan_that_is_closed()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        await partnership.CloseAsync();

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "PLAN_STATE_NOT_ALLOWED", () => RecordAsync(partnership));

        Assert.Equal("ACTIVE, SUSPENDED, ENDING", refused.Metadata["allowed"]);
    }

    [Fact]
    public async Task An_open_deviation_keeps_the_plan_open()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { CheckInEveryMonths = 0, ReportEveryMonths = 0, RenewalTalksDate = null }));
        var open = await RecordAsync(partnership);
        await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));
        await service.TellAsync(partnership.Ended(2));
        Assert.Equal(Plan.Types.State.Ending, (await partnership.NowAsync()).State);

        await partnership.Officer.ResolveDeviationAsync(Resolution(open));

        Assert.Equal(Plan.Types.State.Closed, (await partnership.NowAsync()).State);
    }

    private static DisputeOpened Disputed(Partnership partnership, Deviation about) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = FollowUpFixture.Municipality,
        Subject = partnership.Activated.Subject,
        OccurredAt = DateTimeOffset.UtcNow,
        Sequence = 2,
        Dispute = $"{partnership.Activated.Subject}/disputes/{Guid.CreateVersion7()}",
        Type = "WRONG_TARGET_GROUP",
        Deviation = about.Name,
    };

    private static Task<Deviation> RecordAsync(Partnership partnership, Action<Deviation>? change = null)
    {
        var deviation = new Deviation
        {
            Type = Kinds.WrongTargetGroup,
            Description = "Vuxna över 30 kommer till verksamheten för unga.",
            NoticedDate = Partnership.Today.ToProto(),
        };
        change?.Invoke(deviation);
        return partnership.Officer.RecordDeviationAsync(
            new RecordDeviationRequest { Parent = partnership.Plan.Name, Deviation = deviation, RequestId = Partnership.NewRequest() }).ResponseAsync;
    }

    private static AddDeviationStepRequest Step(Deviation deviation) =>
        new() { Name = deviation.Name, Description = "Styrgruppen har träffats.", Etag = deviation.Etag, RequestId = Partnership.NewRequest() };

    private static ResolveDeviationRequest Resolution(Deviation deviation) =>
        new() { Name = deviation.Name, Resolution = "Målgruppen vidgas i avtalet.", Etag = deviation.Etag, RequestId = Partnership.NewRequest() };
}
