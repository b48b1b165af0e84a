using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

/// <summary>What a guideline tells the municipality to ask is asked before a case is found to be a partnership.</summary>
public class AskedTests
{
    [Theory]
    [InlineData("1285", "ordinary-grant-fits")]
    [InlineData("1285", "procurement-fits")]
    [InlineData("2180", "activity-purpose")]
    [InlineData("2080", "only-long-term-funding")]
    [InlineData("1283", "problem-owner")]
    [InlineData("1283", "active-regular-cooperation")]
    [InlineData("1283", "operation-for-city")]
    public void A_question_that_leads_elsewhere_is_answered_before_a_partnership_is_found(string municipality, string question)
    {
        var pack = Packs.Of(municipality);
        var well = Cases.AllWell(pack);

        var evaluation = Evaluation.Of(well with { Answers = well.Answers.Where(answer => answer.Key != question).ToDictionary() }, pack);

        Assert.Equal((Outcome.Incomplete, Outcome.Eligible), (evaluation.Outcome, Evaluation.Of(well, pack).Outcome));
        Assert.Equal([question], evaluation.OpenQuestions);
        Assert.NotEqual(Instrument.Iop, evaluation.Routing.Recommended);
    }

    [Theory]
    [InlineData("ordinary-grant-fits")]
    [InlineData("procurement-fits")]
    public void Why_neither_grant_nor_procurement_fits_is_told_with_reasons(string question)
    {
        var pack = Packs.Of("1285");

        Assert.Equal([question], Evaluation.Of(Cases.AllWell(pack).No(question), pack).OpenQuestions);
        Assert.Empty(Evaluation.Of(Cases.AllWell(pack).Answer(question, GivenAnswer.No with { Reasoning = "Bidraget täcker inte personal." }), pack).OpenQuestions);
    }

    [Theory]
    [InlineData("1285", "es-crit-4-no-market-competition")]
    [InlineData("0580", "li-crit-5-no-market")]
    public void That_there_is_no_market_is_shown_by_an_analysis_and_not_by_a_tick(string municipality, string rule)
    {
        var pack = Packs.Of(municipality);

        Assert.Equal(FindingStatus.Unanswered, Evaluation.Of(Cases.AllWell(pack).Yes(rule), pack).Of(rule).Status);
        Assert.Equal(FindingStatus.NotMet, Evaluation.Of(Cases.AllWell(pack).No(rule), pack).Of(rule).Status);
    }

    [Theory]
    [InlineData(null, FindingStatus.Unanswered)]
    [InlineData(true, FindingStatus.Met)]
    [InlineData(false, FindingStatus.NotMet)]
    public void That_the_parties_are_equals_is_said_by_somebody_and_not_taken_for_granted(bool? said, FindingStatus expected)
    {
        const string rule = "fa-equal-relation";
        var pack = Packs.Of("2080");
        var facts = Cases.AllWell(pack) with { Parties = [new PartyFacts("cso", PartySide.Cso, 8), new PartyFacts("public", PartySide.Public, 2)] };

        Assert.Equal(expected, Evaluation.Of(said is not { } yes ? facts : yes ? facts.Yes(rule) : facts.No(rule), pack).Of(rule).Status);
    }

    [Theory]
    [InlineData(24, FindingStatus.Met)]
    [InlineData(60, FindingStatus.Met)]
    [InlineData(23, FindingStatus.NotMet)]
    [InlineData(61, FindingStatus.NotMet)]
    public void A_term_outside_two_to_five_years_is_motivated(int months, FindingStatus expected)
    {
        const string rule = "he-period-2-to-5-years";
        var facts = Cases.AllWell(Packs.Of("1283")) with { PlannedTermMonths = months };

        var finding = Evaluation.Of(facts, Packs.Of("1283")).Of(rule);

        Assert.Equal((expected, expected == FindingStatus.NotMet, false), (finding.Status, finding.NeedsMotivation, finding.IsBlocking));
        Assert.NotEqual(Outcome.Incomplete, Evaluation.Of(facts.Motivated(rule), Packs.Of("1283")).Outcome);
    }
}
