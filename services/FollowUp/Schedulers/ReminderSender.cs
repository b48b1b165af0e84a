using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.Api;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Schedulers;

/// <summary>Sends the due reminders of some plans of one tenant, in the transaction under way.</summary>
public sealed class ReminderSender(FollowUpDb db, TenantScope tenant, TimeProvider time)
{
    private const int PlansAtATime = 20;

    /// <summary>Takes plans that no other has in hand, and sends what is due of them.</summary>
    /// <returns>Whether there were any, and how many reminders were sent.</returns>
    public async Task<(bool Any, int Sent)> SendSomeAsync(CancellationToken cancellation)
    {
        var plans = await TakeAsync(cancellation);
        List<Guid> ids = [.. plans.Select(p => p.Id)];
        var today = time.Today();

        // Read with the plans in hand: what another has just sent, or what has just been done, is seen here.
        var due = await db.Reminders.Where(r => ids.Contains(r.PlanId) && r.State == ReminderState.Planned && r.RemindDate <= today).ToListAsync(cancellation);
        var expected = (await db.Expected.Where(e => ids.Contains(e.PlanId)).Select(e => new { e.ItemId, e.Number, e.Kind, e.DueDate }).ToListAsync(cancellation))
            .Select(e => (e.ItemId, e.Number, e.Kind, e.DueDate)).ToHashSet();
        var sent = 0;
        foreach (var item in due.GroupBy(r => (r.ItemId, r.Number, r.Kind, r.DueDate)))
        {
            var plan = plans.First(p => p.Id == item.First().PlanId);
            sent += expected.Contains(item.Key) ? await SendAsync(plan, [.. item], cancellation) : Withdraw(item);
        }

        await db.SaveChangesAsync(cancellation);
        return (plans.Count > 0, sent);
    }

    // Nothing of a paused agreement is sent: what is planned waits.
    private Task<List<Plan>> TakeAsync(CancellationToken cancellation)
    {
        var (municipality, today) = (tenant.Required, time.Today());
        return db.Plans.FromSql(
            $"""
            SELECT p.*, p.xmin FROM plan AS p
            WHERE p.municipality = {municipality} AND p.state <> 'Suspended' AND EXISTS (
                SELECT FROM reminder AS r
                WHERE r.municipality = p.municipality AND r.plan_id = p.id AND r.state = 'Planned' AND r.remind_date <= {today})
            ORDER BY p.id
            LIMIT {PlansAtATime}
            FOR NO KEY UPDATE SKIP LOCKED
            """).AsNoTracking().ToListAsync(cancellation);
    }

    private static int Withdraw(IEnumerable<Reminder> reminders)
    {
        foreach (var reminder in reminders)
        {
            reminder.Withdraw();
        }

        return 0;
    }

    // After a standstill several reminders of the same thing are due at once: the latest says it all.
    private async Task<int> SendAsync(Plan plan, IReadOnlyList<Reminder> due, CancellationToken cancellation)
    {
        var now = time.Now();
        var missed = due.FirstOrDefault(r => r.Occasion == ReminderOccasion.Overdue);
        if (missed is not null)
        {
            missed.Sent(now);
            await TellOfReportAsync(plan, missed, cancellation);
        }

        var people = due.Where(r => r.Occasion != ReminderOccasion.Overdue).OrderBy(r => r.RemindDate).ThenBy(r => r.Occasion).ToList();
        foreach (var earlier in people.SkipLast(1))
        {
            earlier.Skip();
        }

        if (people.Count == 0)
        {
            return 0;
        }

        var latest = people[^1];
        if (latest.Kind == "RENEWAL_TALKS" && !await WasToldAsync(latest, cancellation))
        {
            await TellOfTalksAsync(plan, latest, cancellation);
        }

        latest.Sent(now);
        Remind(plan, latest);
        return 1;
    }

    private Task<bool> WasToldAsync(Reminder reminder, CancellationToken cancellation) =>
        db.Reminders.AnyAsync(r => r.ItemId == reminder.ItemId && r.DueDate == reminder.DueDate && r.State == ReminderState.Sent, cancellation);

    private void Remind(Plan plan, Reminder reminder) => db.Raise(reminder.ToProto().Name, 1, new ReminderDue
    {
        Agreement = plan.Agreement,
        Item = reminder.ToProto().Item,
        Kind = reminder.Kind,
        DueDate = reminder.DueDate,
        Occasion = reminder.Occasion.Code(),
        Role = reminder.Role,
        OrganisationNames = reminder.Role == Roles.OrganisationRepresentative ? plan.Organisations : [],
    });

    private async Task TellOfReportAsync(Plan plan, Reminder reminder, CancellationToken cancellation)
    {
        // A report raises nothing else, and its day moves only when it is saved: its number of saves rises with each event.
        var report = await db.Reports.AsNoTracking().SingleAsync(r => r.Id == reminder.ItemId, cancellation);
        db.Raise(report, new ReportOverdue
        {
            Agreement = plan.Agreement,
            DueDate = reminder.DueDate,
            Role = reminder.Role,
        });
    }

    private async Task TellOfTalksAsync(Plan plan, Reminder reminder, CancellationToken cancellation)
    {
        var talks = await db.CheckIns.AsNoTracking().SingleAsync(c => c.Id == reminder.ItemId, cancellation);
        db.Raise(talks, new RenewalTalksDue
        {
            Agreement = plan.Agreement,
            DueDate = reminder.DueDate,
            EndDate = plan.EndDate,
        });
    }
}
