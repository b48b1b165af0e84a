using System.Security.Cryptography;
using System.Text;
using Iop.Contracts.Events.Organisations;
using Iop.Platform.Messaging;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Identity;

/// <summary>
/// What the register of organisations has told of a person and an organisation: the token opens, the register closes.
/// See docs/decisions/0009-representatives-two-words.md.
/// </summary>
public sealed class ClosedRepresentation : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    /// <summary>What <see cref="KeyOf"/> makes of the organisation and the person.</summary>
    public required string RepresentativeKey { get; init; }

    /// <summary>Whether the organisation is closed to the person.</summary>
    public required bool Closed { get; init; }

    /// <summary>Sequence of the event that said so.</summary>
    public required long Sequence { get; init; }

    /// <summary>
    /// Tells a person apart within one organisation and nowhere else, so that an event can say who without saying it to
    /// anyone who does not know the person's subject already.
    /// </summary>
    public static string KeyOf(string organisation, string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{organisation}\n{subject}")));
}

/// <summary>Keeps what the register tells. A service derives from it, so that its queue is its own.</summary>
public abstract class RepresentationFollower(ConsumerTools tools) : EventConsumer<OrganisationRepresentationChanged>(tools)
{
    private readonly IopDbContext _db = tools.Db;

    /// <inheritdoc/>
    protected override Task HandleAsync(OrganisationRepresentationChanged @event, CancellationToken cancellation) =>
        @event is { RepresentativeKey: { } key, Closed: { } closed }
            ? _db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO closed_representation (municipality, representative_key, closed, sequence)
                VALUES ({@event.Municipality}, {key}, {closed}, {@event.Sequence})
                ON CONFLICT (municipality, representative_key) DO UPDATE SET closed = excluded.closed, sequence = excluded.sequence
                WHERE closed_representation.sequence < excluded.sequence
                """,
                cancellation)
            : Task.CompletedTask;
}

/// <summary>Registers what closes ended representations in a service that is not the register.</summary>
public static class ClosedRepresentations
{
    /// <summary>Holds representatives to the register's word, from the event on. Call it after <c>AddPlatform</c>.</summary>
    public static WebApplicationBuilder FollowRepresentations(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<Narrowing>());
        return builder;
    }

    private sealed class Narrowing : RepresentationNarrowing
    {
        protected override async Task<IEnumerable<string>> ClosedToAsync(Caller caller, IServiceProvider services, CancellationToken cancellation)
        {
            var keys = caller.Organisations.ToLookup(organisation => ClosedRepresentation.KeyOf(organisation, caller.Subject));
            var known = keys.Select(key => key.Key).ToList();
            var closed = await services.GetRequiredService<IopDbContext>().Set<ClosedRepresentation>()
                .Where(row => row.Closed && known.Contains(row.RepresentativeKey)).Select(row => row.RepresentativeKey).ToListAsync(cancellation);
            return closed.SelectMany(key => keys[key]);
        }
    }
}
