using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Iop.Platform.Health;

/// <summary>Shows how many events wait, how long the oldest has, and how many are parked.</summary>
internal sealed class OutboxCheck(CrossTenant crossTenant, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Cross-tenant: the installation's health, counts only.
        await using var scope = crossTenant.Open();
        var outbox = scope.ServiceProvider.GetRequiredService<IopDbContext>().Set<OutboxMessage>();
        var state = await outbox.GroupBy(_ => 1)
            .Select(rows => new { Pending = rows.Count(), Parked = rows.Count(m => m.ParkTime != null), Oldest = rows.Min(m => m.CreateTime) })
            .SingleOrDefaultAsync(cancellationToken);
        var age = state is null ? TimeSpan.Zero : time.GetUtcNow() - state.Oldest;
        var data = new Dictionary<string, object>
        {
            ["pending"] = state?.Pending ?? 0,
            ["parked"] = state?.Parked ?? 0,
            ["oldestAgeSeconds"] = (int)age.TotalSeconds,
        };
        return state is { Parked: > 0 } || age > Late
            ? HealthCheckResult.Degraded("Events wait in the outbox.", data: data)
            : HealthCheckResult.Healthy(data: data);
    }
}
