namespace Iop.Contracts.Events.FollowUp;

/// <summary>
/// The parties have talked about continuing, as the follow-up records it, or has corrected it: the same subject with a later
/// sequence. The subject is the check-in.
/// </summary>
[AwaitedBy("agreements")]
public sealed record RenewalTalksHeld : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>The day on which they talked.</summary>
    public required DateOnly HeldDate { get; init; }

    /// <summary>The side that recorded it: <c>PUBLIC</c> or <c>CIVIL_SOCIETY</c>.</summary>
    public required string RecordedBy { get; init; }
}
