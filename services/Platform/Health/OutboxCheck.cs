using Iop.Platform.Messaging;
using Iop.Platform.Tenancy;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Iop.Platform.Health;

/// <summary>Shows how many events wait, how long the oldest has, and how many are parked.</summary>
internal sealed class OutboxCheck(CrossTenant crossTenant, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = await OutboxState.ReadAsync(crossTenant, time, cancellationToken);
        var data = new Dictionary<string, object>
        {
            ["pending"] = state.Pending,
            ["parked"] = state.Parked,
            ["oldestAgeSeconds"] = (int)state.OldestAge.TotalSeconds,
        };
        return state.Parked > 0 || state.OldestAge > Late
            ? HealthCheckResult.Degraded("Events wait in the outbox.", data: data)
            : HealthCheckResult.Healthy(data: data);
    }
}
