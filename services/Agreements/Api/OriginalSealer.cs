using Iop.Agreements.Data;
using Iop.Platform.Tenancy;
using Iop.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>
/// Makes the original as soon as all have signed, so that it is sealed on the day that it tells of and nobody waits for
/// it. Signing itself waits for no font and no certificate: what cannot be sealed now is tried again.
/// </summary>
public sealed class OriginalSealer(SchedulerTools tools) : Scheduler<AgreementsDb>(TimeSpan.FromSeconds(15), tools)
{
    /// <inheritdoc/>
    protected override IQueryable<string> TenantsWithDue(AgreementsDb db) => DueNow(db).Select(due => due.Municipality);

    /// <inheritdoc/>
    protected override IQueryable<Guid> Due(AgreementsDb db) => DueNow(db).OrderBy(due => due.DueTime).Select(due => due.Agreement);

    /// <inheritdoc/>
    protected override async Task<int> DoAsync(IServiceProvider scope, Guid item, CancellationToken cancellation)
    {
        var (db, originals, tenant) = (scope.GetRequiredService<AgreementsDb>(), scope.GetRequiredService<Originals>(), scope.GetRequiredService<TenantScope>());
        var taken = await db.OriginalDues
            .FromSql($"SELECT * FROM original_due WHERE municipality = {tenant.Required} AND agreement = {item} FOR UPDATE SKIP LOCKED")
            .FirstOrDefaultAsync(cancellation);
        if (taken is null)
        {
            return 0;
        }

        var agreement = await db.Agreements.AsNoTracking().FirstAsync(one => one.Id == item, cancellation);
        for (var version = 1; version <= agreement.Version; version++)
        {
            await originals.GetAsync(agreement, version, cancellation);
        }

        db.Remove(taken);
        await db.SaveChangesAsync(cancellation);
        return 1;
    }

    private IQueryable<OriginalDue> DueNow(AgreementsDb db)
    {
        var now = Time.GetUtcNow();
        return db.OriginalDues.Where(due => due.DueTime <= now);
    }
}
