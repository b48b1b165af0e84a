using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>A case measured against a pack: the same facts and pack always give the same evaluation.</summary>
public sealed record Evaluation
{
    public required string Municipality { get; init; }
    public required string PackVersion { get; init; }

    /// <summary>Exactly one finding per criterion, in the order of the pack.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<JointFinding> JointFindings { get; init; }
    public required Outcome Outcome { get; init; }
    public required IReadOnlyList<GateFinding> Gates { get; init; }
    public required RoutingOutcome Routing { get; init; }

    /// <summary>Every instrument once, the chosen one and the others.</summary>
    public IReadOnlyList<InstrumentFinding> Instruments { get; init; } = [];

    /// <summary>Thresholds that the routing hangs on and that nobody has entered; nothing is completed without them.</summary>
    public IReadOnlyList<MissingThreshold> MissingThresholds { get; init; } = [];

    /// <summary>Keys of the routing questions that must be answered before an IOP can be settled, and are not.</summary>
    public IReadOnlyList<string> OpenQuestions { get; init; } = [];

    /// <summary>The routing hangs on a sum of the year's purchases of the same kind that nobody has established.</summary>
    public bool IsSameKindOpen { get; init; }

    /// <summary>That sum as the routing used it, without the purchases one by one; null in what was stored before it was asked for.</summary>
    public SameKindReview? SameKind { get; init; }

    /// <summary>What the organisations have beside the partnership (C10).</summary>
    public IReadOnlyList<FundingFinding> FundingFindings { get; init; } = [];

    public IReadOnlyList<LawFinding> LawFindings { get; init; } = [];

    /// <summary>Value of what the public side gives, as the routing used it.</summary>
    public decimal? EstimatedValue { get; init; }

    /// <summary>The case's own legal assessment remains, so the outcome only says what is legally possible.</summary>
    public required bool IsPreliminary { get; init; }

    /// <summary>Nothing stands between the case and a decision to enter an IOP.</summary>
    public bool IsReadyForDecision => Outcome is Outcome.Eligible or Outcome.EligibleWithMotivation
        && Gates.All(gate => !gate.IsBlocking || gate.Before is not (GateMoment.Criteria or GateMoment.Decision));

    private static readonly HashSet<string> NothingAssumed = [];

    public static Evaluation Of(CaseFacts facts, GuidelinePack pack) => Of(facts, pack, NothingAssumed);

    internal static Evaluation Of(CaseFacts facts, GuidelinePack pack, IReadOnlySet<string> assumedMet)
    {
        var findings = CriterionJudge.Judge(facts, pack, assumedMet);
        var byCriteria = Aggregate.Of(findings, pack.AggregateRule);
        var gates = GateJudge.Judge(facts, pack, byCriteria);
        var open = OpenQuestionsOf(facts, pack);
        var funding = FundingJudge.Judge(facts, pack);
        var outcome = AfterQuestions(AfterProcurementGate(byCriteria, gates), open.Count > 0 || funding.Any(finding => finding.IsBlocking));
        var isPreliminary = facts.LegalAssessment != LegalAssessmentState.Possible;
        var (reasons, judge) = RoutingJudge.Reasons(facts, pack, findings, outcome);
        if (IsExcluded(facts, reasons))
            outcome = Outcome.NotEligible;

        var routing = RoutingJudge.Recommend(reasons, outcome, isPreliminary);
        return new Evaluation
        {
            Municipality = pack.Municipality,
            PackVersion = pack.Version,
            Findings = findings,
            JointFindings = [.. pack.JointItems.Select(item => Joint(item, findings))],
            Outcome = outcome,
            Gates = gates,
            Routing = routing,
            Instruments = InstrumentJudge.Judge(facts, pack, findings, routing, outcome, judge),
            MissingThresholds = judge.Missing,
            IsSameKindOpen = judge.IsSameKindOpen,
            SameKind = Review(facts.Procurement),
            FundingFindings = funding,
            LawFindings = LawJudge.Findings(facts, pack, judge, routing),
            OpenQuestions = open,
            EstimatedValue = facts.Procurement.EstimatedValue,
            IsPreliminary = isPreliminary,
        };
    }

    /// <summary>Whether an evaluation would recommend an IOP, without all that it would explain.</summary>
    internal static bool IsIop(CaseFacts facts, GuidelinePack pack, IReadOnlySet<string> assumedMet)
    {
        var findings = CriterionJudge.Judge(facts, pack, assumedMet);
        var byCriteria = Aggregate.Of(findings, pack.AggregateRule);
        return byCriteria is Outcome.Eligible or Outcome.EligibleWithMotivation
            && OpenQuestionsOf(facts, pack).Count == 0
            && !FundingJudge.IsBlocked(facts, pack)
            && AfterProcurementGate(byCriteria, GateJudge.Judge(facts, pack, byCriteria)) == byCriteria
            && !IsExcluded(facts, RoutingJudge.Reasons(facts, pack, findings, byCriteria).Reasons);
    }

    private static SameKindReview Review(ProcurementFacts procurement) => new(
        "", procurement.AsOf.Year, procurement.SameKindValue == 0 ? [] : [new SameKindPurchase("", "", procurement.AsOf.Year, procurement.SameKindValue)],
        procurement.IsSameKindComplete ? true : null)
    {
        OwnValue = procurement.EstimatedValue,
        Limit = procurement.IsAnnexTwoService == true ? procurement.AnnexTwoLimit : procurement.DirectAwardLimit,
    };

    // An instrument that excludes IOP decides the case even where all criteria happen to be met.
    private static bool IsExcluded(CaseFacts facts, IReadOnlyList<RoutingReason> reasons) =>
        facts.LegalAssessment == LegalAssessmentState.NotPossible
        || reasons.Any(reason => reason.Strength == RoutingStrength.ExcludesIop);

    /// <summary>Where procurement is examined first, criteria mean nothing until that gate is passed.</summary>
    private static Outcome AfterProcurementGate(Outcome byCriteria, IReadOnlyList<GateFinding> gates)
    {
        foreach (var gate in gates)
        {
            if (gate.Kind != GateKind.ProcurementGate)
                continue;
            if (gate.State == GateState.Failed)
                return Outcome.NotEligible;
            if (gate.State == GateState.Pending && byCriteria is Outcome.Eligible or Outcome.EligibleWithMotivation)
                return Outcome.Incomplete;
        }

        return byCriteria;
    }

    private static List<string> OpenQuestionsOf(CaseFacts facts, GuidelinePack pack) =>
        [.. pack.Routing.Questions.Where(question => question.IsOpen(facts.Answers)).Select(question => question.Key)];

    // es-route-when-others-unfit, ga-route-by-purpose: what was never asked is no yes to a partnership. What is paid already, by
    // a form that can give way, is no no to one.
    private static Outcome AfterQuestions(Outcome outcome, bool isOpen) =>
        isOpen && outcome is Outcome.Eligible or Outcome.EligibleWithMotivation ? Outcome.Incomplete : outcome;

    private static JointFinding Joint(JointItem item, IReadOnlyList<Finding> findings)
    {
        var parts = findings.Where(finding => item.Criteria.Contains(finding.RuleId)).ToList();
        var status = parts.Exists(part => part.Status == FindingStatus.NotMet) ? FindingStatus.NotMet
            : parts.Exists(part => part.Status == FindingStatus.Unanswered) ? FindingStatus.Unanswered
            : FindingStatus.Met;
        return new JointFinding(item.Key, status, item.Text);
    }
}
