namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// An agreement has ended for one party after its notice, and goes on for the others. The subject is the agreement. Where the
/// party is another municipality, that one is told in its own tenant that the agreement has ended, and not this.
/// </summary>
[AwaitedBy("followup", "organisations")]
public sealed record PartyLeft : IntegrationEvent
{
    /// <summary>Key of the party that has left.</summary>
    public required string PartyId { get; init; }

    /// <summary>Code of its municipality, four digits; empty for an organisation.</summary>
    public required string LeavingMunicipality { get; init; }

    /// <summary>Last day on which the agreement was in force for it.</summary>
    public required DateOnly LastDate { get; init; }

    /// <summary>Resource names of the organisations that remain, at least one.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }

    /// <summary>What the partnership is about from then on, without what that party contributed.</summary>
    public required AgreedPartnership Partnership { get; init; }
}
