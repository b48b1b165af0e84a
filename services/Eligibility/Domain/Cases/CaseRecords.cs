using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>The states of a case, from initiative to decision.</summary>
public enum CaseState
{
    Draft, Dialogue, PreliminaryAssessment, LegalAssessment, Routed, DecisionPending, Approved, Declined, Withdrawn,
}

public enum DialogueKind
{
    IdeaMeeting, Dialogue, OtherOrganisationsHeard, JointProblemStatement, Declaration,

    /// <summary>li-board-notes-information: a committee was told, and decided nothing.</summary>
    InformationNoted,

    /// <summary>es-step-6-central-support: the administration asks the office that owns the guideline.</summary>
    SupportRequested, SupportGiven,

    /// <summary>law.md 2.1, C-436/20: that a partnership is meant was made known, so that others could come forward.</summary>
    Announced,
}

/// <summary>A step of the dialogue, with what the parties agreed on.</summary>
public sealed record DialogueEntry
{
    public int Number { get; init; }
    public required DialogueKind Kind { get; init; }

    /// <summary>What the municipality does on its own is no dialogue.</summary>
    public bool IsOfTheParties => Kind is not (DialogueKind.InformationNoted or DialogueKind.SupportRequested or DialogueKind.SupportGiven or DialogueKind.Announced);
    public required DateOnly Date { get; init; }
    public IReadOnlyList<string> Participants { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];
    public string Activity { get; init; } = "";
    public string TargetGroup { get; init; } = "";
    public string Goals { get; init; } = "";
    public string Quality { get; init; } = "";
    public string Values { get; init; } = "";
    public string Other { get; init; } = "";
    public required string RecordedBy { get; init; }
    public required DateTimeOffset RecordTime { get; init; }
}

/// <summary>An answer to a criterion (by rule) or to a routing question (by key).</summary>
/// <param name="Value">Answer to a criterion, or to a question that is answered yes or no.</param>
public sealed record RecordedAnswer(string RuleId, string QuestionKey, Answer? Value, string Option, string Reasoning,
    string Evidence, string AnsweredBy, DateTimeOffset AnswerTime)
{
    /// <summary>Nothing is said: the answer before it is taken back.</summary>
    public bool IsEmpty => Value is null && Option.Length == 0;
}

public sealed record RecordedMotivation(string RuleId, string Text, string MotivatedBy, DateTimeOffset Time);

/// <summary>The evaluation as it was when the preliminary assessment was completed.</summary>
/// <param name="Motivations">The motivations then given, by rule.</param>
public sealed record CompletedAssessment(Evaluation Evaluation, IReadOnlyDictionary<string, string> Motivations,
    string CompletedBy, DateTimeOffset CompleteTime);

public enum LegalAssessmentKind { ProcurementGate, Full, Renewal }

public enum LegalConclusion { IopPossible, IopPossibleWithReservations, NotPossible }

public enum LegalGround { NotProcurement, NonEconomicService, BelowDirectAwardLimit, Reserved, Other }

/// <summary>How a partnership stands to the rules on state aid (law.md 2.2).</summary>
public enum StateAidBasis { NoAid, DeMinimis, SgeiDeMinimis, SgeiDecision, Other }

/// <summary>Why it is not shown that de minimis aid may be given.</summary>
public enum DeMinimisDoubt { DeclarationMissing, Exceeded }

/// <summary>A lawyer's answer to a question of law.</summary>
public sealed record LegalAnswer(string Question, bool Yes, string Reasoning);

/// <summary>A lawyer's assessment. Never edited; a later one supersedes it.</summary>
public sealed record LegalAssessment
{
    public required LegalAssessmentKind Kind { get; init; }
    public required LegalConclusion Conclusion { get; init; }
    public LegalGround? Ground { get; init; }
    public required string Procurement { get; init; }
    public string StateAid { get; init; } = "";
    public string MunicipalAct { get; init; } = "";
    public required bool Acquisition { get; init; }
    public required bool Remuneration { get; init; }
    public required bool EnforceablePerformance { get; init; }
    public required bool DirectEconomicInterest { get; init; }
    public IReadOnlyList<string> RedFlags { get; init; } = [];
    public decimal? EstimatedValue { get; init; }
    public string Reservations { get; init; } = "";
    public required string AssessedBy { get; init; }
    public required DateOnly Date { get; init; }
    public bool Superseded { get; init; }
    public StateAidBasis? StateAidBasis { get; init; }
    public decimal? DeMinimisAmount { get; init; }
    public IReadOnlyList<string> RedFlagCodes { get; init; } = [];
    public IReadOnlyList<LegalAnswer> Answers { get; init; } = [];

    /// <summary>The year's purchases of the same kind; null in a record made before they were asked for.</summary>
    public SameKindReview? SameKind { get; init; }

    /// <summary>Name of the threshold that the ground relied on.</summary>
    public string Threshold { get; init; } = "";

    /// <summary>law.md 2.3: the agreement must then let the municipality follow up and give the public insight.</summary>
    public bool IsMatterHandedOver => SaysHandedOver == true;

    /// <summary>Null: silent on it, as a renewed check may be.</summary>
    public bool? SaysHandedOver => Answers.FirstOrDefault(answer => answer.Question == LegalQuestions.HandedOver)?.Yes;

    public bool IsDeMinimis => StateAidBasis is Cases.StateAidBasis.DeMinimis or Cases.StateAidBasis.SgeiDeMinimis;

    public bool IsEconomicActivity => Answers.Any(answer => answer is { Question: LegalQuestions.EconomicActivity, Yes: true });

    public bool IsPositive => Conclusion != LegalConclusion.NotPossible;

    /// <summary>All that makes an agreement procurement is at hand. Source: law.md 2.1.</summary>
    public bool IsProcurement => Acquisition && Remuneration && EnforceablePerformance && DirectEconomicInterest;
}

public enum DecisionOutcome { Approved, Declined }

public sealed record Decision(DecisionOutcome Outcome, string Body, string Delegation, DateOnly Date, string ReferenceNumber,
    DateOnly? FinalOn, string Reasons, bool OrganisationHeard, DateOnly? OrganisationHeardDate, string DecidedBy)
{
    public string GuidelinePack { get; init; } = "";

    /// <summary>The approval of the minutes was announced on the notice board; from then on it can be reviewed.</summary>
    public DateOnly? PublishedOn { get; init; }

    public bool? MatterOfPrinciple { get; init; }
    public IReadOnlyList<BasisDocument> BasisDocuments { get; init; } = [];

    /// <summary>Null: the body that the guideline names.</summary>
    public DecidingBody? BodyKind { get; init; }
}

/// <summary>A document that a decision rests on.</summary>
/// <param name="Type">Kind as the pack names it; empty for one that the pack does not name.</param>
public sealed record BasisDocument(string Type, string Title, string ReferenceNumber, string RuleId);

/// <summary>What was proposed when the case was submitted.</summary>
public sealed record Proposal(DecisionOutcome Outcome, string Reasons, string ProposedBy, DateTimeOffset Time);
