using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Tests.Sample;

/// <summary>Something to do on a day, which counts how often it was done and where.</summary>
public sealed class Chore : ITenantOwned
{
    public required string Municipality { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required DateTimeOffset DueTime { get; init; }

    public bool Poisoned { get; init; }

    public int Times { get; private set; }

    public string DoneIn { get; private set; } = "";

    public void Do(string municipality) => (Times, DoneIn) = (Times + 1, municipality);
}

internal sealed class ChoreScheduler(SchedulerTools tools) : Scheduler<NotesDb>(TimeSpan.FromMinutes(1), tools)
{
    /// <summary>How often a chore was tried that cannot be done.</summary>
    public int Failures { get; private set; }

    protected override IQueryable<string> TenantsWithDue(NotesDb db) => DueNow(db).Select(chore => chore.Municipality);

    protected override IQueryable<Guid> Due(NotesDb db) => DueNow(db).OrderBy(chore => chore.DueTime).Select(chore => chore.Id);

    protected override async Task<int> DoAsync(IServiceProvider scope, Guid item, CancellationToken cancellation)
    {
        var (db, tenant) = (scope.GetRequiredService<NotesDb>(), scope.GetRequiredService<TenantScope>());
        var taken = await db.Chores
            .FromSql($"SELECT * FROM chore WHERE municipality = {tenant.Required} AND id = {item} AND times = 0 FOR UPDATE SKIP LOCKED")
            .ToListAsync(cancellation);
        foreach (var chore in taken)
        {
            chore.Do(tenant.Required);
            await db.SaveChangesAsync(cancellation);
            if (chore.Poisoned)
            {
                Failures++;
                throw new InvalidOperationException("A chore that cannot be done.");
            }
        }

        return taken.Count;
    }

    private IQueryable<Chore> DueNow(NotesDb db)
    {
        var now = Time.GetUtcNow();
        return db.Chores.Where(chore => chore.Times == 0 && chore.DueTime <= now);
    }
}

/// <summary>Fails at its first look.</summary>
internal sealed class FalteringWork(Exception failure, TimeProvider time, Microsoft.Extensions.Logging.ILoggerFactory logs)
    : RecurringWork(TimeSpan.FromMilliseconds(20), time, logs)
{
    public int Looks { get; private set; }

    protected override Task LookAsync(CancellationToken cancellation) => ++Looks == 1 ? throw failure : Task.CompletedTask;
}

/// <summary>Looks until it is stopped, and then breaks, as a database does that is asked to let go.</summary>
internal sealed class BreakingWork(TimeProvider time, Microsoft.Extensions.Logging.ILoggerFactory logs) : RecurringWork(TimeSpan.FromMilliseconds(20), time, logs)
{
    private readonly TaskCompletionSource _looking = new();

    public Task Looking => _looking.Task;

    protected override async Task LookAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource();
        await using var told = cancellation.Register(stopped.SetResult);
        _looking.SetResult();
        await stopped.Task;
        throw new InvalidOperationException("Broken by the stop.");
    }
}
