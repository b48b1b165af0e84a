using Iop.Contracts.Events;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using CheckInKinds = Iop.FollowUp.V1.CheckIn.Types.Kind;
using CheckInStates = Iop.FollowUp.V1.CheckIn.Types.State;
using ReportStates = Iop.FollowUp.V1.Report.Types.State;

namespace Iop.FollowUp.Tests;

/// <summary>What happens to an agreement happens to its one plan, whenever and however often it is told.</summary>
[Collection(FollowUpTests.Name)]
public sealed class PlanMovingTests(FollowUpFixture service)
{
    [Fact]
    public async Task An_amendment_moves_what_lies_ahead_and_nothing_else()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var before = await partnership.CheckInsAsync();
        var held = await partnership.Officer.RecordCheckInAsync(Partnership.Held(before[0]));
        var submitted = await partnership.Representative.SubmitReportAsync(Partnership.Submission((await partnership.ReportsAsync())[0]));

        await service.TellAsync(partnership.Amended(2, 2, f => f with { CheckInEveryMonths = 2, ReportEveryMonths = 12, EvaluationDate = f.EvaluationDate.AddMonths(1) }));

        var (plan, checkIns, reports) = (await partnership.NowAsync(), await partnership.CheckInsAsync(), await partnership.ReportsAsync());
        Assert.Equal((partnership.Plan.Name, 2, 2, 12), (plan.Name, plan.AgreementVersion, plan.CheckInEveryMonths, plan.ReportEveryMonths));
        Assert.Equal(held, checkIns[0]);
        Assert.Equal(before[1], checkIns[1]);
        var start = partnership.Activated.StartDate;
        Assert.Equal(
            Enumerable.Range(4, 8).Select(step => start.AddMonths(step * 2)),
            Ahead(checkIns).Where(c => c.Kind == CheckInKinds.Regular).Select(c => c.DueDate.ToDateOnly()));
        Assert.Equal(submitted, reports[0]);
        Assert.Equal([start.AddYears(1), partnership.Activated.EndDate], Open(reports).Select(r => r.DueDate.ToDateOnly()));
        Assert.Equal(submitted.PeriodEndDate.ToDateOnly().AddDays(1), Open(reports)[0].PeriodStartDate.ToDateOnly());
        Assert.Equal(partnership.Activated.FollowUp.EvaluationDate.AddMonths(1), (await partnership.EvaluationAsync()).DueDate.ToDateOnly());
    }

    [Fact]
    public async Task An_extension_goes_on_to_the_new_end_with_new_talks_and_a_new_evaluation()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var evaluated = await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));
        var talks = (await partnership.CheckInsAsync()).Single(c => c.Kind == CheckInKinds.RenewalTalks);
        await partnership.Officer.RecordCheckInAsync(Partnership.Held(talks));

        await service.TellAsync(partnership.Extended(1, 3));

        var (plan, evaluation) = (await partnership.NowAsync(), await partnership.EvaluationAsync());
        Assert.Equal((partnership.Activated.EndDate.AddYears(1), 1), (plan.EndDate.ToDateOnly(), plan.ExtensionCount));
        Assert.Equal((Evaluation.Types.State.Planned, 2), (evaluation.State, evaluation.Number));
        Assert.Equal(partnership.Activated.FollowUp.EvaluationDate.AddYears(1), evaluation.DueDate.ToDateOnly());
        Assert.Equal((evaluated.Verdict, evaluated.Reasons), (evaluation.EarlierEvaluations[0].Verdict, evaluation.EarlierEvaluations[0].Reasons));
        var checkIns = await partnership.CheckInsAsync();
        Assert.Equal(7 + 4, checkIns.Count(c => c.Kind == CheckInKinds.Regular));
        Assert.Equal([CheckInStates.Held, CheckInStates.Planned], checkIns.Where(c => c.Kind == CheckInKinds.RenewalTalks).Select(c => c.State));
        var reports = await partnership.ReportsAsync();
        Assert.Equal((6, plan.EndDate), (reports.Count, reports[^1].PeriodEndDate));
        var completed = await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(evaluation));
        Assert.Equal(2, completed.Number);
    }

    [Fact]
    public async Task An_agreement_that_ends_early_has_a_last_report_and_an_evaluation_and_no_more_meetings()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var reports = await partnership.ReportsAsync();
        var first = await partnership.Representative.SubmitReportAsync(Partnership.Submission(reports[0]));
        await partnership.Officer.ReviewReportAsync(Partnership.Review(first));

        await service.TellAsync(partnership.Ended(4));

        var plan = await partnership.NowAsync();
        Assert.Equal((Plan.Types.State.Ending, "TERMINATED", Partnership.Today), (plan.State, plan.EndReason, plan.EndDate.ToDateOnly()));
        Assert.Empty(Ahead(await partnership.CheckInsAsync()));
        var last = Assert.Single(Open(await partnership.ReportsAsync()));
        Assert.Equal((first.PeriodEndDate.ToDateOnly().AddDays(1), Partnership.Today, Partnership.Today.AddMonths(1)), (last.PeriodStartDate.ToDateOnly(), last.PeriodEndDate.ToDateOnly(), last.DueDate.ToDateOnly()));
        var evaluation = await partnership.EvaluationAsync();
        Assert.Equal(Partnership.Today.AddMonths(1), evaluation.DueDate.ToDateOnly());

        await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(evaluation));
        var submitted = await partnership.Representative.SubmitReportAsync(Partnership.Submission(last));
        await partnership.Officer.ReviewReportAsync(Partnership.Review(submitted));
        Assert.Equal(Plan.Types.State.Closed, (await partnership.NowAsync()).State);
    }

    [Fact]
    public async Task Nothing_falls_due_while_an_agreement_is_paused_and_what_did_is_given_a_month()
    {
        // A report and a check-in fall due while it is paused.
        var partnership = await service.FollowAsync(Partnership.Agreement());
        await service.TellAsync(partnership.Suspended(true, 2, daysAgo: 60));

        var paused = await partnership.NowAsync();
        Assert.Equal((Plan.Types.State.Suspended, Partnership.Today.AddDays(-60)), (paused.State, paused.SuspendedDate.ToDateOnly()));
        Assert.Equal([true, false], (await partnership.CheckInsAsync()).Take(2).Select(c => c.Overdue));
        Assert.Equal((ReportStates.Planned, false), ((await partnership.ReportsAsync())[0].State, (await partnership.ReportsAsync())[0].Overdue));
        Assert.All(await partnership.DueAsync(), item => Assert.True(item.Paused));
        Assert.Single(await partnership.DueAsync(), item => item.Overdue);

        await service.TellAsync(partnership.Suspended(false, 3));

        Assert.Equal(Plan.Types.State.Active, (await partnership.NowAsync()).State);
        Assert.Equal([CheckInStates.Planned, CheckInStates.Cancelled], (await partnership.CheckInsAsync()).Take(2).Select(c => c.State));
        var report = (await partnership.ReportsAsync()).Single(r => r.DueDate.ToDateOnly() == Partnership.Today.AddMonths(1));
        Assert.Equal((ReportStates.Due, false), (report.State, report.Overdue));
    }

    [Fact]
    public async Task What_the_parties_change_as_they_extend_is_followed_from_then_on()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var newcomer = $"municipalities/{FollowUpFixture.Municipality}/organisations/{Guid.CreateVersion7()}";
        var extended = partnership.Extended(1, 3);

        await service.TellAsync(extended with
        {
            Version = 2,
            Organisations = [.. partnership.Activated.Organisations, newcomer],
            FollowUp = partnership.Activated.FollowUp with { CheckInEveryMonths = 6, EvaluationDate = extended.EvaluationDate, RenewalTalksDate = null },
            Partnership = Partnership.Promises with { Domain = "elderly" },
        });

        var plan = await partnership.NowAsync();
        Assert.Equal((2, 1, 6, "elderly", extended.EndDate), (plan.AgreementVersion, plan.ExtensionCount, plan.CheckInEveryMonths, plan.Domain, plan.EndDate.ToDateOnly()));
        Assert.Contains(newcomer, plan.Organisations);
    }

    [Fact]
    public async Task News_that_comes_before_the_activation_waits_for_it()
    {
        var activated = Partnership.Agreement();
        var unborn = new Partnership(service, activated, new Plan());
        await service.TellAsync(unborn.Extended(1, 3, f => f with { CheckInEveryMonths = 6 }), unborn.Amended(2, 2, f => f with { CheckInEveryMonths = 4 }));
        Assert.Empty(await service.PlansOfAsync(activated));

        await service.TellAsync(activated);

        var plan = Assert.Single(await service.PlansOfAsync(activated));
        Assert.Equal((2, 1, 6, activated.EndDate.AddYears(1)), (plan.AgreementVersion, plan.ExtensionCount, plan.CheckInEveryMonths, plan.EndDate.ToDateOnly()));
    }

    [Fact]
    public async Task However_often_and_in_whatever_order_it_is_told_the_plan_is_the_same()
    {
        var (one, other) = (await service.FollowAsync(Partnership.Agreement()), await service.FollowAsync(Partnership.Agreement()));
        foreach (var (partnership, isMixed) in new[] { (one, false), (other, true) })
        {
            List<IntegrationEvent> told =
            [
                partnership.Amended(2, 2, f => f with { CheckInEveryMonths = 4 }),
                partnership.Suspended(true, 3),
                partnership.Suspended(false, 4),
                partnership.Extended(1, 5),
                partnership.Amended(3, 6, f => f with { ReportEveryMonths = 3 }, partnership.Activated.EndDate.AddYears(1)),
            ];
            if (isMixed)
            {
                told = [told[4], told[1], told[3], told[0], told[2], partnership.Activated with { EventId = Guid.CreateVersion7() }, told[0] with { EventId = Guid.CreateVersion7() }];
            }

            await service.TellAsync(told);
        }

        var (a, b) = (await one.NowAsync(), await other.NowAsync());
        Assert.Equal((a.State, a.EndDate, a.CheckInEveryMonths, a.ReportEveryMonths, a.AgreementVersion), (b.State, b.EndDate, b.CheckInEveryMonths, b.ReportEveryMonths, b.AgreementVersion));
        Assert.Equal(
            Ahead(await one.CheckInsAsync()).Select(c => (c.Kind, c.DueDate)),
            Ahead(await other.CheckInsAsync()).Select(c => (c.Kind, c.DueDate)));
        Assert.Equal(
            Open(await one.ReportsAsync()).Select(r => (r.PeriodStartDate, r.PeriodEndDate, r.DueDate)),
            Open(await other.ReportsAsync()).Select(r => (r.PeriodStartDate, r.PeriodEndDate, r.DueDate)));
        Assert.Single(await service.PlansOfAsync(other.Activated));
    }

    [Fact]
    public async Task A_plan_that_was_done_is_taken_up_again_when_its_agreement_is_extended()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { CheckInEveryMonths = 0, ReportEveryMonths = 0, RenewalTalksDate = null }));
        await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync()));
        Assert.Empty(await partnership.DueAsync());

        await service.TellAsync(partnership.Extended(1, 2));

        Assert.Equal(Plan.Types.State.Active, (await partnership.NowAsync()).State);
        Assert.Equal(DueItem.Types.Kind.Evaluation, Assert.Single(await partnership.DueAsync()).Kind);
    }

    [Theory]
    [InlineData("2026-03-28T23:30:00Z", "2026-03-29")]
    [InlineData("2026-03-29T22:30:00Z", "2026-03-30")]
    [InlineData("2026-10-24T22:30:00Z", "2026-10-25")]
    [InlineData("2026-10-25T22:30:00Z", "2026-10-25")]
    [InlineData("2025-12-31T23:00:00Z", "2026-01-01")]
    [InlineData("2024-02-28T23:00:00Z", "2024-02-29")]
    public async Task An_agreement_is_paused_from_the_day_that_it_was_in_Sweden(string instant, string day)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        await service.TellAsync(partnership.Suspended(true, 2) with { OccurredAt = DateTimeOffset.Parse(instant) });

        Assert.Equal(DateOnly.Parse(day), (await partnership.NowAsync()).SuspendedDate.ToDateOnly());
    }

    [Fact]
    public async Task A_plan_from_before_news_was_kept_goes_on_from_its_own_days()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        await service.CountAsync("WITH old AS (UPDATE plan SET facts = NULL WHERE agreement = $1 RETURNING 1) SELECT count(*) FROM old", partnership.Activated.Subject);
        await service.CountAsync("WITH old AS (DELETE FROM agreement_news WHERE agreement = $1 RETURNING 1) SELECT count(*) FROM old", partnership.Activated.Subject);
        var before = await partnership.CheckInsAsync();

        await service.TellAsync(partnership.Extended(1, 7));

        var regular = before.Where(c => c.Kind == CheckInKinds.Regular).ToList();
        Assert.Equal(regular, (await partnership.CheckInsAsync()).Where(c => c.Kind == CheckInKinds.Regular).Take(regular.Count));
        Assert.Equal(partnership.Activated.EndDate.AddYears(1), (await partnership.ReportsAsync())[^1].PeriodEndDate.ToDateOnly());
        await service.TellAsync(partnership.Extended(2, 8));
        Assert.Equal(2, (await partnership.NowAsync()).ExtensionCount);
    }

    private static List<CheckIn> Ahead(IEnumerable<CheckIn> checkIns) =>
        [.. checkIns.Where(c => c.State == CheckInStates.Planned && c.DueDate.ToDateOnly() >= Partnership.Today)];

    private static List<Report> Open(IEnumerable<Report> reports) =>
        [.. reports.Where(r => r.State is ReportStates.Planned or ReportStates.Due && r.DueDate.ToDateOnly() >= Partnership.Today)];
}
