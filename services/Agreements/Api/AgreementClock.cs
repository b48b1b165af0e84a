using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>
/// Does what the calendar asks and no person: ends agreements, closes rounds of signing, notes reminders. Any number of
/// replicas share the work: what one has taken is hidden from the others for a while, and comes back if it fails.
/// </summary>
public sealed partial class AgreementClock(IServiceProvider services, CrossTenant crossTenant, TimeProvider time, ILogger<AgreementClock> log) : BackgroundService
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Does everything that is due now.</summary>
    /// <returns>How many agreements were seen to.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellation)
    {
        var (done, rows) = (0, await TakeAsync(cancellation));
        while (rows.Count > 0)
        {
            foreach (var row in rows)
            {
                done += await TryAsync(row, cancellation) ? 1 : 0;
            }

            rows = await TakeAsync(cancellation);
        }

        return done;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogUnread(exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<AgreementDue>> TakeAsync(CancellationToken cancellation)
    {
        // Cross-tenant: one scheduler serves every tenant, and sees of each only which agreement is due and when.
        await using var scope = crossTenant.Open();
        var db = scope.ServiceProvider.GetRequiredService<AgreementsDb>();
        var now = time.GetUtcNow();
        return await db.AgreementDues.FromSql(
            $"""
            UPDATE agreement_due SET due_time = {now + Lease}
            WHERE (municipality, agreement) IN (
                SELECT municipality, agreement FROM agreement_due WHERE due_time <= {now} ORDER BY due_time LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
            RETURNING municipality, agreement, due_time
            """).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellation);
    }

    private async Task<bool> TryAsync(AgreementDue row, CancellationToken cancellation)
    {
        try
        {
            await services.RunForAsync(MunicipalityCode.Parse(row.Municipality), nameof(AgreementClock), scope => PassAsync(scope, row.Agreement, cancellation), cancellation);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(row.Agreement, exception.GetType().Name);
            return false;
        }
    }

    private async Task PassAsync(IServiceProvider scope, Guid id, CancellationToken cancellation)
    {
        var (desk, life) = (scope.GetRequiredService<AgreementDesk>(), scope.GetRequiredService<AgreementLives>());
        var agreement = await desk.HoldAsync(id, cancellation);
        var (before, today, now) = ((agreement.State, agreement.SigningRounds), time.Today(), time.Now());
        if (agreement.PassLastDay(today, now))
        {
            await life.SaveAsync(agreement, before.State, AgreementLives.Service, cancellation);
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

    [LoggerMessage(EventName = "agreements.clock.unread", Level = LogLevel.Warning, Message = "What is due could not be read: {ExceptionType}")]
    private partial void LogUnread(string exceptionType);

    [LoggerMessage(EventName = "agreements.clock.failed", Level = LogLevel.Warning, Message = "Agreement {AgreementId} was not seen to ({ExceptionType}) and is tried again")]
    private partial void LogFailed(Guid agreementId, string exceptionType);
}
