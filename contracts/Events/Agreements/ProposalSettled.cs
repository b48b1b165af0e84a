namespace Iop.Contracts.Events.Agreements;

/// <summary>A proposed text has been accepted, declined or withdrawn. The subject is the proposal.</summary>
public sealed record ProposalSettled : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>The section that it is for.</summary>
    public required string SectionId { get; init; }

    /// <summary>The side that had proposed it: <c>PUBLIC</c> or <c>CIVIL_SOCIETY</c>.</summary>
    public required string Side { get; init; }

    /// <summary>What became of it: <c>ACCEPTED</c>, <c>DECLINED</c> or <c>WITHDRAWN</c>.</summary>
    public required string Outcome { get; init; }
}
