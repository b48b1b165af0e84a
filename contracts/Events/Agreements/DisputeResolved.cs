namespace Iop.Contracts.Events.Agreements;

/// <summary>The parties have settled a dispute. The subject is the dispute. What they came to stands there.</summary>
[AwaitedBy("followup")]
public sealed record DisputeResolved : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>Code of the outcome, for example <c>AMENDMENT</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Resource name of the deviation that it arose from, where there is one.</summary>
    public string? Deviation { get; init; }
}
