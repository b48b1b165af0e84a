using Iop.Contracts.Events;
using Iop.Organisations.Domain;
using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Data;

/// <summary>The latest place among the events of a subject that several aggregates raise events about.</summary>
public sealed class EventSequence : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    public required string Subject { get; init; }

    public required long Latest { get; init; }
}

/// <summary>What events need that are about an organisation but come of its documents, representatives or checks.</summary>
public static class OrganisationEvents
{
    /// <summary>Raises an event about an organisation, at its place among them. The places are taken one after the other.</summary>
    public static async Task RaiseAboutAsync(
        this OrganisationsDb db, string municipality, string key, IntegrationEvent @event, CancellationToken cancellation)
    {
        var organisation = OrganisationName.Of(municipality, key);

        // The first place is that of OrganisationRegistered.
        var places = await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO event_sequence (municipality, subject, latest) VALUES ({municipality}, {organisation}, 2)
            ON CONFLICT (municipality, subject) DO UPDATE SET latest = event_sequence.latest + 1
            RETURNING latest AS "Value"
            """).ToListAsync(cancellation);
        db.Raise(organisation, places[0], @event);
    }
}
