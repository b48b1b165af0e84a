using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using Iop.Contracts.Events;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Platform.Persistence;

/// <summary>
/// The context that every service's own derives from: the plumbing tables, the tenant's named filter on every entity,
/// and the rule that no aggregate is saved without a revision.
/// </summary>
public abstract class IopDbContext(DbContextOptions options, TenantScope tenant, CurrentCall call, TimeProvider time) : DbContext(options)
{
    /// <summary>Name of the query filter that holds the tenant, the fourth wall.</summary>
    public const string TenantFilter = "tenant";

    private readonly Dictionary<Aggregate, Func<Revision>> _revisions = [];

    /// <summary>What the filter compares with; null sees nothing.</summary>
    internal string? Tenant => tenant.Municipality?.Value;

    internal bool SeesEveryTenant => tenant.CrossTenantRole is not null;

    /// <summary>
    /// Records the revision of a save: call once for each aggregate before <c>SaveChangesAsync</c>.
    /// </summary>
    /// <param name="aggregate">A new or changed aggregate.</param>
    /// <param name="snapshot">Makes the contract's message of it, as it then looks.</param>
    /// <param name="reason">The reason given, where one was.</param>
    /// <param name="onBehalfOf">The party acted for.</param>
    public void Record(Aggregate aggregate, Func<IMessage> snapshot, string reason = "", string onBehalfOf = "")
    {
        if (Entry(aggregate).State == EntityState.Unchanged)
        {
            // A part of the aggregate has changed and the root has not: the root's version must move all the same.
            Entry(aggregate).State = EntityState.Modified;
        }

        _revisions[aggregate] = () => new Revision
        {
            Municipality = aggregate.Municipality,
            Subject = aggregate.Name,
            Number = aggregate.Revision,
            Actor = call.Actor,
            OnBehalfOf = onBehalfOf,
            Action = call.Action,
            Reason = reason,
            Snapshot = snapshot().ToByteArray(),
            CreateTime = aggregate.UpdateTime,
        };
    }

    /// <summary>
    /// Writes an event to the outbox, to leave when the transaction has been committed. Raise it after
    /// <see cref="Record"/>: the sequence is the number of the save under way.
    /// </summary>
    public void Raise(IntegrationEvent @event) => Add(new OutboxMessage
    {
        Municipality = @event.Municipality,
        EventId = @event.EventId,
        Subject = @event.Subject,
        Type = @event.GetType().FullName!,
        Payload = JsonSerializer.Serialize(@event, @event.GetType(), Json.Options),
        TraceParent = Activity.Current?.Id,
        RequestId = call.RequestId,
        CreateTime = time.GetUtcNow(),
        NextAttemptTime = time.GetUtcNow(),
    });

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        foreach (var entry in ChangeTracker.Entries<Aggregate>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList())
        {
            var aggregate = entry.Entity;
            if (!_revisions.Remove(aggregate, out var revision))
            {
                throw new InvalidOperationException($"A {aggregate.GetType().Name} is saved without a revision.");
            }

            aggregate.UpdateTime = time.Now();
            aggregate.CreateTime = entry.State == EntityState.Added ? aggregate.UpdateTime : aggregate.CreateTime;
            aggregate.Revision++;
            Add(revision());
        }

        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>Maps the service's own entities.</summary>
    protected abstract void MapEntities(ModelBuilder model);

    /// <inheritdoc/>
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        PlatformModel.Map(modelBuilder);
        MapEntities(modelBuilder);
        PlatformModel.ApplyConventions(modelBuilder, this);
    }
}
