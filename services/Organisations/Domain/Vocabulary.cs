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

/// <summary>What an auditor says of discharge from liability.</summary>
public enum AuditOpinion
{
    DischargeRecommended = 1,
    DischargeRecommendedWithRemark = 2,
    DischargeNotRecommended = 3,
    NoStatement = 4,
}

/// <summary>What comes of holding those who sign to the list of the board.</summary>
public enum BoardListStatus
{
    NotCompared = 1,
    AllListed = 2,
    NotAllListed = 3,
}

/// <summary>Something in documents that a person is to judge.</summary>
public enum RemarkCode
{
    AuditNotRecommended = 1,
    AuditWithRemark = 2,
    AuditNoStatement = 3,
    AuditOpinionNotTold = 4,
    SignatoryNotOnBoardList = 5,
}

/// <summary>Kind of a relation between an organisation and the municipality.</summary>
public enum RelationKind
{
    Grant = 1,
    Iop = 2,
    ProcuredContract = 3,
    Cooperation = 4,
    Premises = 5,
    Dialogue = 6,
    Other = 7,
}

/// <summary>Where a registration under the Act (2022:900) stands.</summary>
public enum ActRegistrationStatus
{
    Unknown = 1,
    NotRegistered = 2,
    Registered = 3,
    Deregistered = 4,
}

/// <summary>Whether somebody can sign for an organisation today.</summary>
public enum SigningStanding
{
    Complete = 1,
    Incomplete = 2,
    Lapsed = 3,
    None = 4,
}

/// <summary>State of a representation.</summary>
public enum RepresentativeState
{
    Claimed = 1,
    Confirmed = 2,
    Declined = 3,
    Ended = 4,
}

/// <summary>Who confirmed a representation.</summary>
public enum ConfirmedBy
{
    Municipality = 1,
    Representative = 2,
}

/// <summary>How a condition of a guideline stands.</summary>
public enum ConditionStatus
{
    Unanswered = 1,
    Declared = 2,
    Verified = 3,
    Failed = 4,
    Excepted = 5,
}

/// <summary>What conditions amount to.</summary>
public enum VettingOutcome
{
    Met = 1,
    NotMet = 2,
    Incomplete = 3,
}

/// <summary>Whether funding is de minimis aid, and of which kind.</summary>
public enum AidKind
{
    None = 1,
    DeMinimis = 2,
    SgeiDeMinimis = 3,
    OtherStateAid = 4,
}

/// <summary>Kind of giver.</summary>
public enum GiverKind
{
    OwnMunicipality = 1,
    OtherMunicipality = 2,
    Region = 3,
    State = 4,
    EuropeanUnion = 5,
    Private = 6,
}

/// <summary>Form in which funding is given.</summary>
public enum FundingForm
{
    Grant = 1,
    Iop = 2,
    ProcuredContract = 3,
    Other = 4,
}

/// <summary>State of a funding disclosure.</summary>
public enum DisclosureState
{
    Disclosed = 1,
    Withdrawn = 2,
}

/// <summary>State of an organisation's consent.</summary>
public enum ConsentState
{
    Given = 1,
    Withdrawn = 2,
    Expired = 3,
}

/// <summary>What a check made beforehand showed.</summary>
public enum PreCheckResult
{
    NotChecked = 1,
    Clear = 2,
    Remark = 3,
    NotPossible = 4,
}

/// <summary>A level of risk that a person sets.</summary>
public enum RiskLevel
{
    Low = 1,
    Medium = 2,
    High = 3,
}

/// <summary>For what an extract from criminal records is shown.</summary>
public enum ExtractPurpose
{
    WorkWithChildren = 1,
    School = 2,
    ResidentialCare = 3,
    Other = 4,
}
