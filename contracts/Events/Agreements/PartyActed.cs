namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// A party has taken a step that the others should know of and that changes no state by itself: a proposal to pause or
/// end, notice, a wish to renegotiate or its answer, hardship, talks held, wind-down. The subject is the agreement.
/// </summary>
public sealed record PartyActed : IntegrationEvent
{
    /// <summary>Key of the party that acted.</summary>
    public required string PartyId { get; init; }

    /// <summary>The step, named as <c>action</c> of the revision: <c>GIVE_NOTICE</c>, <c>REQUEST_RENEGOTIATION</c> … New values can come.</summary>
    public required string Action { get; init; }

    /// <summary>Keys of all parties of the agreement, who are to be told.</summary>
    public required IReadOnlyList<string> PartyIds { get; init; }
}
