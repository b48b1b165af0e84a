using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

/// <summary>Each criterion of each pack, by the facts that it is measured by and not by a plain no alone.</summary>
public class EachCriterionTests
{
    public static TheoryData<string, string> Criteria => Packs.AllCriteria;

    public static TheoryData<string> Codes => Packs.AllCodes;

    [Theory, MemberData(nameof(Criteria))]
    public void Each_criterion_is_met_not_met_or_unanswered_as_its_own_facts_say(string code, string ruleId)
    {
        var (pack, criterion) = Of(code, ruleId);
        var variations = Variations.Of(criterion, pack).ToList();

        Assert.Contains(variations, variation => variation.Expected == FindingStatus.Unanswered);
        Assert.True(Variations.IsOnlyAnswered(criterion.Measure) || variations.Exists(variation => variation.Expected == FindingStatus.NotMet), "The facts must be able to speak against it.");
        Assert.Equal(
            variations.Select(variation => (variation.Told, Expected(criterion, variation.Expected))),
            variations.Select(variation => (variation.Told, Found(pack, ruleId, variation.Change))));
    }

    [Theory, MemberData(nameof(Criteria))]
    public void An_answer_stands_in_for_facts_that_are_silent_only_where_the_pack_says_so_and_never_against_them(string code, string ruleId)
    {
        var (pack, criterion) = Of(code, ruleId);
        CaseFacts Yes(CaseFacts facts) => facts.Answer(ruleId, GivenAnswer.Yes with { Evidence = "Underlaget ligger i akten." });

        // What is judged by an answer, or by one beside the facts, has one already where all is well.
        foreach (var variation in criterion.Measure.By is MeasureKind.Answer or MeasureKind.Consensus ? [] : Variations.Of(criterion, pack))
        {
            var afterwards = variation.Expected == FindingStatus.Unanswered && criterion.Measure.AnswerSuffices && !variation.WantsMore ? FindingStatus.Met : Expected(criterion, variation.Expected);
            Assert.Equal((variation.Told, afterwards), (variation.Told, Found(pack, ruleId, facts => Yes(variation.Change(facts)))));
            Assert.Equal((variation.Told, Expected(criterion, FindingStatus.NotMet)), (variation.Told, Found(pack, ruleId, facts => variation.Change(facts).No(ruleId))));
        }
    }

    [Theory, MemberData(nameof(Codes))]
    public void What_one_answer_says_changes_the_finding_of_no_other_criterion(string code)
    {
        var pack = Packs.Of(code);
        var well = Cases.AllWell(pack);
        Assert.All(pack.Criteria, criterion => Assert.Equal(
            pack.Criteria.Where(other => other.Id != criterion.Id && other.Id != Clears(pack, criterion.Id)).Select(other => (other.Id, FindingStatus.Met)),
            Evaluation.Of(well.No(criterion.Id), pack).Findings
                .Where(finding => finding.RuleId != criterion.Id && finding.RuleId != Clears(pack, criterion.Id)).Select(finding => (finding.RuleId, finding.Status))));
    }

    private static string? Clears(GuidelinePack pack, string ruleId) => pack.Criteria.SingleOrDefault(criterion => criterion.ClearedBy == ruleId)?.Id;

    private static FindingStatus Found(GuidelinePack pack, string ruleId, Func<CaseFacts, CaseFacts> change) =>
        Evaluation.Of(change(Cases.AllWell(pack)), pack).Of(ruleId).Status;

    // What an exception clears is departed from with a reason. A question is answered whatever the answer is.
    private static FindingStatus Expected(Criterion criterion, FindingStatus status) => (status, criterion) switch
    {
        (FindingStatus.NotMet, { Severity: Severity.Question }) => FindingStatus.Met,
        (FindingStatus.NotMet, { ClearedBy: not null }) => FindingStatus.Motivated,
        _ => status,
    };

    private static (GuidelinePack Pack, Criterion Criterion) Of(string code, string ruleId) =>
        Packs.Of(code) is var pack ? (pack, pack.Criteria.Single(criterion => criterion.Id == ruleId)) : default;
}
