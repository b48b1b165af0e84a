using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>Finds which instrument fits, and says why.</summary>
internal static class RoutingJudge
{
    /// <summary>The reasons in order of weight: the law's first ones, the municipality's own, the law's others.</summary>
    public static (IReadOnlyList<RoutingReason> Reasons, FactJudge Judge) Reasons(
        CaseFacts facts, GuidelinePack pack, IReadOnlyList<Finding> findings, Outcome byCriteria)
    {
        var judge = new FactJudge(facts);
        var own = new List<RoutingReason>();
        foreach (var rule in pack.Routing.Rules)
        {
            var holds = Holds(rule.When, facts, judge, findings, byCriteria);
            if (holds == true)
                own.Add(new RoutingReason(rule.Provenance.RuleId, rule.Strength, rule.Instrument, rule.Law, rule.Text, rule.IsInterpretation));
            else if (holds is null)
                judge.NoteMissing();
        }

        judge.IsProcured |= own.Exists(reason => reason is { Strength: RoutingStrength.ExcludesIop, Instrument: Instrument.Procurement });
        var first = new List<RoutingReason>();
        foreach (var rule in LawRules.Routing)
        {
            var holds = judge.HoldAll(rule.When);
            if (holds == true)
                (rule.First ? first : own).Add(new RoutingReason(rule.Id, rule.Strength, rule.Instrument, rule.Law, rule.TextOn(facts.Procurement.RegistrationDate), false));
            else if (holds is null)
                judge.NoteMissing();
        }

        return (first.Count == 0 ? own : [.. first, .. own], judge);
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

    private static bool? Holds(Condition condition, CaseFacts facts, FactJudge judge, IReadOnlyList<Finding> findings, Outcome outcome) =>
        condition switch
        {
            Condition.Always => true,
            Condition.All all => Every(all.Parts, part => Holds(part, facts, judge, findings, outcome)),
            Condition.Any any => !Every(any.Parts, part => !Holds(part, facts, judge, findings, outcome)),
            Condition.Not not => !Holds(not.Part, facts, judge, findings, outcome),
            Condition.CriterionIs on => Status(findings, on.Criterion) == on.Status,
            Condition.AnswerIs on => facts.Answers.TryGetValue(on.Question, out var given) && given.Value == on.Answer,
            Condition.OptionIs on => facts.Answers.TryGetValue(on.Question, out var given) && given.Option == on.Option,
            Condition.FactHolds on => judge.Holds(on.Fact),
            Condition.OutcomeIs on => outcome == on.Outcome,
            _ => false,
        };

    // A part that does not hold decides, whatever is not known about the others.
    private static bool? Every(IReadOnlyList<Condition> parts, Func<Condition, bool?> holds)
    {
        bool? every = true;
        foreach (var part in parts)
        {
            switch (holds(part))
            {
                case false:
                    return false;
                case null:
                    every = null;
                    break;
            }
        }

        return every;
    }

    private static FindingStatus? Status(IReadOnlyList<Finding> findings, string criterion)
    {
        foreach (var finding in findings)
        {
            if (finding.RuleId == criterion)
                return finding.Status;
        }

        return null;
    }
}
