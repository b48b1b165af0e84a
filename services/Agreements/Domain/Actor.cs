namespace Iop.Agreements.Domain;

/// <summary>Who acts: for the public parties, for some organisations, or for both.</summary>
public sealed record Actor(string PersonRef, string DisplayName, string AssuranceLevel, bool IsPublic, IReadOnlyList<string> Organisations)
{
    /// <summary>Code of the other municipality that the person acts for; empty for the one that the agreement lives with.</summary>
    public string Municipality { get; init; } = "";

    public bool ActsFor(Party party) =>
        party.Side == PartySide.Public ? IsPublic && party.Municipality == Municipality : Organisations.Contains(party.Organisation);

    /// <summary>The side that the person stands on in one agreement; unspecified for an outsider.</summary>
    public PartySide SideIn(IEnumerable<Party> parties) =>
        IsPublic ? PartySide.Public
        : parties.Any(ActsFor) ? PartySide.CivilSociety
        : PartySide.Unspecified;

    /// <summary>The one party acted for, or empty when it is not a single one.</summary>
    public string PartyIn(IEnumerable<Party> parties) =>
        parties.Where(ActsFor).Select(party => party.PartyId).ToList() is [var only] ? only : "";
}
