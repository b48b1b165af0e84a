using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Messaging;

/// <summary>How the outbox stands: events that wait, parked ones among them, and for how long the oldest has.</summary>
internal sealed record OutboxState(int Pending, int Parked, TimeSpan OldestAge)
{
    public static async Task<OutboxState> ReadAsync(CrossTenant crossTenant, TimeProvider time, CancellationToken cancellation)
    {
        // Cross-tenant: the installation's health, counts only.
        await using var scope = crossTenant.Open();
        var outbox = scope.ServiceProvider.GetRequiredService<IopDbContext>().Set<OutboxMessage>();
        var state = await outbox.GroupBy(_ => 1)
            .Select(rows => new { Pending = rows.Count(), Parked = rows.Count(m => m.ParkTime != null), Oldest = rows.Min(m => m.CreateTime) })
            .SingleOrDefaultAsync(cancellation);
        return state is null ? new(0, 0, TimeSpan.Zero) : new(state.Pending, state.Parked, time.GetUtcNow() - state.Oldest);
    }
}
