namespace Iop.Contracts.Events.Organisations;

/// <summary>Someone's representation of an organisation was confirmed, declined or ended. The subject is the organisation.</summary>
/// <remarks>An issuer of tokens that vouches for representatives reads the representative and follows.</remarks>
public sealed record OrganisationRepresentationChanged : IntegrationEvent
{
    /// <summary>Resource name of the representative.</summary>
    public required string Representative { get; init; }

    /// <summary>State of the representation: <c>CONFIRMED</c>, <c>DECLINED</c> or <c>ENDED</c>.</summary>
    public required string State { get; init; }
}
