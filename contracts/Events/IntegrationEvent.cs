using System.Text.Json.Serialization;

namespace Iop.Contracts.Events;

/// <summary>
/// Something that has happened in one service and that others may act on. Carries names, codes and dates only: no
/// personal data and no text that people have written. Who needs more reads the subject from its service.
/// </summary>
/// <remarks>
/// Sent at least once and in order per subject; kinds of event come by queues of their own, so a receiver of several goes
/// by the sequence. Members are only added, never removed or given another meaning;
/// a receiver ignores members and codes that it does not know. The members below are the header: always there on the
/// wire, and stamped on every event as it is raised, so that who raises one says what has happened and nothing else.
/// </remarks>
public abstract record IntegrationEvent
{
    /// <summary>Identity of the event, UUIDv7. The same in every delivery, so receivers know a repeat by it.</summary>
    [JsonRequired]
    public Guid EventId { get; init; }

    /// <summary>The municipality that it belongs to: four digits, as a string.</summary>
    [JsonRequired]
    public string Municipality { get; init; } = "";

    /// <summary>Resource name of what it happened to, for example <c>municipalities/2281/agreements/{agreement}</c>.</summary>
    [JsonRequired]
    public string Subject { get; init; } = "";

    /// <summary>When it happened, in UTC.</summary>
    [JsonRequired]
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>Place among the events of the same subject, from 1 and rising.</summary>
    [JsonRequired]
    public long Sequence { get; init; }
}
