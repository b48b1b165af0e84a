namespace Iop.Contracts.Events.Agreements;

/// <summary>The agreed text has been taken back from signing. The subject is the agreement. The reason stands there.</summary>
public sealed record SigningWithdrawn : IntegrationEvent
{
    /// <summary>Key of the party that withdrew it; empty when it acted for no single one, or the signing service did.</summary>
    public required string PartyId { get; init; }

    /// <summary>Keys of all parties of the agreement, who are to be told.</summary>
    public required IReadOnlyList<string> PartyIds { get; init; }
}
