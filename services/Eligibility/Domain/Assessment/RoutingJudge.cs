using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>Finds which instrument fits, and says why.</summary>
internal static class RoutingJudge
{
    public static IReadOnlyList<RoutingReason> Reasons(CaseFacts facts, GuidelinePack pack,
        IReadOnlyList<Finding> findings, Outcome byCriteria)
    {
        var reasons = new List<RoutingReason>();
        foreach (var rule in pack.Routing.Rules)
        {
            if (Holds(rule.When, facts, findings, byCriteria))
            {
                reasons.Add(new RoutingReason(rule.Provenance.RuleId, rule.Strength, rule.Instrument, rule.Law,
                    rule.Text, rule.IsInterpretation));
            }
        }

        return reasons;
    }

    /// <summary>
    /// The first rule that excludes IOP decides; then the outcome; then the first suggestion. The order of the rules in
    /// the pack is thus the order of their weight.
    /// </summary>
    public static RoutingOutcome Recommend(IReadOnlyList<RoutingReason> reasons, Outcome outcome, bool isPreliminary)
    {
        var excluding = reasons.Where(reason => reason.Strength == RoutingStrength.ExcludesIop).Select(reason => reason.Instrument);
        var suggested = reasons.Where(reason => reason.Strength == RoutingStrength.Suggests).Select(reason => reason.Instrument);
        var candidates = excluding.Concat(suggested).ToList();
        Instrument? recommended = outcome switch
        {
            Outcome.Eligible or Outcome.EligibleWithMotivation => Instrument.Iop,
            _ when candidates.Count > 0 => candidates[0],
            Outcome.NotEligible => Instrument.None,
            _ => null,
        };
        return new RoutingOutcome(recommended, isPreliminary || outcome == Outcome.Incomplete, reasons,
            [.. candidates.Where(instrument => instrument != recommended && instrument != Instrument.None).Distinct()]);
    }

    private static bool Holds(Condition condition, CaseFacts facts, IReadOnlyList<Finding> findings, Outcome outcome) =>
        condition switch
        {
            Condition.Always => true,
            Condition.All all => all.Parts.All(part => Holds(part, facts, findings, outcome)),
            Condition.Any any => any.Parts.Any(part => Holds(part, facts, findings, outcome)),
            Condition.Not not => !Holds(not.Part, facts, findings, outcome),
            Condition.CriterionIs on => Status(findings, on.Criterion) == on.Status,
            Condition.AnswerIs on => facts.Answers.TryGetValue(on.Question, out var given) && given.Value == on.Answer,
            Condition.OptionIs on => facts.Answers.TryGetValue(on.Question, out var given) && given.Option == on.Option,
            Condition.FactHolds on => Holds(on.Fact, facts),
            Condition.OutcomeIs on => outcome == on.Outcome,
            _ => false,
        };

    private static FindingStatus? Status(IReadOnlyList<Finding> findings, string criterion)
    {
        foreach (var finding in findings)
        {
            if (finding.RuleId == criterion)
                return finding.Status;
        }

        return null;
    }

    private static bool Holds(CaseFact fact, CaseFacts facts)
    {
        var procurement = facts.Procurement;
        var limit = procurement.IsAnnexTwoService == true ? procurement.AnnexTwoLimit : procurement.DirectAwardLimit;
        return fact switch
        {
            CaseFact.BelowDirectAwardLimit => procurement.EstimatedValue <= limit,
            CaseFact.AboveDirectAwardLimit => procurement.EstimatedValue > limit,
            CaseFact.AnnexTwoService => procurement.IsAnnexTwoService == true,
            CaseFact.ReservedConditionsMet => procurement.ReservedConditionsMet == true,
            CaseFact.ProcurementRequired => procurement.Result == ProcurementGateResult.Required,
            CaseFact.ProcurementExcluded => procurement.Result == ProcurementGateResult.NotRequired,
            CaseFact.FormProposedByMunicipality => facts.FormProposer is Initiator.Municipality,
            _ => false,
        };
    }
}
