using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>What the law asks or remarks about a case beside the criteria of its guideline.</summary>
internal static class LawJudge
{
    public static IReadOnlyList<LawFinding> Findings(CaseFacts facts, IReadOnlyList<MissingThreshold> missing, bool isProcured)
    {
        var findings = new List<LawFinding>();
        if (missing.Count > 0)
            findings.Add(LawRules.Findings["threshold-missing"]);

        var procurement = facts.Procurement;
        if (isProcured && procurement.IsAnnexTwoService is null && procurement.EstimatedValue > (procurement.DirectAwardLimit ?? 0))
            findings.Add(LawRules.Findings["annex-two-unknown"]);

        if (!facts.OthersHeard)
            findings.Add(LawRules.Findings["others-not-heard"]);

        // law.md 2.3: this overrides whatever a guideline says of control.
        if (procurement.IsMatterHandedOver)
            findings.Add(LawRules.Findings["municipal-matter-handed-over"]);
        return findings;
    }
}
