namespace Iop.Eligibility.Domain.Guidelines;

public sealed record AgreementRules(IReadOnlyList<Section> Sections, IReadOnlyList<AgreementRule> Rules,
    IReadOnlyList<ForbiddenClause> ForbiddenClauses, IReadOnlyList<ClauseType> AllowedClauses, ApprovalRule Approval)
{
    /// <summary>What the guideline asks where its recommendations are departed from; null where it asks nothing.</summary>
    public DepartureRule? Departures { get; init; }
}

/// <param name="Provenance">The rule.</param>
/// <param name="Motivated">A warning in the text is left standing only with recorded reasons.</param>
public sealed record DepartureRule(Provenance Provenance, bool Motivated);

/// <summary>A heading of the agreement.</summary>
/// <param name="GeneratedFrom">The facts from which the first text is made.</param>
public sealed record Section(Provenance Provenance, string Key, LocalizedText Heading, SectionMode Mode,
    LocalizedText Guidance, IReadOnlyList<LocalizedText> Prompts, SectionSource GeneratedFrom, bool Repeatable);

/// <summary>A rule about the agreement as a whole or about what a section must say.</summary>
/// <param name="EachPartyApproves">Each party approves those sections by itself.</param>
public sealed record AgreementRule(Provenance Provenance, string Key, LocalizedText Text, Severity Severity,
    IReadOnlyList<string> Sections, bool EachPartyApproves = false);

public sealed record ForbiddenClause(Provenance Provenance, ClauseType Type, Severity Severity);

public sealed record ApprovalRule(Provenance Provenance, IReadOnlyList<PartySide> RequiredFrom);

/// <summary>How long an agreement may and usually does last.</summary>
/// <param name="TypicalMinMonths">Shorter than this is motivated according to <paramref name="Severity"/>.</param>
public sealed record PeriodRule(Provenance Provenance, bool Required, int? MinMonths, int? MaxMonths,
    int? TypicalMinMonths, int? TypicalMaxMonths, Severity Severity, IReadOnlyList<Remark> Statements);

/// <summary>Whether and how an agreement may be extended.</summary>
/// <param name="MustDecide">What the parties have to settle in the agreement.</param>
public sealed record ExtensionRule(Provenance Provenance, bool Allowed, int? MaxCount, int? MaxMonths,
    bool SilentRenewal, IReadOnlyList<Remark> MustDecide);

public sealed record ContributionRules(IReadOnlyList<PartySide> RequiredFrom, IReadOnlyList<ContributionType> Types,
    IReadOnlyList<Remark> Permissions);

public sealed record FundingRules(Provenance Provenance, bool ConcurrentInstruments, IReadOnlyList<ScopeDomain> GrantCatalogue,
    IReadOnlyList<Remark> Statements);

public sealed record SigningRules(Provenance Provenance, AssuranceLevel MinimumAssurance, SignatureClass MinimumClass, SigningOrder Order,
    bool OriginalToEach, IReadOnlyList<Remark> Statements, IReadOnlyList<DocumentLevel> Levels);

/// <summary>How surely one is identified who signs documents of one type, where that is not as for all others.</summary>
/// <param name="Document">The type.</param>
/// <param name="MinimumAssurance">How surely.</param>
/// <param name="MinimumClass">How strong the signature is; null: as for all others.</param>
public sealed record DocumentLevel(SignedDocument Document, AssuranceLevel MinimumAssurance, SignatureClass? MinimumClass);

public sealed record FollowUpRules(Interval CheckIn, Interval Report, LeadTime Evaluation, LeadTime RenewalTalks,
    ReportingResponsibilityRule ReportingResponsibility, IReadOnlyList<string> RequiredFields, Reminders Reminders,
    IReadOnlyList<FollowUpDuty> Duties, int MinimumGroupSize);

public sealed record Interval(Provenance Provenance, int EveryMonths);

public sealed record LeadTime(Provenance Provenance, int MonthsBeforeEnd);

public sealed record ReportingResponsibilityRule(Provenance Provenance, ReportingResponsibility Default,
    IReadOnlyList<ReportingResponsibility> Choices);

/// <summary>When somebody is told of a date.</summary>
/// <param name="EscalateAfter">Days after the date on which the next in line is told, once; 0 for never.</param>
public sealed record Reminders(Provenance Provenance, IReadOnlyList<int> DaysBefore, IReadOnlyList<int> DaysAfter, int EscalateAfter);

/// <summary>How long documents are kept after an agreement has ended.</summary>
/// <param name="YearsAfterEnd">Null where they are preserved for good.</param>
public sealed record RetentionRule(Provenance Provenance, int? YearsAfterEnd);

/// <summary>What the municipality shares with others that share too.</summary>
public sealed record SharingRule(bool Precedents, bool LearningNotes);

public sealed record FollowUpDuty(Provenance Provenance, string Key, LocalizedText Text, Severity Severity);
