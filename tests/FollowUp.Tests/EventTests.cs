using System.Text.Json;
using Iop.Contracts.Events;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.V1;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>Each event as another service hears it from the broker: everything that its contract says, and nothing that people wrote.</summary>
[Collection(FollowUpTests.Name)]
public sealed class EventTests(FollowUpFixture service)
{
    private const string Municipality = "2281";
    private const string Written = "Lokalen är kall och trång.";

    [Fact]
    public void Every_event_of_this_service_is_heard_here() => Assert.Equal(
        [nameof(DeviationRecorded), nameof(EvaluationCompleted), nameof(ReminderDue), nameof(RenewalTalksDue), nameof(RenewalTalksHeld), nameof(ReportOverdue)],
        typeof(DeviationRecorded).Assembly.GetTypes().Where(t => t.Namespace == typeof(DeviationRecorded).Namespace).Select(t => t.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(true, "PUBLIC")]
    [InlineData(false, "CIVIL_SOCIETY")]
    public async Task A_deviation_was_recorded(bool byOfficer, string side)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality));
        var recorded = await (byOfficer ? partnership.Officer : partnership.Representative).RecordDeviationAsync(new RecordDeviationRequest
        {
            Parent = partnership.Plan.Name,
            Deviation = new Deviation { Type = Deviation.Types.Type.ActivityNotAsAgreed, Description = Written, NoticedDate = Partnership.Today.ToProto() },
            RequestId = Partnership.NewRequest(),
        });

        var told = await HeardAsync<DeviationRecorded>(e => e.Agreement == partnership.Activated.Subject);

        Same(new DeviationRecorded
        {
            EventId = told.EventId,
            Municipality = Municipality,
            Subject = recorded.Name,
            OccurredAt = told.OccurredAt,
            Sequence = 1,
            Agreement = partnership.Activated.Subject,
            Type = "ACTIVITY_NOT_AS_AGREED",
            RecordedBy = side,
        }, told);
    }

    [Theory]
    [InlineData(Evaluation.Types.Verdict.Solved, "SOLVED")]
    [InlineData(Evaluation.Types.Verdict.Partly, "PARTLY")]
    [InlineData(Evaluation.Types.Verdict.NotSolved, "NOT_SOLVED")]
    [InlineData(Evaluation.Types.Verdict.TooEarly, "TOO_EARLY")]
    public async Task An_evaluation_was_completed_and_after_an_extension_the_next_one(Evaluation.Types.Verdict verdict, string code)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality));
        await CompleteAsync(partnership, Evaluation.Types.Verdict.TooEarly);
        await service.TellAsync(partnership.Extended(1, 2));
        await CompleteAsync(partnership, verdict);

        await HeardAsync<EvaluationCompleted>(e => e.Agreement == partnership.Activated.Subject && e.Number == 1);
        var told = await HeardAsync<EvaluationCompleted>(e => e.Agreement == partnership.Activated.Subject && e.Number == 2);

        Same(new EvaluationCompleted
        {
            EventId = told.EventId,
            Municipality = Municipality,
            Subject = partnership.Plan.Name,
            OccurredAt = told.OccurredAt,
            Sequence = told.Sequence,
            Agreement = partnership.Activated.Subject,
            Verdict = code,
            Number = 2,
        }, told);
        var sequences = service.Heard.All<EvaluationCompleted>().Where(e => e.Agreement == partnership.Activated.Subject).Select(e => e.Sequence).ToList();
        Assert.Equal(sequences.Distinct().Order(), sequences);
    }

    [Fact]
    public async Task A_report_is_overdue_the_day_after_its_day_and_somebody_is_reminded_of_it()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(
            Municipality, f => f with { CheckInEveryMonths = 0, RenewalTalksDate = null, ReminderDaysBefore = [], ReminderDaysAfter = [3], EscalationDaysAfter = 0 }));
        var report = (await partnership.ReportsAsync())[1];
        var day = report.DueDate.ToDateOnly();

        await service.RemindAsync(day.DayNumber - Partnership.Today.DayNumber + 3);

        var told = await HeardAsync<ReportOverdue>(e => e.Subject == report.Name);
        Same(new ReportOverdue
        {
            EventId = told.EventId,
            Municipality = Municipality,
            Subject = report.Name,
            OccurredAt = told.OccurredAt,
            Sequence = told.Sequence,
            Agreement = partnership.Activated.Subject,
            DueDate = day,
            Role = "organisation-representative",
        }, told);
        var reminded = await HeardAsync<ReminderDue>(e => e.Item == report.Name);
        Same(new ReminderDue
        {
            EventId = reminded.EventId,
            Municipality = Municipality,
            Subject = reminded.Subject,
            OccurredAt = reminded.OccurredAt,
            Sequence = 1,
            Agreement = partnership.Activated.Subject,
            Item = report.Name,
            Kind = "REPORT",
            DueDate = day,
            Occasion = "AFTER",
            Role = "organisation-representative",
            Organisations = partnership.Activated.Organisations,
        }, reminded);
        Assert.Equal(Reminder.Types.State.Sent, (await partnership.Officer.GetReminderAsync(new GetReminderRequest { Name = reminded.Subject })).State);
    }

    [Fact]
    public async Task Talks_about_continuing_are_due_from_their_first_reminder_on()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality, f => f with { ReminderDaysBefore = [14], RenewalTalksDate = Partnership.Today.AddDays(40) }));
        var talks = (await partnership.CheckInsAsync()).Single(c => c.Kind == CheckIn.Types.Kind.RenewalTalks);

        await service.RemindAsync(26);

        var told = await HeardAsync<RenewalTalksDue>(e => e.Subject == talks.Name);
        Same(new RenewalTalksDue
        {
            EventId = told.EventId,
            Municipality = Municipality,
            Subject = talks.Name,
            OccurredAt = told.OccurredAt,
            Sequence = told.Sequence,
            Agreement = partnership.Activated.Subject,
            DueDate = Partnership.Today.AddDays(40),
            EndDate = partnership.Activated.EndDate,
        }, told);
    }

    [Theory]
    [InlineData(true, "PUBLIC")]
    [InlineData(false, "CIVIL_SOCIETY")]
    public async Task The_parties_have_talked_about_continuing(bool byOfficer, string side)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(Municipality));
        var meetings = await partnership.CheckInsAsync();
        var talks = Partnership.Held(meetings.Single(c => c.Kind == CheckIn.Types.Kind.RenewalTalks));
        (talks.HeldDate, talks.Learned) = (Partnership.Today.AddDays(-1).ToProto(), Written);
        await partnership.Officer.RecordCheckInAsync(Partnership.Held(meetings[0]));
        await (byOfficer ? partnership.Officer : partnership.Representative).RecordCheckInAsync(talks);

        var told = await HeardAsync<RenewalTalksHeld>(e => e.Agreement == partnership.Activated.Subject);

        Same(new RenewalTalksHeld
        {
            EventId = told.EventId,
            Municipality = Municipality,
            Subject = talks.Name,
            OccurredAt = told.OccurredAt,
            Sequence = 2,
            Agreement = partnership.Activated.Subject,
            HeldDate = Partnership.Today.AddDays(-1),
            RecordedBy = side,
        }, told);

        // Of other meetings nothing is told.
        Assert.Single(service.Heard.All<RenewalTalksHeld>(), e => e.Agreement == partnership.Activated.Subject);
    }

    private static async Task CompleteAsync(Partnership partnership, Evaluation.Types.Verdict verdict)
    {
        var completion = Partnership.Completion(await partnership.EvaluationAsync(), verdict);
        completion.Reasons = Written;
        await partnership.Officer.CompleteEvaluationAsync(completion);
    }

    private Task<T> HeardAsync<T>(Func<T, bool> wanted)
        where T : IntegrationEvent =>
        Eventually.SomethingAsync(() => Task.FromResult(service.Heard.All<T>().FirstOrDefault(wanted)));

    // The header says when and in which place; the rest is compared whole.
    private static void Same<T>(T expected, T told)
        where T : IntegrationEvent
    {
        var json = JsonSerializer.Serialize(told, Json.Options);
        Assert.Equal(JsonSerializer.Serialize(expected, Json.Options), json);
        Assert.DoesNotContain(Written, json, StringComparison.Ordinal);
        Assert.Equal(7, told.EventId.Version);
        Assert.True(told.Sequence > 0);
        Assert.Equal(TimeSpan.Zero, told.OccurredAt.Offset);
    }
}
