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

        if (EuThreshold(procurement, routing) is { } eu)
            findings.Add(LawRules.Findings[eu]);

        // law.md 2.1: what a partnership is called decides nothing.
        if (RedFlags.Resemble(facts.RedFlags))
            findings.Add(LawRules.Findings["procurement-likeness"].Telling(RedFlags.All.Where(flag => facts.RedFlags.Contains(flag.Code))));
        if (RedFlags.Resemble(facts.RedFlags) || judge.IsProcured)
            findings.Add(LawRules.Findings["unlawful-direct-award"]);
        if (facts.DemandsLocalSeat)
            findings.Add(LawRules.Findings["local-seat"]);

        if (!facts.OthersHeard)
            findings.Add(LawRules.Findings["others-not-heard"]);

        // law.md 2.3: this overrides whatever a guideline says of control.
        if (procurement.IsMatterHandedOver)
            findings.Add(LawRules.Findings["municipal-matter-handed-over"]);
        return findings;
    }

    // Services of Annex 2 have a threshold of their own, which is their limit of direct award.
    private static string? EuThreshold(ProcurementFacts procurement, RoutingOutcome routing) =>
        routing.Recommended != Instrument.Procurement || procurement.IsAnnexTwoService == true || procurement.EstimatedValue is not { } value ? null
        : procurement.ServicesEuThreshold is not { } threshold ? "eu-threshold-unknown"
        : value + procurement.SameKindValue >= threshold ? "eu-threshold-passed" : null;
}
