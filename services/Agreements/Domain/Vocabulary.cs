namespace Iop.Agreements.Domain;

// Names and numbers are those of the contract, so that the two sides are mapped by number.
public enum AgreementState
{
    Unspecified,
    Drafting,
    InNegotiation,
    TextAgreed,
    AwaitingDecision,
    AwaitingSignatures,
    Active,
    Suspended,
    Expired,
    Terminated,
    Rescinded,
    WoundDown,
    Archived,
    Adopted,
    Withdrawn,
}

public enum PartySide
{
    Unspecified,
    Public,
    CivilSociety,
}

public enum PublicPartyKind
{
    Unspecified,
    Committee,
    Administration,
    MunicipalCompany,
    OtherMunicipality,
    Region,
}

public enum FundingSource
{
    Unspecified,
    WithinFrame,
    Earmarked,
    NoMoney,
    Grant,
    Procured,
}

public enum ContributionType
{
    Unspecified,
    Money,
    Staff,
    Premises,
    Competence,
    VolunteerHours,
    Overhead,
    Marketing,
    Other,
}

public enum ReportingResponsibility
{
    Unspecified,
    Organisation,
    Municipality,
    Shared,
}

public enum SectionMode
{
    Unspecified,
    Required,
    Consider,
    Optional,
}

public enum RuleSeverity
{
    Unspecified,
    Mandatory,
    Conditional,
    Recommended,
    Question,
    Informative,
    Prohibited,
    Optional,
}

public sealed record LocalizedText(string Sv, string En);
