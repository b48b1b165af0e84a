using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

public class ShippedPacksTests
{
    public static TheoryData<string> Codes => Packs.AllCodes;

    public static TheoryData<string, string> Criteria => Packs.AllCriteria;

    [Fact]
    public void Every_shipped_pack_reads_without_a_fault()
    {
        var texts = ShippedGuidelines.Texts();
        Assert.Equal(5, texts.Count);
        Assert.All(texts, text => Assert.Equal([], GuidelinePackReader.Read(text.Value).Faults));
    }

    [Theory, MemberData(nameof(Codes))]
    public void A_case_where_all_is_well_is_an_IOP(string code)
    {
        var pack = Packs.Of(code);
        var evaluation = Evaluation.Of(Cases.AllWell(pack), pack);
        Assert.All(evaluation.Findings, finding => Assert.Equal(FindingStatus.Met, finding.Status));
        Assert.All(evaluation.Gates, gate => Assert.Equal(GateState.Passed, gate.State));
        Assert.Equal(Outcome.Eligible, evaluation.Outcome);
        Assert.Equal(Instrument.Iop, evaluation.Routing.Recommended);
        Assert.True(evaluation.IsReadyForDecision);
        Assert.False(evaluation.Routing.IsPreliminary);
    }

    [Theory, MemberData(nameof(Codes))]
    public void A_case_that_nobody_has_described_is_incomplete_and_never_refused(string code)
    {
        var pack = Packs.Of(code);
        var evaluation = Evaluation.Of(new CaseFacts(), pack);
        Assert.All(evaluation.Findings, finding => Assert.Equal(FindingStatus.Unanswered, finding.Status));
        Assert.Equal(Outcome.Incomplete, evaluation.Outcome);
        Assert.Null(evaluation.Routing.Recommended);
        Assert.True(evaluation.IsPreliminary);
    }

    [Theory, MemberData(nameof(Criteria))]
    public void Each_criterion_gives_one_finding_whether_met_not_met_or_unanswered(string code, string ruleId)
    {
        var pack = Packs.Of(code);
        var well = Cases.AllWell(pack);
        var isQuestion = pack.Criteria.Single(criterion => criterion.Id == ruleId).Severity == Severity.Question;
        AssertFinding(pack, ruleId, well, FindingStatus.Met);
        AssertFinding(pack, ruleId, well.No(ruleId), isQuestion ? FindingStatus.Met : Cleared(pack, ruleId) ? FindingStatus.Motivated : FindingStatus.NotMet);
        AssertFinding(pack, ruleId, new CaseFacts(), FindingStatus.Unanswered);
    }

    [Theory, MemberData(nameof(Criteria))]
    public void A_criterion_that_is_not_met_weighs_by_its_severity(string code, string ruleId)
    {
        var pack = Packs.Of(code);
        var criterion = pack.Criteria.Single(candidate => candidate.Id == ruleId);
        var notMet = Cases.AllWell(pack).No(ruleId);
        var plain = Evaluation.Of(notMet, pack).Outcome;
        var motivated = Evaluation.Of(notMet.Motivated(ruleId), pack).Outcome;
        switch (criterion.Severity)
        {
            case Severity.Prohibited or Severity.Mandatory or Severity.Conditional:
                Assert.Equal((Outcome.NotEligible, Outcome.NotEligible), (plain, motivated));
                // One clear no is enough, however much else is still unanswered.
                Assert.Equal(Outcome.NotEligible, Evaluation.Of(new CaseFacts().No(ruleId), pack).Outcome);
                break;
            case Severity.Recommended when Cleared(pack, ruleId):
                Assert.Equal(Outcome.EligibleWithMotivation, plain);
                break;
            case Severity.Recommended:
                Assert.Equal((Outcome.Incomplete, Outcome.EligibleWithMotivation), (plain, motivated));
                break;
            default:
                Assert.Equal((Outcome.Eligible, Outcome.Eligible), (plain, motivated));
                break;
        }
    }

    [Theory]
    [InlineData("budget-plan", "he-budget-plan")]
    [InlineData("compensation-basis", "he-reasonable-compensation")]
    public void Helsingborg_demands_of_the_agreement_what_it_demands_of_the_money(string key, string ruleId)
    {
        var pack = Packs.Of("1283");
        var rule = Assert.Single(pack.Agreement.Rules, rule => rule.Key == key);
        Assert.Equal((ruleId, Severity.Mandatory), (rule.Provenance.RuleId, rule.Severity));
    }

    // A rule that both the case and the agreement answer to is no weaker in the one than in the other.
    [Theory, MemberData(nameof(Codes))]
    public void A_rule_that_binds_the_case_binds_the_agreement_too(string code)
    {
        var pack = Packs.Of(code);
        var binding = pack.Criteria.Where(criterion => criterion.Severity is Severity.Mandatory or Severity.Prohibited).Select(criterion => criterion.Id).ToHashSet();
        Assert.All(pack.Agreement.Rules.Where(rule => binding.Contains(rule.Provenance.RuleId ?? "")), rule => Assert.Equal(Severity.Mandatory, rule.Severity));
    }

    [Fact]
    public void A_criterion_whose_exception_does_not_apply_is_not_cleared()
    {
        var pack = Packs.Of("1285");
        var facts = Cases.AllWell(pack).No("es-crit-3-not-already-municipal").No("es-crit-3-complementary-exception");
        Assert.Equal(FindingStatus.NotMet, Evaluation.Of(facts, pack).Of("es-crit-3-not-already-municipal").Status);
    }

    // Without it the rule above could hold because no rule is shared at all.
    [Fact]
    public void Some_rule_binds_both_the_case_and_the_agreement() => Assert.Contains(Packs.Codes.Select(Packs.Of), pack =>
        pack.Agreement.Rules.Any(rule => pack.Criteria.Any(criterion => criterion.Id == rule.Provenance.RuleId && criterion.Severity == Severity.Mandatory)));

    private static bool Cleared(GuidelinePack pack, string ruleId) => pack.Criteria.Single(criterion => criterion.Id == ruleId).ClearedBy is not null;

    private static void AssertFinding(GuidelinePack pack, string ruleId, CaseFacts facts, FindingStatus expected)
    {
        var finding = Evaluation.Of(facts, pack).Of(ruleId);
        Assert.Equal(expected, finding.Status);
        Assert.NotEmpty(finding.SourceLine);
        Assert.NotEmpty(finding.CanonicalKey);
        Assert.NotEmpty(finding.Sentence.Sv);
        Assert.NotEmpty(finding.Sentence.En);
        Assert.NotEqual(finding.Sentence.Sv, finding.Sentence.En);
    }
}
