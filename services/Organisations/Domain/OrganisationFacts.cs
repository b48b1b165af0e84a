namespace Iop.Organisations.Domain;

/// <summary>What an organisation tells of itself and may change.</summary>
public sealed record OrganisationFacts
{
    public string DisplayName { get; init; } = "";
    public LegalForm LegalForm { get; init; }
    public OrganisationPurpose Purpose { get; init; }
    public string PurposeStatement { get; init; } = "";
    public DateOnly? FoundedDate { get; init; }
    public bool ActiveInMunicipality { get; init; }
    public string LocalActivity { get; init; } = "";
    public bool? DistributesProfit { get; init; }
    public string ProfitDistributionNote { get; init; } = "";
    public bool? DemocraticallyGoverned { get; init; }
    public bool? PubliclyControlled { get; init; }
    public string PublicControlNote { get; init; } = "";
    public string ActiveSince { get; init; } = "";
    public int MemberCount { get; init; }
    public DateOnly? MemberCountDate { get; init; }
    public DateOnly? NextAnnualMeetingDate { get; init; }
    public IReadOnlyList<RelationEntry> RelationHistory { get; init; } = [];
    public ActRegistration? ActRegistration { get; init; }
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>Organisations with the same key are one undertaking when aid is summed; empty for one that stands alone.</summary>
    public string UndertakingKey { get; init; } = "";
}

/// <summary>What the organisation and the municipality have had to do with each other. Source: es-established-actor.</summary>
public sealed record RelationEntry(RelationKind Kind, DateOnly StartDate, DateOnly? EndDate, string Description);

/// <summary>Registration under the Act (2022:900): known or not, and never required of a party. Source: law.md 2.5.</summary>
public sealed record ActRegistration(ActRegistrationStatus Status, DateOnly? StatusDate, DateOnly? CheckedOn);

/// <summary>How to reach an organisation.</summary>
public sealed record Contact(string Function, string DisplayName, string Email, string Phone, bool ProtectedIdentity);
