using Iop.Platform.Tenancy;
using Iop.Platform.Tests.Sample;
using Iop.Scheduling;
using Iop.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Iop.Platform.Tests;

/// <summary>What is done on its day without anybody calling: shared by replicas, each thing in its own tenant, once.</summary>
[Collection(Notes.Name)]
public sealed class SchedulerTests(NotesFixture notes)
{
    private readonly MovedClock _clock = new();

    [Fact]
    public async Task Two_schedulers_share_one_table_and_each_thing_is_done_once_in_its_own_tenant()
    {
        List<Chore> chores = [.. Enumerable.Range(0, 40).Select(n => Due(n % 3 == 0 ? "0580" : "1283"))];
        await AddAsync([.. chores]);
        var later = new Chore { Municipality = "1283", DueTime = _clock.GetUtcNow().AddMinutes(5) };
        await AddAsync(later);
        var (one, other) = (Scheduler(), Scheduler());

        var done = await Task.WhenAll(Task.Run(() => one.RunDueAsync(CancellationToken.None)), Task.Run(() => other.RunDueAsync(CancellationToken.None)));

        Assert.Equal(40, done.Sum());
        Assert.All(await ReadAsync([.. chores]), chore => Assert.Equal((1, chore.Municipality), (chore.Times, chore.DoneIn)));
        Assert.All(await ReadAsync(later), chore => Assert.Equal(0, chore.Times));
    }

    [Fact]
    public async Task What_one_has_in_hand_the_other_passes_over()
    {
        var (held, free) = (Due("1283"), Due("1283"));
        await AddAsync(held, free);
        await using (var hand = Enter("1283"))
        {
            var db = hand.ServiceProvider.GetRequiredService<NotesDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Chores.FromSql($"SELECT * FROM chore WHERE municipality = '1283' AND id = {held.Id} FOR UPDATE").ToListAsync();

            Assert.Equal(1, await Scheduler().RunDueAsync(CancellationToken.None));
        }

        Assert.Equal([0, 1], (await ReadAsync(held, free)).Select(chore => chore.Times));
        Assert.Equal(1, await Scheduler().RunDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_fails_leaves_nothing_behind_holds_nothing_up_and_is_left_alone_for_longer_each_time()
    {
        var poisoned = new Chore { Municipality = "1283", DueTime = _clock.GetUtcNow().AddDays(-1), Poisoned = true };
        var others = new[] { Due("1283"), Due("0580") };
        await AddAsync([poisoned, .. others]);
        var scheduler = Scheduler();

        Assert.Equal(2, await scheduler.RunDueAsync(CancellationToken.None));

        Assert.Equal([0, 1, 1], (await ReadAsync([poisoned, .. others])).Select(chore => chore.Times));
        foreach (var (minutes, tries) in new[] { (0, 1), (1, 2), (1, 2), (1, 3) })
        {
            _clock.Ahead += TimeSpan.FromMinutes(minutes);
            await scheduler.RunDueAsync(CancellationToken.None);
            Assert.Equal(tries, scheduler.Failures);
        }

        await SettleAsync(poisoned);
    }

    public static TheoryData<Exception> Failures => [new TimeoutException("The first look."), new OperationCanceledException("By another than the stop.")];

    [Fact]
    public async Task A_look_that_breaks_while_the_service_stops_does_not_fail_the_service()
    {
        using var work = new BreakingWork(TimeProvider.System, NullLoggerFactory.Instance);
        await work.StartAsync(CancellationToken.None);
        await work.Looking;

        await work.StopAsync(CancellationToken.None);

        Assert.False(work.ExecuteTask!.IsFaulted);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_look_that_fails_is_followed_by_the_next(Exception failure)
    {
        using var work = new FalteringWork(failure, TimeProvider.System, NullLoggerFactory.Instance);

        await work.StartAsync(CancellationToken.None);

        await Eventually.IsAsync(true, () => Task.FromResult(work.Looks > 2));
        await work.StopAsync(CancellationToken.None);
        Assert.True(work.ExecuteTask!.IsCompleted);
    }

    private ChoreScheduler Scheduler() =>
        new(new SchedulerTools(notes.Services, notes.Services.GetRequiredService<CrossTenant>(), _clock, notes.Services.GetRequiredService<ILoggerFactory>()));

    private Chore Due(string municipality) => new() { Municipality = municipality, DueTime = _clock.GetUtcNow().AddMinutes(-1) };

    private AsyncServiceScope Enter(string municipality)
    {
        var scope = notes.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(MunicipalityCode.Parse(municipality));
        return scope;
    }

    private async Task AddAsync(params Chore[] chores)
    {
        foreach (var some in chores.GroupBy(chore => chore.Municipality))
        {
            await using var scope = Enter(some.Key);
            var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
            db.AddRange(some);
            await db.SaveChangesAsync();
        }
    }

    private async Task<IReadOnlyList<Chore>> ReadAsync(params Chore[] chores)
    {
        List<Chore> read = [];
        foreach (var chore in chores)
        {
            await using var scope = Enter(chore.Municipality);
            read.Add(await scope.ServiceProvider.GetRequiredService<NotesDb>().Chores.AsNoTracking().SingleAsync(c => c.Id == chore.Id));
        }

        return read;
    }

    private async Task SettleAsync(Chore chore)
    {
        await using var scope = Enter(chore.Municipality);
        await scope.ServiceProvider.GetRequiredService<NotesDb>().Chores.Where(c => c.Id == chore.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Times, 1));
    }

    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
