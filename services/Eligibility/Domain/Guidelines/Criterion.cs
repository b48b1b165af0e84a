namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>One thing that a case is measured against.</summary>
public sealed record Criterion
{
    public required string Id { get; init; }

    /// <summary>The canonical key, shared by the municipalities that ask for the same thing in their own words.</summary>
    public required string Key { get; init; }

    public required string SourceLine { get; init; }
    public required Severity Severity { get; init; }
    public required Measure Measure { get; init; }
    public required LocalizedText Statement { get; init; }

    /// <summary>What would show that the statement is true.</summary>
    public LocalizedText? Evidence { get; init; }

    /// <summary>A yes that nothing is said to show, and no reason is given for, is no answer yet.</summary>
    public bool IsEvidenceRequired { get; init; }

    /// <summary>Whether a departure is the case officer's to motivate or the deciding body's.</summary>
    public MotivationBy MotivatedBy { get; init; }

    /// <summary>The criterion that, when met, clears this one.</summary>
    public string? ClearedBy { get; init; }

    public required FindingSentences Sentences { get; init; }
}

/// <summary>The sentence of each possible finding, composed once when the pack is read.</summary>
public sealed record FindingSentences(
    LocalizedText Met, LocalizedText NotMet, LocalizedText Unanswered, LocalizedText Motivated)
{
    /// <summary>Told where the register speaks against it, whatever the answer; null where no more is said than that it is not met.</summary>
    public LocalizedText? Against { get; init; }

    public LocalizedText For(FindingStatus status) => status switch
    {
        FindingStatus.Met => Met,
        FindingStatus.NotMet => NotMet,
        FindingStatus.Motivated => Motivated,
        _ => Unanswered,
    };
}

/// <summary>How a criterion is measured; the members that apply depend on <see cref="By"/>.</summary>
public sealed record Measure
{
    public required MeasureKind By { get; init; }

    /// <summary>A plain answer may stand in where the facts are silent. Facts that speak always win.</summary>
    public bool AnswerSuffices { get; init; }

    public OrganisationAspect Aspect { get; init; }

    /// <summary>Of an answer: what must not be known to fail of any organisation, or a yes cannot stand.</summary>
    public OrganisationAspect? Against { get; init; }

    /// <summary>Years that make an organisation, and its relation to the municipality, long-standing; null where the register is not asked.</summary>
    public int? MinYears { get; init; }

    /// <summary>Most of its income, in per cent, that an independent organisation has from the municipality; null: the share is shown and decides nothing.</summary>
    public int? MaxIncomeShare { get; init; }

    public StatementField Field { get; init; }
    public int? MinMonths { get; init; }
    public int? MaxMonths { get; init; }
    public IReadOnlyList<GoalAspect> GoalAspects { get; init; } = [];
    public bool EveryGoal { get; init; }
    public string? Declaration { get; init; }
    public string? ConditionSet { get; init; }
    public string? Condition { get; init; }
    public IReadOnlyList<FundingKind> ForbiddenFunding { get; init; } = [];
    public IReadOnlyList<PartyRelation> ForbiddenRelations { get; init; } = [];
}

/// <summary>How the findings together become an outcome.</summary>
public sealed record AggregateRule(Provenance Provenance, AggregateKind Kind, int? Count);

public sealed record AnswerRule(Provenance Provenance, AnswerScale Scale, bool PartlyMeets);

/// <summary>Criteria that the source document asks as one; the joint answer is derived.</summary>
public sealed record JointItem(string Key, LocalizedText Text, IReadOnlyList<string> Criteria);

/// <summary>A set of conditions that each organisation is vetted against.</summary>
/// <param name="Uri">Where the municipality has published the conditions; empty where that is not said.</param>
/// <param name="AsOf">The day of the published text.</param>
public sealed record ConditionSet(string Key, Provenance Provenance, VettingLevel Accepts, string CheckedBy,
    IReadOnlyList<VettingCondition> Conditions, string Uri = "", DateOnly? AsOf = null, ConditionSetKind Kind = ConditionSetKind.Conditions);

public sealed record VettingCondition(string Key, LocalizedText Text);
