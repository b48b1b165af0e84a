namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// The lead has taken an invitation back. Told twice: to the lead, with the agreement as subject, and to the municipality
/// that was invited, with the agreement as it called it.
/// </summary>
[AwaitedBy("agreements")]
public sealed record InvitationWithdrawn : IntegrationEvent
{
    /// <summary>Code of the municipality that was invited: four digits.</summary>
    public required string InvitedMunicipality { get; init; }
}
