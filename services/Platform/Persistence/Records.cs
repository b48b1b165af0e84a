namespace Iop.Platform.Persistence;

/// <summary>
/// One line of the append-only history: who changed what, when, through which method, why, and what it then looked
/// like. Written in the transaction of the change; the database lets no one alter or remove it.
/// </summary>
public sealed class Revision : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    /// <summary>Resource name of the aggregate.</summary>
    public required string Subject { get; init; }

    /// <summary>Number of the save, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Subject of the caller's token, or <c>system:</c> and the consumer.</summary>
    public required string Actor { get; init; }

    /// <summary>The party or organisation acted for; empty when the actor acts for the municipality.</summary>
    public required string OnBehalfOf { get; init; }

    /// <summary>The RPC or consumer.</summary>
    public required string Action { get; init; }

    /// <summary>The reason given, where one was.</summary>
    public required string Reason { get; init; }

    /// <summary>The resource after the change, as the contract's message in binary form.</summary>
    public required byte[] Snapshot { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreateTime { get; init; }
}

/// <summary>The memory of one request id. See <see cref="Requests.RememberedRequests"/>.</summary>
public sealed class RememberedRequest : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    /// <summary>Subject of the caller.</summary>
    public required string Caller { get; init; }

    /// <summary>The RPC.</summary>
    public required string Action { get; init; }

    /// <summary>The id that the caller sent.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>SHA-256 of the payload.</summary>
    public required byte[] PayloadHash { get; init; }

    /// <summary>The first successful response, binary.</summary>
    public byte[]? Response { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreateTime { get; init; }
}

/// <summary>An event that waits to be sent.</summary>
public sealed class OutboxMessage : ITenantOwned
{
    /// <summary>Order of writing.</summary>
    public long Position { get; init; }

    /// <inheritdoc/>
    public required string Municipality { get; init; }

    /// <summary>UUIDv7 of the event, and the message id on the wire.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Resource name that the event concerns. Events of one subject leave in order.</summary>
    public required string Subject { get; init; }

    /// <summary>Full name of the event's record in the contracts.</summary>
    public required string Type { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>W3C trace context of the call that raised it, so that its trace goes on past the outbox.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The request id of that call.</summary>
    public required string RequestId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>Failed tries.</summary>
    public int Attempts { get; init; }

    /// <summary>Not before this time, UTC.</summary>
    public required DateTimeOffset NextAttemptTime { get; init; }

    /// <summary>When it was put aside after too many tries; later events of the subject wait behind it.</summary>
    public DateTimeOffset? ParkTime { get; init; }

    /// <summary>Type of the last failure. Never its text.</summary>
    public string? LastFailure { get; init; }
}

/// <summary>The mark that a consumer has handled an event.</summary>
public sealed class InboxEntry : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    /// <summary>Id of the event.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Name of the consumer.</summary>
    public required string Consumer { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreateTime { get; init; }
}
