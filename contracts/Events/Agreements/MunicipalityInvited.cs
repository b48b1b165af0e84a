namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// A municipality has been invited to be a party of an agreement. Told twice: to the lead, with the agreement as subject,
/// and to the municipality invited, with the agreement as it calls it.
/// </summary>
[AwaitedBy("agreements")]
public sealed record MunicipalityInvited : IntegrationEvent
{
    /// <summary>Code of the municipality that the agreement lives with: four digits.</summary>
    public required string LeadMunicipality { get; init; }

    /// <summary>Code of the municipality invited: four digits.</summary>
    public required string InvitedMunicipality { get; init; }

    /// <summary>Key of the party that it is invited to be.</summary>
    public required string PartyId { get; init; }
}
