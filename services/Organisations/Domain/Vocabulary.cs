namespace Iop.Organisations.Domain;

// The names and numbers are those of the contract, so that a value is the same in both; a test compares them.

/// <summary>Legal form of an organisation.</summary>
public enum LegalForm
{
    NonProfitAssociation = 1,
    EconomicAssociation = 2,
    Foundation = 3,
    FaithCommunity = 4,
    ProfitLimitedCompany = 5,
    Other = 6,
}

/// <summary>Whom an organisation foremost exists for.</summary>
public enum OrganisationPurpose
{
    MemberBenefit = 1,
    PublicBenefit = 2,
    Both = 3,
}

/// <summary>State of an organisation's registration.</summary>
public enum OrganisationState
{
    Active = 1,
    Suspended = 2,
}

/// <summary>What a check of statutes showed.</summary>
public enum StatutesCheckResult
{
    Passed = 1,
    Failed = 2,
}

/// <summary>How authorised signatories sign.</summary>
public enum SigningRule
{
    Alone = 1,
    Jointly = 2,
}

/// <summary>State of a signing authority on a day.</summary>
public enum SigningAuthorityState
{
    Current = 1,
    NotYetValid = 2,
    Lapsed = 3,
    Ended = 4,
}

/// <summary>Kind of a document.</summary>
public enum DocumentKind
{
    Statutes = 1,
    PurposeAndActivity = 2,
    AnnualMeetingMinutes = 3,
    BoardMinutes = 4,
    ActivityReport = 5,
    FinancialReport = 6,
    AuditReport = 7,
    ActivityPlan = 8,
    BoardList = 9,
    MemberCount = 10,
    AnnualAccounts = 11,
    PowerOfAttorney = 12,
    Other = 13,
    DeMinimisDeclaration = 14,
    Budget = 15,
    RegistrationCertificate = 16,
    CriminalRecordsExtract = 17,
}

/// <summary>State of a document.</summary>
public enum DocumentState
{
    Received = 1,
    Accepted = 2,
    Returned = 3,
    DeclaredNonexistent = 4,
}
