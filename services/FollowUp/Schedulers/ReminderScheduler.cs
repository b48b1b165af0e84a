using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Requests;
using Iop.Scheduling;

namespace Iop.FollowUp.Schedulers;

/// <summary>
/// Sends the reminders whose day has come, as events, plan by plan. What is sent is marked in the transaction that
/// writes its event.
/// </summary>
public sealed class ReminderScheduler(SchedulerTools tools) : Scheduler<FollowUpDb>(TimeSpan.FromMinutes(1), tools)
{
    /// <inheritdoc/>
    protected override IQueryable<string> TenantsWithDue(FollowUpDb db) => DueReminders(db).Select(reminder => reminder.Municipality);

    /// <inheritdoc/>
    protected override IQueryable<Guid> Due(FollowUpDb db)
    {
        var due = DueReminders(db);
        return db.Plans.Where(plan => plan.State != PlanState.Suspended && due.Any(reminder => reminder.PlanId == plan.Id)).Select(plan => plan.Id).Order();
    }

    /// <inheritdoc/>
    protected override Task<int> DoAsync(IServiceProvider scope, Guid item, CancellationToken cancellation) =>
        scope.GetRequiredService<ReminderSender>().SendAsync(item, cancellation);

    private IQueryable<Reminder> DueReminders(FollowUpDb db)
    {
        var today = Time.Today();
        return db.Reminders.Where(reminder => reminder.State == ReminderState.Planned && reminder.RemindDate <= today);
    }
}
