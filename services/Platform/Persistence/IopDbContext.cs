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
    private readonly List<Func<IntegrationEvent>> _events = [];

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
    /// Writes an event about an aggregate to the outbox, to leave when the transaction has been committed. Its header is
    /// stamped by the save: the sequence is the number of that save, or of the last one where the aggregate is not in it.
    /// </summary>
    /// <param name="subject">What it happened to.</param>
    /// <param name="event">The event, with the members of its own.</param>
    public void Raise(Aggregate subject, IntegrationEvent @event) => _events.Add(() => Stamp(@event, subject.Name, subject.Revision));

    /// <summary>
    /// Lets one at a time of this tenant work on something, until the transaction ends: whoever asks for the same waits here,
    /// and then reads what the one before has committed. Neither another thing nor another tenant's is waited for.
    /// </summary>
    /// <param name="what">What it is, kind and name, in words that no other kind of work uses.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="InvalidOperationException">No transaction is open, so that nothing would be held, or no tenant has been entered.</exception>
    public Task HoldAsync(string what, CancellationToken cancellation) => Database.CurrentTransaction is null
        ? throw new InvalidOperationException("Only a transaction can hold something.")
        : Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"{tenant.Required} {what}"}, 0))", cancellation);

    /// <summary>Writes an event whose place among those of its subject is counted elsewhere than by an aggregate's saves.</summary>
    /// <param name="subject">Resource name of what it happened to.</param>
    /// <param name="sequence">Its place, from 1 and rising.</param>
    /// <param name="event">The event, with the members of its own.</param>
    public void Raise(string subject, long sequence, IntegrationEvent @event) => _events.Add(() => Stamp(@event, subject, sequence));

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

        // Here the numbers of the saves are known, whatever was recorded and raised first.
        AddRange(_events.Select(stamped => RowOf(stamped())).ToList());
        _events.Clear();
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

    private IntegrationEvent Stamp(IntegrationEvent @event, string subject, long sequence) => @event with
    {
        EventId = Guid.CreateVersion7(),
        Municipality = tenant.Required,
        Subject = subject,
        OccurredAt = time.Now(),
        Sequence = sequence,
    };

    private OutboxMessage RowOf(IntegrationEvent @event) => new()
    {
        Municipality = @event.Municipality,
        EventId = @event.EventId,
        Subject = @event.Subject,
        Type = @event.GetType().FullName!,
        Payload = JsonSerializer.Serialize(@event, @event.GetType(), Json.Options),
        TraceParent = Activity.Current?.Id,
        RequestId = call.RequestId,
        CreateTime = @event.OccurredAt,
        NextAttemptTime = @event.OccurredAt,
    };
}
