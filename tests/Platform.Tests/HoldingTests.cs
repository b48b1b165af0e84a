using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Platform.Tests.Sample;
using Iop.Testing;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Tests;

/// <summary>What only one at a time may work on. A wait that should not be ends with the time limit of its statement.</summary>
[Collection(Notes.Name)]
public sealed class HoldingTests(NotesFixture notes)
{
    [Fact]
    public async Task The_second_of_a_tenant_waits_until_the_firsts_transaction_ends()
    {
        await using var first = await WorkAsync("1283");
        await using var second = await WorkAsync("1283");
        await first.HoldAsync("the plan");

        var waiting = second.HoldAsync("the plan");
        await Eventually.IsAsync(1L, () => notes.CountAsync(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"));
        Assert.False(waiting.IsCompleted);
        await first.EndAsync();

        await waiting;
    }

    [Fact]
    public async Task Neither_another_tenants_nor_another_thing_is_waited_for()
    {
        await using var first = await WorkAsync("1283");
        await using var elsewhere = await WorkAsync("0580");
        await using var another = await WorkAsync("1283");
        await first.HoldAsync("the plan");

        await elsewhere.HoldAsync("the plan");
        await another.HoldAsync("the other plan");
    }

    [Fact]
    public async Task What_is_held_already_is_held_again_without_a_wait()
    {
        await using var work = await WorkAsync("1283");

        await work.HoldAsync("the plan");
        await work.HoldAsync("the plan");
    }

    [Fact]
    public async Task Without_a_transaction_nothing_can_be_held()
    {
        await using var work = await WorkAsync("1283");
        await work.EndAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => work.HoldAsync("the plan"));
    }

    [Fact]
    public async Task Without_a_tenant_nothing_can_be_held()
    {
        await using var scope = notes.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.HoldAsync("the plan", default));
    }

    private async Task<Work> WorkAsync(string municipality)
    {
        var scope = notes.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(MunicipalityCode.Parse(municipality));
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
        return new Work(scope, db, await db.Database.BeginTransactionAsync());
    }

    private sealed record Work(AsyncServiceScope Scope, IopDbContext Db, IDbContextTransaction Transaction) : IAsyncDisposable
    {
        public Task HoldAsync(string what) => Db.HoldAsync(what, default);

        public ValueTask EndAsync() => Transaction.DisposeAsync();

        public async ValueTask DisposeAsync()
        {
            await Transaction.DisposeAsync();
            await Scope.DisposeAsync();
        }
    }
}
