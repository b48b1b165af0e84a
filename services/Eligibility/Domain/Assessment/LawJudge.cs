using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>What the law asks or remarks about a case beside the criteria of its guideline.</summary>
internal static class LawJudge
{
    public static IReadOnlyList<LawFinding> Findings(CaseFacts facts, FactJudge judge, RoutingOutcome routing)
    {
        var findings = new List<LawFinding>();
        if (judge.Missing.Count > 0)
            findings.Add(LawRules.Findings["threshold-missing"]);

        // law.md 2.1: the sum of the year and not each purchase is held to the limit, and splitting is forbidden.
        var procurement = facts.Procurement;
        if (judge.IsSameKindOpen)
            findings.Add(LawRules.Findings["same-kind-unanswered"]);
        if (procurement.SameKind == SameKindStanding.AboveTogether)
            findings.Add(LawRules.Findings["same-kind-above-limit"]);
        if (routing.Recommended == Instrument.DirectAward || routing.Alternatives.Contains(Instrument.DirectAward))
            findings.Add(LawRules.Findings["direct-award-documented"]);

        if (judge.IsProcured && procurement.IsAnnexTwoService is null && procurement.EstimatedValue > (procurement.DirectAwardLimit ?? 0))
            findings.Add(LawRules.Findings["annex-two-unknown"]);

        if (!facts.OthersHeard)
            findings.Add(LawRules.Findings["others-not-heard"]);

        // law.md 2.3: this overrides whatever a guideline says of control.
        if (procurement.IsMatterHandedOver)
            findings.Add(LawRules.Findings["municipal-matter-handed-over"]);
        return findings;
    }
}
