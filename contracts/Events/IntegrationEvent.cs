namespace Iop.Contracts.Events;

/// <summary>
/// Something that has happened in one service and that others may act on. Carries names, codes and dates only: no
/// personal data and no text that people have written. Who needs more reads the subject from its service.
/// </summary>
/// <remarks>
/// Delivered at least once and in order per subject. Members are only added, never removed or given another meaning;
/// a receiver ignores members and codes that it does not know.
/// </remarks>
public abstract record IntegrationEvent
{
    /// <summary>Identity of the event, UUIDv7. The same in every delivery, so receivers know a repeat by it.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The municipality that it belongs to: four digits, as a string.</summary>
    public required string Municipality { get; init; }

    /// <summary>Resource name of what it happened to, for example <c>municipalities/2281/agreements/{agreement}</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>When it happened, in UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Place among the events of the same subject, from 1 and rising.</summary>
    public required long Sequence { get; init; }
}
