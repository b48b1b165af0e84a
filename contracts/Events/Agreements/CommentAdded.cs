namespace Iop.Contracts.Events.Agreements;

/// <summary>Somebody has commented on the text of an agreement, or answered a comment. The subject is the comment. What it says stands there.</summary>
public sealed record CommentAdded : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>The section that it is about; empty for the whole.</summary>
    public required string SectionId { get; init; }

    /// <summary>The side that said it: <c>PUBLIC</c> or <c>CIVIL_SOCIETY</c>.</summary>
    public required string Side { get; init; }

    /// <summary>Whether it answers a comment that was there before.</summary>
    public required bool IsReply { get; init; }

    /// <summary>Whether both sides see it. What is said in a draft that is not shared stays with the side that draws it up.</summary>
    public required bool Shared { get; init; }
}
