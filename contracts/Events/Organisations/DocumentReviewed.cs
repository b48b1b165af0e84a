namespace Iop.Contracts.Events.Organisations;

/// <summary>The municipality has accepted a document of an organisation, or returned it. The subject is the organisation.</summary>
public sealed record DocumentReviewed : IntegrationEvent
{
    /// <summary>Resource name of the document.</summary>
    public required string Document { get; init; }

    /// <summary>State of the document: <c>ACCEPTED</c> or <c>RETURNED</c>.</summary>
    public required string State { get; init; }
}
