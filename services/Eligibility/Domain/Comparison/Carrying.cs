using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Comparison;

/// <summary>
/// Carries what was found under the case's own pack over to another municipality's, by the keys that their criteria share.
/// </summary>
internal sealed class Carrying(Evaluation own, CaseFacts facts, GuidelinePack to)
{
    /// <summary>The rule of the case's own pack whose finding answers a criterion of the other; absent where none does.</summary>
    public IReadOnlyDictionary<string, string> AnsweredBy { get; } = Pairs(own, to);

    /// <summary>The facts as the other pack asks for them. Facts that speak for themselves are left as they are.</summary>
    public CaseFacts Facts()
    {
        var answers = new Dictionary<string, GivenAnswer>(facts.Answers, StringComparer.Ordinal);
        var motivations = new Dictionary<string, string>(facts.Motivations, StringComparer.Ordinal);
        var vetting = facts.Vetting.ToList();
        foreach (var criterion in to.Criteria.Where(criterion => AnsweredBy.ContainsKey(criterion.Id)))
        {
            var source = AnsweredBy[criterion.Id];
            var met = own.Findings.First(finding => finding.RuleId == source).Status == FindingStatus.Met;
            answers[criterion.Id] = (met ? GivenAnswer.Yes : GivenAnswer.No) with { Reasoning = source };
            if (facts.Motivations.TryGetValue(source, out var motivation))
            {
                motivations[criterion.Id] = motivation;
            }

            if (met && criterion.Measure.By == MeasureKind.Vetting)
            {
                vetting.AddRange(Verified(criterion.Measure));
            }
        }

        return facts with { Answers = answers, Motivations = motivations, Vetting = vetting };
    }

    // Where several criteria of the own pack share the key, the least favourable finding is the one that holds for all.
    private static Dictionary<string, string> Pairs(Evaluation own, GuidelinePack to)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var criterion in to.Criteria)
        {
            var same = own.Findings.Where(finding => finding.CanonicalKey == criterion.Key).ToList();
            var deciding = same.Find(finding => finding.Status is FindingStatus.NotMet or FindingStatus.Motivated)
                ?? same.Find(finding => finding.Status == FindingStatus.Unanswered)
                ?? same.FirstOrDefault();
            if (deciding is not null && deciding.Status != FindingStatus.Unanswered)
            {
                pairs[criterion.Id] = deciding.RuleId;
            }
        }

        return pairs;
    }

    private IEnumerable<VettingFacts> Verified(Measure measure) =>
        from party in facts.Parties.Where(party => party.Side == PartySide.Cso)
        from condition in to.Vetting.Where(set => set.Key == measure.ConditionSet).SelectMany(set => set.Conditions)
        where measure.Condition is null || measure.Condition == condition.Key
        select new VettingFacts(party.Id, measure.ConditionSet!, condition.Key, VettingStatus.Verified);
}
