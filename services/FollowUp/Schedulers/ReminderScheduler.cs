using Iop.FollowUp.Data;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Schedulers;

/// <summary>
/// Sends the reminders whose day has come, as events. Any number of replicas may do so at once: a plan in one's hand is
/// passed over by the others, and what is sent is marked in the transaction that writes its event.
/// </summary>
public sealed partial class ReminderScheduler(IServiceProvider services, CrossTenant crossTenant, TimeProvider time, ILogger<ReminderScheduler> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Sends everything that is due now.</summary>
    /// <returns>How many reminders were sent.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        var sent = 0;
        foreach (var municipality in await WithWorkAsync(cancellation))
        {
            try
            {
                sent += await SendDueAsync(municipality, cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // What cannot be sent in one municipality holds no other up.
                LogFailed(exception.GetType().Name);
            }
        }

        return sent;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                var sent = await SendDueAsync(stoppingToken);
                if (sent > 0)
                {
                    LogSent(sent);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> SendDueAsync(MunicipalityCode municipality, CancellationToken cancellation)
    {
        var (any, sent) = (true, 0);
        while (any)
        {
            var some = 0;
            await services.RunForAsync(
                municipality,
                nameof(ReminderScheduler),
                async scope => (any, some) = await scope.GetRequiredService<ReminderSender>().SendSomeAsync(cancellation),
                cancellation);
            sent += some;
        }

        return sent;
    }

    private async Task<List<MunicipalityCode>> WithWorkAsync(CancellationToken cancellation)
    {
        // Cross-tenant: a reminder is due without anybody calling, in whichever municipality. Only which one is read here.
        await using var scope = crossTenant.Open();
        var (db, today) = (scope.ServiceProvider.GetRequiredService<FollowUpDb>(), time.Today());
        var codes = await db.Reminders
            .Where(r => r.State == ReminderState.Planned && r.RemindDate <= today)
            .Select(r => r.Municipality).Distinct().ToListAsync(cancellation);
        return [.. codes.Select(MunicipalityCode.Parse)];
    }

    [LoggerMessage(EventName = "followup.reminders.sent", Level = LogLevel.Information, Message = "{Sent} reminders were sent")]
    private partial void LogSent(int sent);

    [LoggerMessage(EventName = "followup.reminders.failed", Level = LogLevel.Warning, Message = "Reminders could not be sent: {ExceptionType}; it is tried again in a minute")]
    private partial void LogFailed(string exceptionType);
}
