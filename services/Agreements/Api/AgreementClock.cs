using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Platform.Requests;
using Iop.Scheduling;

namespace Iop.Agreements.Api;

/// <summary>Does what the calendar asks of agreements: ends them, closes rounds of signing, notes reminders.</summary>
public sealed class AgreementClock(SchedulerTools tools) : Scheduler<AgreementsDb>(TimeSpan.FromMinutes(1), tools)
{
    /// <inheritdoc/>
    protected override IQueryable<string> TenantsWithDue(AgreementsDb db) => DueNow(db).Select(due => due.Municipality);

    /// <inheritdoc/>
    protected override IQueryable<Guid> Due(AgreementsDb db) => DueNow(db).OrderBy(due => due.DueTime).Select(due => due.Agreement);

    /// <inheritdoc/>
    protected override async Task<int> DoAsync(IServiceProvider scope, Guid item, CancellationToken cancellation)
    {
        var (desk, life) = (scope.GetRequiredService<AgreementDesk>(), scope.GetRequiredService<AgreementLives>());
        if (await desk.TakeDueAsync(item, Time.GetUtcNow(), cancellation) is not { } agreement)
        {
            return 0;
        }

        await PassAsync(desk, life, agreement, cancellation);
        return 1;
    }

    private IQueryable<AgreementDue> DueNow(AgreementsDb db)
    {
        var now = Time.GetUtcNow();
        return db.AgreementDues.Where(due => due.DueTime <= now);
    }

    private async Task PassAsync(AgreementDesk desk, AgreementLives life, Agreement agreement, CancellationToken cancellation)
    {
        var (before, today, now) = ((agreement.State, agreement.SigningRounds), Time.Today(), Time.Now());
        if (await life.PassAsync(agreement, cancellation))
        {
            return;
        }

        var expired = agreement.ExpireSigning(today, now);
        var reminders = agreement.RemindSignatories(today);
        IntegrationEvent[] events = expired ? [agreement.SigningExpired()] : reminders.Count > 0 ? [agreement.ReminderDue(reminders)] : [];
        if ((agreement.State, agreement.SigningRounds) == before)
        {
            await desk.TellCalendarAsync(agreement, cancellation);
            return;
        }

        await desk.SaveAsync(agreement, AgreementLives.Service, cancellation, events: events);
    }
}
