namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>What it means for a case that a criterion is not met.</summary>
public enum Severity
{
    /// <summary>Must not be; no motivation clears it.</summary>
    Prohibited,

    /// <summary>Must be.</summary>
    Mandatory,

    /// <summary>One of a list of conditions, counted by the aggregate rule.</summary>
    Conditional,

    /// <summary>Should be; a deviation is motivated on the record.</summary>
    Recommended,

    /// <summary>Must be answered, whatever the answer.</summary>
    Question,

    /// <summary>Asked and shown as a remark; decides nothing.</summary>
    Informative,

    /// <summary>A permission that a case may use.</summary>
    Optional,
}

public enum Instrument
{
    None, Iop, Grant, DirectAward, Procurement, ReservedProcurement, SystemOfChoice, OwnOperation,
}

/// <summary>Who may motivate a departure from a recommended criterion.</summary>
public enum MotivationBy { Officer, Body }

public enum Answer { Yes, No, Partly }

public enum AnswerScale { Binary, Reasoned }

public enum AggregateKind { All, AllMandatory, AtLeast }

public enum PartySide { Cso, Public }

public enum Initiator { Cso, Municipality, Joint }

public enum MeasureKind
{
    Answer, Statement, Initiator, Organisation, Parties, Term, Goals, Contributions, FundingSource, Budget,
    Declarations, Programme, MunicipalGoals, Documents, Vetting, Domain, ProcurementGate, Consensus, Priorities,
}

public enum OrganisationAspect
{
    NoProfitDistribution, Democratic, BenefitPurpose, IndependentOfPublicSector, ActiveInMunicipality, Established,
    RemainsIndependent,

    /// <summary>No grant of the municipality for the same activity gives way to the partnership.</summary>
    KeepsGrants,
}

public enum StatementField { Need, Challenge, TargetGroup, Complement, Synergy, MunicipalInterest, Scope }

public enum GoalAspect { Joint, PublicBenefit }

public enum FundingKind { WithinFrame, Earmarked, NoMoney, Grant, Procured }

public enum PartyRelation { Partner, Purchaser, Provider }

public enum ContributionType
{
    Money, VolunteerHours, Staff, Premises, Competence, Administration, Marketing, Equipment, Overhead,
}

public enum RoutingStrength { ExcludesIop, Suggests, SupportsIop, Note, Opposes }

public enum FindingStatus { Met, NotMet, Unanswered, Motivated }

public enum Outcome { Incomplete, Eligible, EligibleWithMotivation, NotEligible }

public enum CaseFact
{
    BelowDirectAwardLimit, AboveDirectAwardLimit, AnnexTwoService, ReservedConditionsMet, ProcurementRequired,
    ProcurementExcluded, FormProposedByMunicipality, Procured, SystemOfChoice, OwnOperation,
    RegisteredUnderAct, NotRegisteredUnderAct, DeregisteredUnderAct, ActStatusUnknown,
    ReservableService, ServiceNotReservable, ServiceListUnknown, PrimaryCare, NotPrimaryCare, PrimaryCareUnknown,
}

public enum GateKind { Dialogue, Meetings, JointStatement, ProcurementGate, Criteria, LegalAssessment, Decision }

public enum GateMoment { Criteria, Decision, Agreement, Signing }

public enum MeetingKind
{
    Dialogue, IdeaMeeting,

    /// <summary>With organisations beside the parties that may be concerned.</summary>
    Concerned,
}

public enum DecisionBody { Council, ExecutiveBoard, Committee, CommitteeOrCompanyBoard, Administration }

/// <summary>A body that has decided.</summary>
public enum DecidingBody { Council, ExecutiveBoard, Committee, CompanyBoard, Administration }

public enum VettingLevel { Declared, Verified }

/// <summary>Whether each item of a set says what must hold, or what shuts an organisation out (law.md 2.11).</summary>
public enum ConditionSetKind { Conditions, Exclusions }

public enum DocumentSet { Organisation, DecisionBasis }

public enum SectionMode { Required, Consider, Optional }

public enum SectionSource
{
    None, Name, Parties, Contributions, Period, Goals, Contacts, Signatures, FollowUp, TargetGroup, Commitments,
    Challenge, Meetings,
}

public enum ClauseType
{
    Penalty, Fine, PriceDeduction, UnitPrice, ServiceOrder, DetailedInstruction, ControlRight, Rescission, Dispute,
}

public enum ReportingResponsibility { Cso, Municipality, Shared }

public enum AssuranceLevel { Low, Substantial, High }

/// <summary>Class of an electronic signature by the eIDAS Regulation, each at least as strong as the one before. Source: law.md 2.9.</summary>
public enum SignatureClass { Simple, Advanced, Qualified }

public enum SigningOrder { Any, CsoFirst, PublicFirst }

/// <summary>What a party puts its name to: a version of the agreement, by what makes it, or a word that ends it.</summary>
public enum SignedDocument { Agreement, Amendment, Extension, Ending }
