using System.Diagnostics.Metrics;
using Iop.Contracts.Events.Agreements;
using Iop.FollowUp.Domain;
using Iop.Platform.Requests;
using Iop.Testing;
using Plan = Iop.FollowUp.V1.Plan;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class PlanMakingTests(FollowUpFixture service)
{
    [Fact]
    public async Task An_activated_agreement_gets_its_whole_plan()
    {
        var activated = Partnership.Agreement();
        var partnership = await service.FollowAsync(activated);
        var plan = partnership.Plan;

        Assert.Equal((activated.Subject, 1, activated.GuidelinePack, Plan.Types.State.Active), (plan.Agreement, plan.AgreementVersion, plan.GuidelinePack, plan.State));
        Assert.Equal(activated.Organisations, plan.Organisations);
        Assert.Equal((activated.StartDate, activated.EndDate), (plan.StartDate.ToDateOnly(), plan.EndDate.ToDateOnly()));
        Assert.Equal((activated.FollowUp.EvaluationDate, activated.FollowUp.RenewalTalksDate), (plan.EvaluationDate.ToDateOnly(), plan.RenewalTalksDate.ToDateOnly()));
        Assert.Equal(Types.V1.ReportingResponsibility.Organisation, plan.ReportingResponsibility);
        Assert.Equal((8, 0, 4), (plan.CheckInCount, plan.HeldCheckInCount, plan.ReportCount));

        var terms = new ScheduleTerms(activated.StartDate, activated.EndDate, 3, 6);
        var checkIns = await partnership.CheckInsAsync();
        Assert.Equal(Schedule.CheckIns(terms), checkIns.Where(c => c.Kind == V1.CheckIn.Types.Kind.Regular).Select(c => c.DueDate.ToDateOnly()));
        Assert.Equal(activated.FollowUp.RenewalTalksDate, Assert.Single(checkIns, c => c.Kind == V1.CheckIn.Types.Kind.RenewalTalks).DueDate.ToDateOnly());
        Assert.All(checkIns, c => Assert.NotEmpty(c.AgendaTopics));
        Assert.Equal(
            Schedule.Reports(terms).Select(r => (r.Start, r.End, r.Due)),
            (await partnership.ReportsAsync()).Select(r => (r.PeriodStartDate.ToDateOnly(), r.PeriodEndDate.ToDateOnly(), r.DueDate.ToDateOnly())));
        Assert.Equal(activated.FollowUp.EvaluationDate, (await partnership.EvaluationAsync()).DueDate.ToDateOnly());
        Assert.Equal(1, await service.RevisionsOfAsync(plan.Name));
    }

    [Fact]
    public async Task The_groups_of_the_partnership_have_their_meetings_in_the_plan()
    {
        AgreedGroup[] groups = [new("STEERING", 4), new("REFERENCE", 1), new("SOMETHING_LATER", 12)];
        var activated = Partnership.Agreement(followUp: agreed => agreed with { Groups = groups });
        var partnership = await service.FollowAsync(activated);

        var checkIns = await partnership.CheckInsAsync();

        Assert.Equal((7, 1, 0), (Count(V1.CheckIn.Types.Kind.SteeringGroup), Count(V1.CheckIn.Types.Kind.ReferenceGroup), Count(V1.CheckIn.Types.Kind.WorkingGroup)));
        Assert.Equal(activated.StartDate.AddMonths(3), checkIns.Where(c => c.Kind == V1.CheckIn.Types.Kind.SteeringGroup).Min(c => c.DueDate.ToDateOnly()));
        Assert.All(checkIns, c => Assert.NotEmpty(c.AgendaTopics));
        Assert.Equal(checkIns.Count, partnership.Plan.CheckInCount);

        int Count(V1.CheckIn.Types.Kind kind) => checkIns.Count(c => c.Kind == kind);
    }

    [Fact]
    public async Task What_the_agreement_does_not_plan_is_not_in_the_plan()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with
        {
            CheckInEveryMonths = 0,
            ReportEveryMonths = 0,
            ReportingResponsibility = null,
            RenewalTalksDate = null,
        }));

        Assert.Equal((0, 0), (partnership.Plan.CheckInCount, partnership.Plan.ReportCount));
        Assert.Equal(Types.V1.ReportingResponsibility.Unspecified, partnership.Plan.ReportingResponsibility);
        Assert.Null(partnership.Plan.RenewalTalksDate);
        Assert.Equal(Plan.Types.State.Active, partnership.Plan.State);
    }

    [Fact]
    public async Task A_responsibility_of_a_later_contract_lets_either_side_report()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { ReportingResponsibility = "STEERING_GROUP" }));

        Assert.Equal(Types.V1.ReportingResponsibility.Shared, partnership.Plan.ReportingResponsibility);
    }

    [Fact]
    public async Task The_same_event_five_times_at_once_makes_one_plan()
    {
        var duplicates = 0L;
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => Watch(instrument, l) };
        listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref duplicates, measured));
        listener.Start();

        var activated = Partnership.Agreement();
        await service.PublishAsync(Enumerable.Repeat(activated, 5));
        await Eventually.IsAsync(4L, () => Task.FromResult(Interlocked.Read(ref duplicates)));

        Assert.Single(await service.PlansOfAsync(activated));
        Assert.Equal(1, await HandledAsync(activated));
        Assert.Equal(1, await service.CountAsync("SELECT count(*) FROM evaluation e JOIN plan p ON p.id = e.plan_id WHERE p.agreement = $1", activated.Subject));
    }

    [Fact]
    public async Task The_same_news_under_many_event_ids_at_once_makes_one_plan()
    {
        var (activated, retries) = (Partnership.Agreement(), Retries());
        List<AgreementActivated> told = [.. Enumerable.Range(0, 25).Select(_ => activated with { EventId = Guid.CreateVersion7() })];

        await service.PublishAsync(told);
        await AllHandledAsync(told);

        var plan = Assert.Single(await service.PlansOfAsync(activated));
        Assert.Equal((8, 4), (plan.CheckInCount, plan.ReportCount));
        Assert.Equal(retries, Retries());
    }

    [Fact]
    public async Task Old_news_that_comes_late_changes_nothing()
    {
        var first = Partnership.Agreement();
        var second = first with { EventId = Guid.CreateVersion7(), Version = 2, Sequence = 2 };

        await service.FollowAsync(second);
        await service.PublishAsync(first);
        await AllHandledAsync([first]);

        Assert.Equal(2, Assert.Single(await service.PlansOfAsync(first)).AgreementVersion);
    }

    [Fact]
    public async Task A_new_version_moves_the_one_plan_and_leaves_what_is_done()
    {
        var first = await service.FollowAsync(Partnership.Agreement());
        var held = await first.Officer.RecordCheckInAsync(Partnership.Held((await first.CheckInsAsync())[0]));
        var again = first.Activated with { EventId = Guid.CreateVersion7(), Version = 2, Sequence = 2, FollowUp = first.Activated.FollowUp with { CheckInEveryMonths = 12 } };
        var second = await service.FollowAsync(again);

        Assert.Equal(first.Plan.Name, second.Plan.Name);
        Assert.Equal((2, Plan.Types.State.Active), (second.Plan.AgreementVersion, second.Plan.State));
        Assert.Single(await service.PlansOfAsync(first.Activated));
        Assert.Equal(held, (await first.CheckInsAsync())[0]);
    }

    [Fact]
    public async Task News_that_names_another_tenants_agreement_is_put_aside_and_the_rest_goes_on()
    {
        var foreign = Partnership.Agreement("0580") with { Municipality = "1283" };
        await service.PublishAsync(foreign);
        await Eventually.IsAsync(true, () => Task.FromResult(service.Errors.Entries.Count > 0));
        var errors = service.Errors.Take();

        Assert.All(errors, line => Assert.Contains("inbox.event.dead_lettered", line, StringComparison.Ordinal));
        Assert.Equal(0, await service.CountAsync("SELECT count(*) FROM plan WHERE agreement = $1", foreign.Subject));
        Assert.Equal(0, await HandledAsync(foreign));
        await service.FollowAsync(Partnership.Agreement());
    }

    [Fact]
    public async Task A_plan_belongs_to_the_tenant_of_its_event_alone()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement("0580"));

        Assert.StartsWith("municipalities/0580/plans/", partnership.Plan.Name, StringComparison.Ordinal);
        Assert.Equal(0, await service.CountAsync("SELECT count(*) FROM plan WHERE agreement = $1 AND municipality <> '0580'", partnership.Activated.Subject));
    }

    private int Retries() => service.Errors.Lines.Count(line => line.Contains("inbox.event.retried", StringComparison.Ordinal));

    private static void Watch(Instrument instrument, MeterListener listener)
    {
        if (instrument.Name == "iop.inbox.duplicates")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private Task<long> HandledAsync(AgreementActivated activated) =>
        service.CountAsync("SELECT count(*) FROM inbox WHERE event_id = $1 AND consumer = 'AgreementActivatedConsumer'", activated.EventId);

    private async Task AllHandledAsync(IReadOnlyCollection<AgreementActivated> events)
    {
        foreach (var told in events)
        {
            await Eventually.IsAsync(1L, () => HandledAsync(told));
        }
    }
}
