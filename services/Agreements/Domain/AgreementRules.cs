namespace Iop.Agreements.Domain;

public sealed record SectionTemplate(string Key, string RuleId, LocalizedText Heading, LocalizedText Guidance, SectionMode Mode, string GeneratedFrom, bool Repeatable)
{
    public IReadOnlyList<LocalizedText> Prompts { get; init; } = [];
}

/// <summary>Something that the text must say: in one of these sections, or as a whole.</summary>
public sealed record SayingRule(string Key, string RuleId, LocalizedText Text, RuleSeverity Severity, IReadOnlyList<string> Sections)
{
    /// <summary>Each party approves those sections by itself.</summary>
    public bool EachPartyApproves { get; init; }
}

public sealed record ForbiddenClause(string Type, string RuleId, LocalizedText Reason, RuleSeverity Severity, IReadOnlyList<string> Markers);

public sealed record ContributionRule(string RuleId, IReadOnlyList<PartySide> RequiredFrom, IReadOnlyList<ContributionType> Types, RuleSeverity Severity)
{
    public bool Counts(ContributionType type) => Types.Count == 0 || Types.Contains(type);
}

public sealed record PeriodRule(string RuleId, int MinMonths, int MaxMonths, RuleSeverity Severity);

public sealed record ExtensionRule(string RuleId, bool Allowed, int MaxCount, int MaxMonths, bool TermsRequired)
{
    /// <summary>Ids of the rules on what the parties settle, by key.</summary>
    public IReadOnlyDictionary<string, string> MustDecide { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string RuleOn(string key) => MustDecide.GetValueOrDefault(key, RuleId);
}

/// <summary>Where the public side's money may not come from.</summary>
public sealed record FundingRule(string RuleId, IReadOnlyList<FundingSource> Forbidden)
{
    public static readonly FundingRule None = new("", []);
}

public sealed record FollowUpRule(string RuleId, int CheckInEveryMonths, int ReportEveryMonths, int EvaluationMonthsBeforeEnd, int RenewalTalksMonthsBeforeEnd, ReportingResponsibility ReportingResponsibility)
{
    /// <summary>Of <c>how</c>, <c>when</c>, <c>who</c> and <c>financing</c>, those that the text must say.</summary>
    public IReadOnlyList<string> RequiredFields { get; init; } = [];

    public string EvaluationRuleId { get; init; } = "";

    public string RenewalTalksRuleId { get; init; } = "";

    /// <summary>Topics of every check-in, in Swedish.</summary>
    public IReadOnlyList<string> CheckInTopics { get; init; } = [];

    /// <summary>Questions that the evaluation answers, in Swedish.</summary>
    public IReadOnlyList<string> EvaluationQuestions { get; init; } = [];

    /// <summary>How those who follow up are reminded; null in a pack that was kept before packs told it.</summary>
    public ReminderRule? Reminders { get; init; }
}

/// <param name="DaysBefore">Days before a due date on which its owner is reminded.</param>
/// <param name="DaysAfter">Days after it on which its owner is reminded once more.</param>
/// <param name="EscalationDaysAfter">Days after it on which the next in line is told; 0 for never.</param>
/// <param name="MinimumGroupSize">Fewest people that an aggregate may tell about.</param>
public sealed record ReminderRule(IReadOnlyList<int> DaysBefore, IReadOnlyList<int> DaysAfter, int EscalationDaysAfter, int MinimumGroupSize);

/// <param name="RuleId">Id of the rule.</param>
/// <param name="MinimumAssurance">How surely a signatory must be identified, where nothing else is said of the document.</param>
/// <param name="Ordered">Whether one side signs before the other.</param>
/// <param name="FirstSide">The side that signs first, where that matters.</param>
public sealed record SigningRule(string RuleId, AssuranceLevel MinimumAssurance, bool Ordered = false, PartySide FirstSide = PartySide.CivilSociety)
{
    /// <summary>Levels of documents of which the guideline says another.</summary>
    public IReadOnlyDictionary<SignedDocument, AssuranceLevel> Levels { get; init; } = new Dictionary<SignedDocument, AssuranceLevel>();

    /// <summary>How strong an electronic signature must be, where nothing else is said of the document.</summary>
    public SignatureClass MinimumClass { get; init; } = SignatureClass.Simple;

    /// <summary>Classes of documents of which the guideline says another.</summary>
    public IReadOnlyDictionary<SignedDocument, SignatureClass> Classes { get; init; } = new Dictionary<SignedDocument, SignatureClass>();

    /// <summary>
    /// How surely one who signs such a document must be identified, and how strong the signature must be (law.md 2.9). A word that
    /// ends an agreement is no signed text: of it the guideline says so, or asks for nothing.
    /// </summary>
    public SigningMinimum MinimumFor(SignedDocument document) => new(
        Levels.TryGetValue(document, out var level) ? level : document == SignedDocument.Ending ? AssuranceLevel.Unknown : MinimumAssurance,
        Classes.TryGetValue(document, out var @class) ? @class : document == SignedDocument.Ending ? SignatureClass.Unspecified : MinimumClass);
}

// Numbers are those of the contract.
public enum SignedDocument
{
    Unspecified,
    Agreement,
    Amendment,
    Extension,
    Ending,
}

/// <summary>The local compact as first texts refer to it, in Swedish.</summary>
public sealed record CompactReference(string Name, string Uri, IReadOnlyList<string> Statements, IReadOnlyList<string> Sections);

/// <summary>How long the documents of a partnership are kept. Neither preserved nor any years: the guideline does not say.</summary>
public sealed record RetentionRule(string RuleId, bool Preserve, int YearsAfterEnd)
{
    public static readonly RetentionRule None = new("", Preserve: false, 0);
}

/// <summary>What a guideline pack says about agreements. A published pack never changes, and neither does this.</summary>
public sealed record AgreementRules
{
    private const string DecisionOnText = "text-decision";

    public required IReadOnlyList<SectionTemplate> Sections { get; init; }

    public required IReadOnlyList<ForbiddenClause> ForbiddenClauses { get; init; }

    public required ContributionRule Contributions { get; init; }

    public required PeriodRule Period { get; init; }

    public required ExtensionRule Extension { get; init; }

    public required FollowUpRule FollowUp { get; init; }

    public required SigningRule Signing { get; init; }

    public RetentionRule Retention { get; init; } = RetentionRule.None;

    public DecisionRule Deciding { get; init; } = DecisionRule.None;

    /// <summary>The municipality has said which its committees are.</summary>
    public bool HasCommittees { get; init; }

    public FundingRule Funding { get; init; } = FundingRule.None;

    /// <summary>A warning is left standing only with recorded reasons.</summary>
    public bool AsksReasons { get; init; }

    /// <summary>The local compact that partnerships build on; null where the pack refers to none.</summary>
    public CompactReference? Compact { get; init; }

    public IReadOnlyList<SayingRule> Sayings { get; init; } = [];

    /// <summary>Whether a body must decide on the agreed text too, and not only on the case.</summary>
    public bool DecisionOnTextDemanded => Sayings.Any(rule => rule.Key == DecisionOnText && AgreementCheck.Binds(rule.Severity));
}
