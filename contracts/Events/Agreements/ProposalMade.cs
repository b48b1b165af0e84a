namespace Iop.Contracts.Events.Agreements;

/// <summary>A side has proposed a new text for a section. The subject is the proposal. The other side answers it.</summary>
public sealed record ProposalMade : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>The section that it is for.</summary>
    public required string SectionId { get; init; }

    /// <summary>The side that proposed it: <c>PUBLIC</c> or <c>CIVIL_SOCIETY</c>.</summary>
    public required string Side { get; init; }
}
