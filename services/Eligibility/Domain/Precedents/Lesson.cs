using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Precedents;

/// <summary>The codes and figures of a decided case. No text of it, no party, and no one who took part.</summary>
public sealed record Lesson
{
    public required DecisionOutcome Outcome { get; init; }
    public required DateOnly DecisionDate { get; init; }
    public Instrument? Instrument { get; init; }
    public LegalGround? Ground { get; init; }
    public required string GuidelinePack { get; init; }
    public int PlannedTermMonths { get; init; }
    public decimal PublicContribution { get; init; }
    public decimal CsoContribution { get; init; }
    public IReadOnlyList<FoundCriterion> Findings { get; init; } = [];

    public static Lesson Of(Case @case)
    {
        var sides = @case.Facts.Parties.ToDictionary(party => party.PartyId, party => party.Side, StringComparer.Ordinal);
        decimal From(PartySide side) => @case.Facts.Contributions.Where(contribution => sides[contribution.PartyId] == side).Sum(contribution => contribution.Value);
        return new Lesson
        {
            Outcome = @case.Decision!.Outcome,
            DecisionDate = @case.Decision.Date,
            Instrument = @case.RoutedInstrument,
            Ground = @case.CurrentAssessment(LegalAssessmentKind.Full)?.Ground,
            GuidelinePack = @case.GuidelinePack,
            PlannedTermMonths = @case.Facts.PlannedTermMonths,
            PublicContribution = From(PartySide.Public),
            CsoContribution = From(PartySide.Cso),
            Findings = [.. (@case.PreliminaryAssessment?.Evaluation.Findings ?? []).Select(finding => new FoundCriterion(finding.RuleId, finding.CanonicalKey, finding.Status))],
        };
    }
}

public sealed record FoundCriterion(string RuleId, string Key, FindingStatus Status);
