using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.Platform.Persistence;

/// <summary>Forgets, once an hour, request ids and inbox marks that have served their time.</summary>
internal sealed class Housekeeping(CrossTenant crossTenant, TimeProvider time, ILoggerFactory logs) : RecurringWork(TimeSpan.FromHours(1), time, logs)
{
    // Longer than any message waits in an error queue, so that a redelivered one is still recognised.
    private static readonly TimeSpan InboxMemory = TimeSpan.FromDays(90);

    protected override async Task LookAsync(CancellationToken cancellation)
    {
        // Cross-tenant: age is all that counts here, and a tenant without traffic must be cleaned too.
        await using var scope = crossTenant.Open();
        var db = scope.ServiceProvider.GetRequiredService<IopDbContext>();
        var now = Time.GetUtcNow();
        await db.Set<RememberedRequest>().Where(r => r.CreateTime < now - RememberedRequests.Memory).ExecuteDeleteAsync(cancellation);
        await db.Set<InboxEntry>().Where(e => e.CreateTime < now - InboxMemory).ExecuteDeleteAsync(cancellation);
    }
}
