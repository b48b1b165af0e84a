using Iop.Eligibility.Domain.Assessment;

namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>The choice of instrument: what is asked, and what follows from the answers.</summary>
public sealed record RoutingRules(IReadOnlyList<RoutingQuestion> Questions, IReadOnlyList<RoutingRule> Rules);

/// <summary>A question asked only to choose the instrument.</summary>
/// <param name="Key">The key under which the answer is given.</param>
/// <param name="Options">Keys to choose between; empty where the question is answered yes or no.</param>
/// <param name="IsRequired">No instrument is settled before it is answered.</param>
/// <param name="IsReasoned">An answer without its reasons is none.</param>
public sealed record RoutingQuestion(Provenance Provenance, string Key, LocalizedText Text,
    IReadOnlyList<RoutingOption> Options, bool IsRequired = false, bool IsReasoned = false)
{
    /// <summary>Whether the question must be answered and is not.</summary>
    public bool IsOpen(IReadOnlyDictionary<string, GivenAnswer> answers) => IsRequired
        && !(answers.TryGetValue(Key, out var given) && given.IsGiven && (!IsReasoned || !string.IsNullOrWhiteSpace(given.Reasoning)));
}

public sealed record RoutingOption(string Key, LocalizedText Text);

public sealed record RoutingRule(Provenance Provenance, Condition When, Instrument Instrument,
    RoutingStrength Strength, LocalizedText Text, IReadOnlyList<string> Law, bool IsInterpretation);

/// <summary>A condition as data: the pack says it, the assessment judges it.</summary>
public abstract record Condition
{
    public sealed record Always : Condition;

    public sealed record All(IReadOnlyList<Condition> Parts) : Condition;

    public sealed record Any(IReadOnlyList<Condition> Parts) : Condition;

    public sealed record Not(Condition Part) : Condition;

    public sealed record CriterionIs(string Criterion, FindingStatus Status) : Condition;

    public sealed record AnswerIs(string Question, Answer Answer) : Condition;

    public sealed record OptionIs(string Question, string Option) : Condition;

    public sealed record FactHolds(CaseFact Fact) : Condition;

    public sealed record OutcomeIs(Outcome Outcome) : Condition;
}
