using System.Globalization;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Eligibility.Domain.Memo;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>What the law asks or remarks about a case beside the criteria of its guideline.</summary>
internal static class LawJudge
{
    public static IReadOnlyList<LawFinding> Findings(CaseFacts facts, GuidelinePack pack, FactJudge judge, RoutingOutcome routing)
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
        if (procurement.ReliesOnDirectAward || routing.Recommended == Instrument.DirectAward || routing.Alternatives.Contains(Instrument.DirectAward))
            findings.AddRange(Documentation(procurement));
        findings.AddRange(Reservation(procurement, judge));

        if (judge.IsProcured && procurement.IsAnnexTwoService is null && procurement.EstimatedValue >= (procurement.DirectAwardLimit ?? 0))
            findings.Add(LawRules.Findings["annex-two-unknown"]);

        if (EuThreshold(procurement, routing) is { } eu)
            findings.Add(LawRules.Findings[eu]);

        findings.AddRange(OfAssessment(facts, judge.IsProcured));
        if (facts.DemandsLocalSeat)
            findings.Add(LawRules.Findings["local-seat"]);
        if (RedFlags.DemandsLocalSeat(pack) is { Count: > 0 } demands)
            findings.Add(LawRules.Findings["local-seat-criterion"].Telling(("statements", Told(demands))));

        if (!facts.OthersHeard)
            findings.Add(LawRules.Findings["others-not-heard"]);
        return findings;
    }

    /// <summary>What a lawyer's assessment adds to, beside what the facts show by themselves.</summary>
    public static IEnumerable<LawFinding> OfAssessment(CaseFacts facts, bool isProcured)
    {
        // law.md 2.1: what a partnership is called decides nothing.
        if (RedFlags.Resemble(facts.RedFlags))
            yield return LawRules.Findings["procurement-likeness"].Telling(("flags", Told(facts.RedFlags)));
        if (RedFlags.Resemble(facts.RedFlags) || isProcured)
            yield return LawRules.Findings["unlawful-direct-award"];

        // law.md 2.2: what is not money is aid too, and is seldom what one thinks of first.
        if (facts.Aid is { } aid && aid.Told < aid.Given)
            yield return LawRules.Findings["de-minimis-below-value"].Telling(("told", Money(aid.Told)), ("given", Money(aid.Given)));

        // law.md 2.3: this overrides whatever a guideline says of control.
        if (facts.Procurement.IsMatterHandedOver)
            yield return LawRules.Findings["municipal-matter-handed-over"];
    }

    /// <summary>law.md 2.1: whether the reasons for a direct award of the case's own value are documented.</summary>
    public static IEnumerable<LawFinding> Documentation(ProcurementFacts procurement)
    {
        if (procurement.EstimatedValue is not { } value)
            yield break;
        if (procurement.DocumentationLimit is not { } limit)
        {
            yield return LawRules.Findings["documentation-limit-unknown"].Telling(("value", Money(value)));
            yield break;
        }

        if (value > limit)
            yield return LawRules.Findings["direct-award-documented"].Telling(("value", Money(value)), ("limit", Money(limit)));
        if (!procurement.IsDocumentationLimitVerified)
            yield return LawRules.Findings["documentation-limit-unverified"].Telling(("limit", Money(limit)));
    }

    /// <summary>What a lawyer is told before the assessment: what the facts show, and what a direct award of this value would ask for.</summary>
    public static IEnumerable<LawFinding> BeforeAssessment(Evaluation evaluation, ProcurementFacts procurement)
    {
        var isWithinReach = procurement.SameKind is not (SameKindStanding.Above or SameKindStanding.AboveTogether);
        return evaluation.LawFindings.Concat(isWithinReach ? Documentation(procurement) : []).DistinctBy(finding => finding.Code);
    }

    // law.md 2.1: said where a reserved procurement is within reach, whether it is recommended or not.
    private static IEnumerable<LawFinding> Reservation(ProcurementFacts procurement, FactJudge judge)
    {
        if (!judge.IsProcured || procurement.IsAnnexTwoService != true || procurement.ReservedConditionsMet == false)
            yield break;
        switch (procurement.Reservability)
        {
            case Reservability.CodesMissing:
                yield return LawRules.Findings["reserved-service-unknown"];
                break;
            case Reservability.ListMissing:
                yield return LawRules.Findings["reserved-list-unknown"];
                break;
            case Reservability.ListedUnverified:
                yield return LawRules.Findings["reserved-list-unverified"].Telling(
                    ("codes", Same(string.Join(", ", procurement.ServiceCodes))), ("sources", Same(string.Join("; ", procurement.ReservabilitySources))));
                break;
        }
    }

    private static LocalizedText Told(IReadOnlySet<string> flags) => Told(RedFlags.All.Where(flag => flags.Contains(flag.Code)).Select(flag => flag.Text));

    private static LocalizedText Told(IEnumerable<LocalizedText> texts) =>
        new(string.Join(' ', texts.Select(text => text.Sv)), string.Join(' ', texts.Select(text => text.En)));

    private static LocalizedText Same(string text) => new(text, text);

    private static LocalizedText Money(decimal sum) => new(Swedish.Sum(sum), string.Create(CultureInfo.InvariantCulture, $"SEK {sum:#,0.##}"));

    // Services of Annex 2 have a threshold of their own, which is their limit of direct award.
    private static string? EuThreshold(ProcurementFacts procurement, RoutingOutcome routing) =>
        routing.Recommended != Instrument.Procurement || procurement.IsAnnexTwoService == true || procurement.EstimatedValue is not { } value ? null
        : procurement.ServicesEuThreshold is not { } threshold ? "eu-threshold-unknown"
        : value + procurement.SameKindValue >= threshold ? "eu-threshold-passed" : null;
}
