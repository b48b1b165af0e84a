using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Occasions = Iop.FollowUp.V1.Reminder.Types.Occasion;
using States = Iop.FollowUp.V1.Reminder.Types.State;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class ReminderTests(FollowUpFixture service)
{
    private const string Municipality = "2180";

    [Fact]
    public async Task Reminders_are_planned_with_the_days_as_the_guideline_says()
    {
        var partnership = await FollowAsync(due: 40, before: [14, 3], after: [5], escalation: 10);
        var due = Partnership.Today.AddDays(40);

        var reminders = await RemindersAsync(partnership);

        Assert.Equal(
            [
                (due.AddDays(-14), Occasions.Before, "case-officer"), (due.AddDays(-14), Occasions.Before, "organisation-representative"),
                (due.AddDays(-3), Occasions.Before, "case-officer"), (due.AddDays(-3), Occasions.Before, "organisation-representative"),
                (due.AddDays(5), Occasions.After, "case-officer"), (due.AddDays(5), Occasions.After, "organisation-representative"),
                (due.AddDays(10), Occasions.Escalation, "decision-maker"),
            ],
            reminders.Where(r => r.Kind == DueItem.Types.Kind.RenewalTalks).OrderBy(r => r.RemindDate.ToDateOnly()).ThenBy(r => r.Role, StringComparer.Ordinal)
                .Select(r => (r.RemindDate.ToDateOnly(), r.Occasion, r.Role)));
        Assert.All(reminders, r => Assert.Equal(States.Planned, r.State));
        Assert.Equal(reminders[0], await partnership.Officer.GetReminderAsync(new GetReminderRequest { Name = reminders[0].Name }));
        Assert.Equal([14, 3, 5, 10], [.. partnership.Plan.ReminderDaysBefore, .. partnership.Plan.ReminderDaysAfter, partnership.Plan.EscalationDaysAfter]);
    }

    [Fact]
    public async Task Each_reminder_is_sent_on_its_day_once_and_the_last_goes_to_the_next_in_line()
    {
        var partnership = await FollowAsync(due: 40, before: [14], after: [5], escalation: 10);

        foreach (var day in new[] { 25, 26, 26, 27, 45, 50, 50, 400 })
        {
            await service.RemindAsync(day);
        }

        var mine = () => service.Heard.All<ReminderDue>().Where(e => e.Agreement == partnership.Activated.Subject && e.Kind == "RENEWAL_TALKS").OrderBy(e => e.OccurredAt).ToList();
        await Eventually.IsAsync(5, () => Task.FromResult(mine().Count));
        Assert.Equal(
            [
                ("AFTER", "case-officer"), ("AFTER", "organisation-representative"), ("BEFORE", "case-officer"), ("BEFORE", "organisation-representative"),
                ("ESCALATION", "decision-maker"),
            ],
            mine().Select(e => (e.Occasion, e.Role)).Order());
        Assert.Equal("ESCALATION", mine()[^1].Occasion);
        Assert.All(mine(), e => Assert.Equal(Partnership.Today.AddDays(40), e.DueDate));
        var told = Assert.Single(service.Heard.All<RenewalTalksDue>(), e => e.Agreement == partnership.Activated.Subject);
        Assert.Equal((Partnership.Today.AddDays(40), partnership.Activated.EndDate), (told.DueDate, told.EndDate));
        Assert.Equal(Enumerable.Repeat(States.Sent, 5), (await RemindersAsync(partnership)).Where(r => r.Kind == DueItem.Types.Kind.RenewalTalks).Select(r => r.State));
    }

    [Fact]
    public async Task A_report_that_is_late_is_told_once_and_its_organisation_is_reminded()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality, f => f with { CheckInEveryMonths = 0, RenewalTalksDate = null, ReminderDaysBefore = [], ReminderDaysAfter = [3] }));
        var late = (await partnership.ReportsAsync())[1];
        var days = late.DueDate.ToDateOnly().DayNumber - Partnership.Today.DayNumber;

        await service.RemindAsync(days);
        await service.RemindAsync(days + 1);
        await service.RemindAsync(days + 2);
        await service.RemindAsync(days + 3);
        await service.RemindAsync(days + 3);

        await Eventually.IsAsync(1, () => Task.FromResult(service.Heard.All<ReminderDue>().Count(e => e.Item == late.Name)));
        Assert.Equal(partnership.Activated.Organisations, service.Heard.All<ReminderDue>().Single(e => e.Item == late.Name).Organisations);
        var told = Assert.Single(service.Heard.All<ReportOverdue>(), e => e.Subject == late.Name);
        Assert.Equal((late.DueDate.ToDateOnly(), "organisation-representative"), (told.DueDate, told.Role));
    }

    [Fact]
    public async Task Both_sides_are_reminded_of_a_joint_report_and_the_one_who_submitted_it_of_its_answer()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(
            Municipality, f => f with { CheckInEveryMonths = 0, RenewalTalksDate = null, ReportingResponsibility = "SHARED", ReminderDaysBefore = [], ReminderDaysAfter = [1, 3], EscalationDaysAfter = 10 }));
        var reports = await partnership.ReportsAsync();
        var late = reports[1];
        var days = late.DueDate.ToDateOnly().DayNumber - Partnership.Today.DayNumber;

        await service.RemindAsync(days + 3);
        await service.RemindAsync(days + 10);

        await Eventually.IsAsync(3, () => Task.FromResult(service.Heard.All<ReminderDue>().Count(e => e.Item == late.Name)));
        Assert.Equal(
            [("AFTER", "case-officer"), ("AFTER", "organisation-representative"), ("ESCALATION", "decision-maker")],
            service.Heard.All<ReminderDue>().Where(e => e.Item == late.Name).Select(e => (e.Occasion, e.Role)).Order());
        var returned = await partnership.Officer.ReturnReportAsync(Partnership.Return(await partnership.Representative.SubmitReportAsync(Partnership.Submission(reports[0]))));
        Assert.Equal("organisation-representative", (await partnership.DueAsync()).Single(i => i.Item == returned.Name).ResponsibleRole);
    }

    [Fact]
    public async Task What_has_changed_hands_is_reminded_of_to_those_who_now_have_it()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality));
        var ahead = (await partnership.ReportsAsync())[^1];

        await service.TellAsync(partnership.Amended(2, 2, f => f with { ReportingResponsibility = "MUNICIPALITY" }));

        var planned = (await RemindersAsync(partnership)).Where(r => r.Item == ahead.Name && r.State == States.Planned).ToList();
        Assert.NotEmpty(planned);
        Assert.All(planned, r => Assert.Equal(r.Occasion == Occasions.Escalation ? "decision-maker" : "case-officer", r.Role));
    }

    [Fact]
    public async Task After_a_standstill_one_reminder_of_each_thing_is_sent_and_not_all_that_were_missed()
    {
        var partnership = await FollowAsync(due: 40, before: [30, 14, 7, 1], after: [5, 10], escalation: 20);

        await service.RemindAsync(200);

        var talks = (await RemindersAsync(partnership)).Where(r => r.Kind == DueItem.Types.Kind.RenewalTalks).ToList();
        Assert.Equal([.. Enumerable.Repeat(States.Skipped, 12), States.Sent], talks.Select(r => r.State));
        Assert.Equal(Occasions.Escalation, talks[^1].Occasion);
        Assert.NotNull(talks[^1].SendTime);
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_is_done_and_nobody_while_the_agreement_is_paused()
    {
        var partnership = await FollowAsync(due: 40, before: [14], after: [5], escalation: 10);
        await service.TellAsync(partnership.Suspended(true, 2));
        await service.RemindAsync(30);
        var planned = await RemindersAsync(partnership);
        Assert.Equal(5, planned.Count(r => r.Kind == DueItem.Types.Kind.RenewalTalks));
        Assert.All(planned, r => Assert.Equal(States.Planned, r.State));

        await service.TellAsync(partnership.Suspended(false, 3));
        var talks = (await partnership.CheckInsAsync()).Single();
        await partnership.Officer.RecordCheckInAsync(Partnership.Held(talks));
        await service.RemindAsync(30);

        Assert.Equal(
            Enumerable.Repeat(States.Withdrawn, 5),
            (await RemindersAsync(partnership)).Where(r => r.Item == talks.Name && r.Kind == DueItem.Types.Kind.RenewalTalks).Select(r => r.State));
    }

    [Fact]
    public async Task Reminders_follow_the_end_of_the_agreement_when_it_is_extended()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality));
        var before = (await RemindersAsync(partnership)).Where(r => r.Kind == DueItem.Types.Kind.Evaluation).ToList();

        await service.TellAsync(partnership.Extended(1, 2));

        var after = (await RemindersAsync(partnership)).Where(r => r.Kind == DueItem.Types.Kind.Evaluation).ToList();
        Assert.Equal(before.Select(r => r.RemindDate), after.Where(r => r.State == States.Withdrawn).Select(r => r.RemindDate));
        var moved = partnership.Activated.FollowUp.EvaluationDate.AddYears(1).DayNumber - partnership.Activated.FollowUp.EvaluationDate.DayNumber;
        Assert.Equal(before.Select(r => r.RemindDate.ToDateOnly().AddDays(moved)), after.Where(r => r.State == States.Planned).Select(r => r.RemindDate.ToDateOnly()));
    }

    [Fact]
    public async Task Many_schedulers_at_once_send_each_reminder_once()
    {
        List<Partnership> followed = [];
        for (var i = 0; i < 30; i++)
        {
            followed.Add(await FollowAsync(due: 40, before: [10, 5], after: [], escalation: 0));
        }

        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => service.RemindAsync(36))));

        var agreements = followed.Select(p => p.Activated.Subject).ToHashSet();
        await Eventually.IsAsync(60, () => Task.FromResult(service.Heard.All<ReminderDue>().Count(e => agreements.Contains(e.Agreement) && e.Kind == "RENEWAL_TALKS")));
        Assert.Equal(service.Heard.All<ReminderDue>().Count, service.Heard.All<ReminderDue>().Select(e => e.Subject).Distinct().Count());
        Assert.True(sent.Sum() >= 30);
        foreach (var partnership in followed)
        {
            var talks = (await RemindersAsync(partnership)).Where(r => r.Kind == DueItem.Types.Kind.RenewalTalks);
            Assert.Equal([States.Skipped, States.Skipped, States.Sent, States.Sent], talks.Select(r => r.State));
        }
    }

    private Task<Partnership> FollowAsync(int due, int[] before, int[] after, int escalation) => service.FollowAsync(Partnership.Agreement(Municipality, f => f with
    {
        CheckInEveryMonths = 0,
        ReportEveryMonths = 0,
        RenewalTalksDate = Partnership.Today.AddDays(due),
        ReminderDaysBefore = before,
        ReminderDaysAfter = after,
        EscalationDaysAfter = escalation,
    }));

    private static async Task<IReadOnlyList<Reminder>> RemindersAsync(Partnership partnership) =>
        (await partnership.Officer.ListRemindersAsync(new ListRemindersRequest { Parent = partnership.Plan.Name, PageSize = 200 })).Reminders;
}
