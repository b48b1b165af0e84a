namespace Iop.Agreements.Domain;

/// <summary>What one party takes upon itself, is to the partnership, or expects of the others.</summary>
public sealed record Commitment(string PartyId, CommitmentKind Kind, string Text);

public enum CommitmentKind
{
    Unspecified,
    Commitment,
    Role,
    Expectation,
}

/// <summary>A body that the partnership concerns without being a party (law.md 2.13). Persons are never named, only functions.</summary>
public sealed record Stakeholder(string Name, StakeholderKind Kind, string Concern, string ContactFunction);

// Names and numbers are those of the contract.
public enum StakeholderKind
{
    Unspecified,
    Committee,
    Administration,
    MunicipalCompany,
    OtherPublicBody,
    Organisation,
    Other,
}

/// <summary>How the parties organise their work together. Persons are never named, only functions.</summary>
public sealed record Collaboration
{
    public string ConvenerPartyId { get; init; } = "";

    public IReadOnlyList<Group> Groups { get; init; } = [];

    public string OfficerFunction { get; init; } = "";

    public int OfficerHoursPerMonth { get; init; }

    public string MunicipalRole { get; init; } = "";
}

public sealed record Group(GroupKind Kind, int MeetingsPerYear, IReadOnlyList<string> Members, string Chair);

public enum GroupKind
{
    Unspecified,
    Steering,
    Reference,
    Working,
}

public sealed record KnowledgeTerms
{
    public bool Pilot { get; init; }

    public bool Gathered { get; init; }

    public string How { get; init; } = "";

    public string What { get; init; } = "";

    public string Who { get; init; } = "";
}

public sealed record PublicityTerms
{
    public IReadOnlyList<string> OslPartyIds { get; init; } = [];

    public string Secrecy { get; init; } = "";

    public string Insight { get; init; } = "";

    /// <summary>he-section-secrecy: a public party always comes under the act.</summary>
    public bool IsUnderOsl(Party party) => party.Side == PartySide.Public || OslPartyIds.Contains(party.PartyId);
}
