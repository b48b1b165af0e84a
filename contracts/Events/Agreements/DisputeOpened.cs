namespace Iop.Contracts.Events.Agreements;

/// <summary>A party has opened a dispute about an agreement. The subject is the agreement.</summary>
[AwaitedBy("followup")]
public sealed record DisputeOpened : IntegrationEvent
{
    /// <summary>Resource name of the dispute, <c>municipalities/{municipality}/agreements/{agreement}/disputes/{dispute}</c>.</summary>
    public required string Dispute { get; init; }

    /// <summary>The type as a code, for example <c>WRONG_TARGET_GROUP</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Resource name of the deviation that it is about; null when it came from none.</summary>
    public string? Deviation { get; init; }
}
