namespace Iop.Contracts.Events.Agreements;

/// <summary>A comment has been settled. The subject is the comment.</summary>
public sealed record CommentResolved : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>The section that it is about; empty for the whole.</summary>
    public required string SectionId { get; init; }
}
