namespace Iop.Contracts.Events.Organisations;

/// <summary>Someone's representation of an organisation was confirmed, declined or ended. The subject is the organisation.</summary>
/// <remarks>An issuer of tokens that vouches for representatives reads the representative and follows.</remarks>
[AwaitedBy("agreements", "eligibility", "followup")]
public sealed record OrganisationRepresentationChanged : IntegrationEvent
{
    /// <summary>Resource name of the representative.</summary>
    public required string Representative { get; init; }

    /// <summary>State of the representation: <c>CONFIRMED</c>, <c>DECLINED</c> or <c>ENDED</c>.</summary>
    public required string State { get; init; }

    /// <summary>
    /// SHA-256 of the organisation's name, a line feed and the subject of the person's tokens, as 64 lower-case hexadecimal
    /// digits: known again by who knows the subject, and telling nothing else.
    /// </summary>
    public required string RepresentativeKey { get; init; }

    /// <summary>
    /// Whether the register closes the organisation to the person from now on, whatever a token says: something is ended or
    /// declined and nothing confirmed.
    /// </summary>
    public required bool Closed { get; init; }
}
