using System.Collections.Concurrent;
using Iop.Platform;
using Iop.Platform.Persistence;
using Iop.Platform.Telemetry;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.Scheduling;

/// <summary>
/// Does what the calendar asks and no person, in every tenant. Each item is done in its own tenant and transaction. Any
/// number of replicas share the work, for an item in the hand of one is passed over by the others. One that fails holds
/// nothing else up, and is left alone for twice as long each time.
/// </summary>
/// <typeparam name="TDb">The service's context.</typeparam>
/// <param name="interval">From one look to the next.</param>
/// <param name="tools">What it works with.</param>
public abstract partial class Scheduler<TDb>(TimeSpan interval, SchedulerTools tools) : RecurringWork(interval, tools.Time, tools.Logs)
    where TDb : IopDbContext
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly TimeSpan _shortestWait = interval;
    private readonly ConcurrentDictionary<(MunicipalityCode Municipality, Guid Item), (int Times, DateTimeOffset Until)> _failed = new();

    /// <summary>Codes of the municipalities where something is due. Read across tenants, so it says no more than that.</summary>
    protected abstract IQueryable<string> TenantsWithDue(TDb db);

    /// <summary>What is due in the tenant entered, in the order to do it.</summary>
    protected abstract IQueryable<Guid> Due(TDb db);

    /// <summary>
    /// Does one item, in a transaction that is committed by the caller. It takes the item with <c>FOR UPDATE SKIP LOCKED</c>
    /// and asks anew whether it is due: another replica may have it in hand, or have done it.
    /// </summary>
    /// <returns>How much was done; 0 where there was nothing to take.</returns>
    protected abstract Task<int> DoAsync(IServiceProvider scope, Guid item, CancellationToken cancellation);

    /// <summary>Does everything that is due now.</summary>
    /// <returns>How much was done.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellation)
    {
        var done = 0;
        foreach (var municipality in await TenantsAsync(cancellation))
        {
            using var scope = Log.BeginScope(new LogScope { ["iop.municipality"] = municipality.Value });
            foreach (var item in await ItemsAsync(municipality, cancellation))
            {
                done += await TryAsync(municipality, item, cancellation);
            }
        }

        if (done > 0)
        {
            LogDone(Log, GetType().Name, done);
        }

        return done;
    }

    /// <inheritdoc/>
    protected sealed override Task LookAsync(CancellationToken cancellation) => RunDueAsync(cancellation);

    private async Task<IReadOnlyList<MunicipalityCode>> TenantsAsync(CancellationToken cancellation)
    {
        // Cross-tenant: the day comes without anybody calling, in whichever municipality. Only which one is read here.
        await using var scope = tools.CrossTenant.Open();
        var codes = await TenantsWithDue(scope.ServiceProvider.GetRequiredService<TDb>()).Distinct().ToListAsync(cancellation);
        return [.. codes.Select(MunicipalityCode.Parse)];
    }

    private async Task<IReadOnlyList<Guid>> ItemsAsync(MunicipalityCode municipality, CancellationToken cancellation)
    {
        await using var scope = tools.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(municipality);
        var items = await Due(scope.ServiceProvider.GetRequiredService<TDb>()).ToListAsync(cancellation);
        foreach (var settled in _failed.Keys.Where(key => key.Municipality == municipality && !items.Contains(key.Item)))
        {
            _failed.TryRemove(settled, out _);
        }

        var now = Time.GetUtcNow();
        return [.. items.Where(item => !_failed.TryGetValue((municipality, item), out var failed) || failed.Until <= now)];
    }

    private async Task<int> TryAsync(MunicipalityCode municipality, Guid item, CancellationToken cancellation)
    {
        try
        {
            var done = 0;
            await tools.Services.RunForAsync(municipality, GetType().Name, async scope => done = await DoAsync(scope, item, cancellation), cancellation);
            _failed.TryRemove((municipality, item), out _);
            return done;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            var times = _failed.TryGetValue((municipality, item), out var failed) ? failed.Times + 1 : 1;
            var wait = WaitAfter(times);
            _failed[(municipality, item)] = (times, Time.GetUtcNow() + wait);
            LogFailed(Log, GetType().Name, item, exception.GetType().Name, times, wait);
            return 0;
        }
    }

    private TimeSpan WaitAfter(int times) => _shortestWait * Math.Pow(2, times - 1) is var wait && wait < LongestWait ? wait : LongestWait;

    [LoggerMessage(EventName = "schedule.work.done", Level = LogLevel.Information, Message = "{Work} did {Count} things that were due")]
    private static partial void LogDone(ILogger log, string work, int count);

    [LoggerMessage(EventName = "schedule.item.failed", Level = LogLevel.Warning, Message = "{Work} could not do {ItemId} ({ExceptionType}, try {Attempts}); it is tried again in {Wait}")]
    private static partial void LogFailed(ILogger log, string work, Guid itemId, string exceptionType, int attempts, TimeSpan wait);
}
