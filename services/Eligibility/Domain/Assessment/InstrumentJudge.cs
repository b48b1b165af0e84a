using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>Says of every instrument how the case stands to it, and why; those that were not chosen too.</summary>
internal static class InstrumentJudge
{
    private static readonly Instrument[] All =
    [
        Instrument.Iop, Instrument.Grant, Instrument.DirectAward, Instrument.Procurement, Instrument.ReservedProcurement,
        Instrument.SystemOfChoice, Instrument.OwnOperation, Instrument.None,
    ];

    public static IReadOnlyList<InstrumentFinding> Judge(CaseFacts facts, GuidelinePack pack, IReadOnlyList<Finding> findings,
        RoutingOutcome routing, Outcome outcome, FactJudge judge)
    {
        var all = new InstrumentFinding[All.Length];
        for (var i = 0; i < All.Length; i++)
        {
            var standing = Standing(All[i], routing, outcome);
            var reasons = new List<RoutingReason>();
            foreach (var reason in routing.Reasons)
            {
                if (Concerns(reason, All[i], standing))
                    reasons.Add(reason);
            }

            if (All[i] == Instrument.Iop)
                reasons.AddRange(OnCriteria(findings, standing));
            if (reasons.Count == 0)
                reasons.Add(Stated(All[i], standing, pack, judge, facts.Procurement.RegistrationDate));
            all[i] = new InstrumentFinding(All[i], standing, reasons);
        }

        return all;
    }

    private static Standing Standing(Instrument instrument, RoutingOutcome routing, Outcome outcome) =>
        instrument == routing.Recommended ? Assessment.Standing.Recommended
        : routing.Alternatives.Contains(instrument) ? Assessment.Standing.Alternative
        : instrument == Instrument.Iop && outcome == Outcome.NotEligible ? Assessment.Standing.Excluded
        : Assessment.Standing.NotChosen;

    // What leads elsewhere is a reason against a partnership as well.
    private static bool Concerns(RoutingReason reason, Instrument instrument, Standing standing) =>
        instrument == Instrument.Iop && reason.Strength == RoutingStrength.ExcludesIop
        || (reason.Instrument == instrument
            && (standing is Assessment.Standing.Recommended or Assessment.Standing.Alternative || reason.Strength is RoutingStrength.SupportsIop or RoutingStrength.Suggests));

    private static IEnumerable<RoutingReason> OnCriteria(IReadOnlyList<Finding> findings, Standing standing)
    {
        foreach (var finding in findings)
        {
            var speaksAgainst = standing == Assessment.Standing.Excluded ? finding.IsBlocking
                : standing != Assessment.Standing.Recommended && (finding.NeedsMotivation || finding.IsBlocking);
            if (speaksAgainst)
                yield return new RoutingReason(finding.RuleId, RoutingStrength.Opposes, Instrument.Iop, [], finding.Sentence, false);
        }
    }

    private static RoutingReason Stated(Instrument instrument, Standing standing, GuidelinePack pack, FactJudge judge, DateOnly? registration)
    {
        var rules = standing == Assessment.Standing.Recommended ? LawRules.Chosen : LawRules.Against;
        var rule = rules.First(rule => rule.Instrument == instrument && judge.HoldAll(rule.When) == true);

        // Where the guideline itself says how its criteria add up, that rule is the reason.
        var id = standing == Assessment.Standing.Recommended && instrument == Instrument.Iop ? pack.AggregateRule.Provenance.RuleId ?? rule.Id : rule.Id;
        return new RoutingReason(id, rule.Strength, instrument, rule.Law, rule.TextOn(registration), false);
    }
}
