namespace Iop.Contracts.Events.FollowUp;

/// <summary>A deviation from an agreement was recorded. The subject is the deviation.</summary>
public sealed record DeviationRecorded : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>The type as a code, for example <c>WRONG_TARGET_GROUP</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The side that recorded it, as a code: <c>PUBLIC</c> or <c>CIVIL_SOCIETY</c>.</summary>
    public required string RecordedBy { get; init; }
}
