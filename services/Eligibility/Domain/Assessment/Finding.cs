using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>What an evaluation found about one criterion.</summary>
/// <param name="IsBlocking">As things stand, this finding alone rules out an IOP.</param>
/// <param name="NeedsMotivation">The case goes on once the deviation is motivated.</param>
/// <param name="ClearedBy">The exception that cleared the criterion, where one did.</param>
public sealed record Finding(string RuleId, string CanonicalKey, Severity Severity, FindingStatus Status,
    bool IsBlocking, bool NeedsMotivation, string SourceLine, LocalizedText Sentence, string? ClearedBy)
{
    /// <summary>What is on record that speaks to the criterion, whatever was answered.</summary>
    public IReadOnlyList<FindingEvidence> Evidence { get; init; } = [];
}

public enum EvidenceSource { Register, Case, GoalRegister }

/// <summary>A fact on record that a finding rests on, or that is asked for and not known.</summary>
/// <param name="Fact">Code of the fact, such as <c>founded</c>.</param>
/// <param name="Organisation">Name of the organisation that it is about; empty where it is about none.</param>
public sealed record FindingEvidence(EvidenceSource Source, string Fact, string Organisation, LocalizedText Sentence);

/// <summary>The derived answer of criteria that the source document asks as one.</summary>
public sealed record JointFinding(string Key, FindingStatus Status, LocalizedText Text);

public enum GateState { Pending, Passed, Failed, Motivated }

/// <summary>Whether a step of the process has been gone through.</summary>
/// <param name="IsBlocking">The case may not go past <paramref name="Before"/> yet.</param>
public sealed record GateFinding(string Step, string? RuleId, GateKind Kind, GateMoment Before, GateState State,
    Severity Severity, bool IsBlocking, LocalizedText Text)
{
    /// <summary>Meetings of the kind that the step counts; zero where it counts none.</summary>
    public int MeetingsHeld { get; init; }

    public int MeetingsNeeded { get; init; }
}

/// <summary>The instrument that fits, with every reason.</summary>
/// <param name="Recommended">Null while nothing points to one instrument.</param>
/// <param name="IsPreliminary">Answers are missing, or the case's own legal assessment is.</param>
public sealed record RoutingOutcome(Instrument? Recommended, bool IsPreliminary,
    IReadOnlyList<RoutingReason> Reasons, IReadOnlyList<Instrument> Alternatives);

/// <summary>How a case stands to an instrument.</summary>
public enum Standing { Recommended, Alternative, NotChosen, Excluded }

/// <summary>An instrument with the reasons for and against it, at least one.</summary>
public sealed record InstrumentFinding(Instrument Instrument, Standing Standing, IReadOnlyList<RoutingReason> Reasons);

public sealed record RoutingReason(string? RuleId, RoutingStrength Strength, Instrument Instrument,
    IReadOnlyList<string> Law, LocalizedText Sentence, bool IsInterpretation);
