namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// Something has happened to an agreement that several municipalities have entered. The subject is the agreement, or what
/// belongs to it: a comment, a proposal, a document, a dispute. The
/// service that keeps it tells each of the others in that one's own tenant: whoever follows an agreement listens to those
/// events, and not to this.
/// </summary>
[AwaitedBy("agreements")]
public sealed record SharedAgreementNews : IntegrationEvent
{
    /// <summary>Full name of the record of the event that the lead municipality was told.</summary>
    public required string Type { get; init; }

    /// <summary>That event as JSON.</summary>
    public required string Payload { get; init; }
}
