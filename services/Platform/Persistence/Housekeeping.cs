using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iop.Platform.Persistence;

/// <summary>Forgets, once an hour, request ids and inbox marks that have served their time.</summary>
internal sealed partial class Housekeeping(CrossTenant crossTenant, TimeProvider time, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // Longer than any message waits in an error queue, so that a redelivered one is still recognised.
    private static readonly TimeSpan InboxMemory = TimeSpan.FromDays(90);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception.GetType().Name);
            }
        }
    }

    internal async Task ForgetAsync(CancellationToken cancellation)
    {
        // Cross-tenant: age is all that counts here, and a tenant without traffic must be cleaned too.
        await using var scope = crossTenant.Open();
        var db = scope.ServiceProvider.GetRequiredService<IopDbContext>();
        var now = time.GetUtcNow();
        await db.Set<RememberedRequest>().Where(r => r.CreateTime < now - RememberedRequests.Memory).ExecuteDeleteAsync(cancellation);
        await db.Set<InboxEntry>().Where(e => e.CreateTime < now - InboxMemory).ExecuteDeleteAsync(cancellation);
    }

    [LoggerMessage(EventName = "database.housekeeping.failed", Level = LogLevel.Warning, Message = "Housekeeping failed: {ExceptionType}; it is tried again in an hour")]
    private partial void LogFailed(string exceptionType);
}
