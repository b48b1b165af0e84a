using Iop.Contracts.Events.Organisations;
using Iop.Platform.Messaging;
using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Iop.Sight;

/// <summary>Keeps what the register tells. A service derives from it, so that its queue is its own.</summary>
public abstract class RepresentationFollower(ConsumerTools tools) : EventConsumer<OrganisationRepresentationChanged>(tools)
{
    private readonly IopDbContext _db = tools.Db;

    /// <inheritdoc/>
    protected override Task HandleAsync(OrganisationRepresentationChanged @event, CancellationToken cancellation) =>
        _db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO closed_representation (municipality, representative_key, closed, sequence)
            VALUES ({@event.Municipality}, {@event.RepresentativeKey}, {@event.Closed}, {@event.Sequence})
            ON CONFLICT (municipality, representative_key) DO UPDATE SET closed = excluded.closed, sequence = excluded.sequence
            WHERE closed_representation.sequence < excluded.sequence
            """,
            cancellation);
}
