using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.Api;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Schedulers;

/// <summary>Sends the due reminders of a plan, in the transaction under way.</summary>
public sealed class ReminderSender(FollowUpDb db, TenantScope tenant, TimeProvider time)
{
    /// <summary>Takes the plan, unless another has it in hand, and sends what is due of it.</summary>
    /// <returns>How many reminders were sent.</returns>
    public async Task<int> SendAsync(Guid planId, CancellationToken cancellation)
    {
        if (await TakeAsync(planId, cancellation) is not { } plan)
        {
            return 0;
        }

        // Read with the plan in hand: what another has just sent, or what has just been done, is seen here.
        var today = time.Today();
        var due = await db.Reminders.Where(r => r.PlanId == planId && r.State == ReminderState.Planned && r.RemindDate <= today).ToListAsync(cancellation);
        var expected = (await db.Expected.Where(e => e.PlanId == planId).Select(e => new { e.ItemId, e.Number, e.Kind, e.DueDate }).ToListAsync(cancellation))
            .Select(e => (e.ItemId, e.Number, e.Kind, e.DueDate)).ToHashSet();
        var sent = 0;
        foreach (var item in due.GroupBy(r => (r.ItemId, r.Number, r.Kind, r.DueDate)))
        {
            sent += expected.Contains(item.Key) ? await SendAsync(plan, [.. item], cancellation) : Withdraw(item);
        }

        await db.SaveChangesAsync(cancellation);
        return sent;
    }

    // Nothing of a paused agreement is sent: what is planned waits.
    private Task<Plan?> TakeAsync(Guid planId, CancellationToken cancellation) => db.Plans
        .FromSql(
            $"""
            SELECT *, xmin FROM plan
            WHERE municipality = {tenant.Required} AND id = {planId} AND state <> 'Suspended'
            FOR NO KEY UPDATE SKIP LOCKED
            """).AsNoTracking().FirstOrDefaultAsync(cancellation);

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
        if (people.Count == 0)
        {
            return 0;
        }

        var latest = people[^1];
        if (latest.Kind == "RENEWAL_TALKS" && !await WasToldAsync(latest, cancellation))
        {
            await TellOfTalksAsync(plan, latest, cancellation);
        }

        // Both sides are reminded of a joint report, at the same step.
        var last = people.FindAll(r => (r.RemindDate, r.Occasion) == (latest.RemindDate, latest.Occasion));
        people.Except(last).ToList().ForEach(earlier => earlier.Skip());
        foreach (var reminder in last)
        {
            var person = PersonOf(plan, reminder);
            reminder.Sent(now, person);
            Remind(plan, reminder, person.Length > 0);
        }

        return last.Count;
    }

    private Task<bool> WasToldAsync(Reminder reminder, CancellationToken cancellation) =>
        db.Reminders.AnyAsync(r => r.ItemId == reminder.ItemId && r.DueDate == reminder.DueDate && r.State == ReminderState.Sent, cancellation);

    // Whoever is next in line is a role: the person named has been reminded before.
    private static string PersonOf(Plan plan, Reminder reminder)
    {
        var side = reminder.Role == Roles.OrganisationRepresentative ? Side.CivilSociety : Side.Public;
        var named = reminder.Occasion == ReminderOccasion.Escalation ? null : plan.Contacts.FirstOrDefault(c => c.Side == side);
        return named?.PersonRef ?? "";
    }

    private void Remind(Plan plan, Reminder reminder, bool personNamed) => db.Raise(reminder.ToProto().Name, 1, new ReminderDue
    {
        Agreement = plan.Agreement,
        Item = reminder.ToProto().Item,
        Kind = reminder.Kind,
        DueDate = reminder.DueDate,
        Occasion = reminder.Occasion.Code(),
        Role = reminder.Role,
        PersonNamed = personNamed,
        Committees = plan.Committees,
        CommitteesOnly = plan.CommitteesOnly,
        Organisations = reminder.Role == Roles.OrganisationRepresentative ? plan.Organisations : [],
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
