namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// Talks about continuing stand in an agreement, recorded there or told by a follow-up, or have been corrected: the same number with a
/// later sequence. The subject is the agreement. What was said stands there.
/// </summary>
[AwaitedBy("followup")]
public sealed record RenewalTalksRecorded : IntegrationEvent
{
    /// <summary>Their number in the agreement, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The day on which the parties talked.</summary>
    public required DateOnly HeldDate { get; init; }

    /// <summary>The side that recorded them: <c>PUBLIC</c> or <c>CIVIL_SOCIETY</c>.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>Resource name of the check-in in which a follow-up has recorded them; null where none has, and for one of another municipality.</summary>
    public string? CheckIn { get; init; }
}
