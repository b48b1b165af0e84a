using Iop.Platform.Errors;

namespace Iop.Platform.Identity;

/// <summary>Who calls, as the validated token says.</summary>
public sealed record Caller
{
    /// <summary>Opaque id of the person or client at its issuer. Never a personal identity number.</summary>
    public required string Subject { get; init; }

    /// <summary>Code of the one municipality that the token speaks for.</summary>
    public required string Municipality { get; init; }

    /// <summary>Roles held, of <see cref="Identity.Roles"/>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Resource names of the organisations that the caller represents.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = [];

    /// <summary>Codes of the committees (nämnder) that the caller works for. Empty: the issuer says none.</summary>
    public IReadOnlyList<string> Committees { get; init; } = [];

    /// <summary>Name to show to people. Never logged.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Level of assurance (<c>acr</c>), for example <c>loa3</c>; empty when the issuer says none.</summary>
    public string AssuranceLevel { get; init; } = "";

    /// <summary>The client that the caller uses (<c>azp</c> or <c>client_id</c>).</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Whether the caller holds a role.</summary>
    public bool Is(string role) => Roles.Contains(role);

    /// <summary>Whether the caller acts for the public side.</summary>
    public bool IsPublicSide => Roles.Any(Identity.Roles.PublicSide.Contains);

    /// <summary>
    /// Whether the caller sees what is the municipality's. One who does not sees what concerns organisations represented,
    /// whatever other role the token names.
    /// </summary>
    public bool SeesMunicipality => IsPublicSide || Is(Identity.Roles.Integration) || Is(Identity.Roles.Auditor);

    /// <summary>Whether the caller represents any of the organisations.</summary>
    public bool Represents(params IEnumerable<string> organisations) =>
        Is(Identity.Roles.OrganisationRepresentative) && organisations.Any(Organisations.Contains);

    /// <summary>
    /// Whether the caller sees what is kept to some committees: each is an authority of its own, and a caller of one has no
    /// part in what is another's. Who decides must be of one of them; who prepares or serves every committee says none. The
    /// auditor looks into all.
    /// </summary>
    public bool SeesCommittees(IEnumerable<string> committees) =>
        Is(Identity.Roles.Auditor) || (Committees.Count > 0 ? committees.Any(Committees.Contains) : !IsDeciderAlone);

    /// <summary>Whether deciding is all that the caller does for the municipality.</summary>
    public bool IsDeciderAlone =>
        Is(Identity.Roles.DecisionMaker) && !Roles.Any(role => role != Identity.Roles.DecisionMaker && (Identity.Roles.PublicSide.Contains(role) || role == Identity.Roles.Integration));

    /// <summary>
    /// Lets through those who act for the municipality or look into it, and a representative of one of the organisations.
    /// </summary>
    /// <exception cref="Refusal"><c>PARTY_NOT_ALLOWED</c>.</exception>
    public void MustActFor(params IEnumerable<string> organisations)
    {
        if (!SeesMunicipality && !Represents(organisations))
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }
    }
}
