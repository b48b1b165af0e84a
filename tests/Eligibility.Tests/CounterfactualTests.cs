using Iop.Eligibility.Domain;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

public class CounterfactualTests
{
    [Fact]
    public void S12_Money_for_rent_would_be_an_IOP_if_the_organisation_contributed_too()
    {
        var pack = Packs.Of("2080");
        var well = Cases.AllWell(pack);
        var facts = well.Yes("only-long-term-funding") with { Contributions = [well.Contributions[1]] };
        var counterfactual = Counterfactual.Of(facts, pack);
        Assert.True(counterfactual.IsPossible);
        Assert.Equal(["fa-both-contribute", "fa-check-both-finance"], counterfactual.Changes.Select(change => change.Key));
        Assert.All(counterfactual.Changes, change => Assert.Contains("stämma", change.Sentence.Sv, StringComparison.Ordinal));
    }

    [Fact]
    public void S15_A_care_home_would_have_to_be_something_else()
    {
        var pack = Packs.Of("1283");
        var facts = Cases.AllWell(pack).Yes("operation-for-city") with
        {
            Procurement = new ProcurementFacts { Result = ProcurementGateResult.Required },
        };
        Assert.Equal(
            [(ChangeKind.Answer, "operation-for-city"), (ChangeKind.Procurement, "")],
            Counterfactual.Of(facts, pack).Changes.Select(change => (change.Kind, change.Key)));
    }

    [Fact]
    public void An_IOP_needs_no_change()
    {
        var pack = Packs.Of("2180");
        Assert.Equal((true, 0), (Counterfactual.Of(Cases.AllWell(pack), pack).IsPossible, Counterfactual.Of(Cases.AllWell(pack), pack).Changes.Count));
    }

    [Fact]
    public void A_lawyers_no_is_nothing_that_the_case_can_change()
    {
        var pack = Packs.Of("1285");
        Assert.False(Counterfactual.Of(Cases.AllWell(pack) with { LegalAssessment = LegalAssessmentState.NotPossible }, pack).IsPossible);
    }

    [Fact]
    public void A_condition_too_many_is_not_asked_for()
    {
        var pack = Packs.Of("0580") with
        {
            AggregateRule = new AggregateRule(Provenance.Default, AggregateKind.AtLeast, 7),
            Routing = new RoutingRules([], []),
        };
        var facts = Cases.AllWell(pack).No("li-crit-3-local-development").No("li-crit-7-no-detailed-regulation");
        Assert.Single(Counterfactual.Of(facts, pack).Changes);
    }

    [Fact]
    public void One_answer_that_leads_elsewhere_twice_is_asked_for_and_not_the_two_beside_it()
    {
        // Leaving one change out after another would leave out the first answer, and then need both of the others.
        var pack = Asking("first", "second", "third") with
        {
            Routing = new RoutingRules(
                Asking("first", "second", "third").Routing.Questions,
                [Excluding(Yes("first"), Yes("second")), Excluding(Yes("first"), Yes("third"))]),
        };
        var facts = Cases.AllWell(pack).Yes("first").Yes("second").Yes("third");
        Assert.Equal(["first"], Counterfactual.Of(facts, pack).Changes.Select(change => change.Key));
    }

    [Fact]
    public void One_exception_that_lets_two_criteria_be_departed_from_is_less_than_the_two()
    {
        var eslov = Packs.Of("1285");
        var pack = eslov with
        {
            AggregateRule = eslov.AggregateRule with { Kind = AggregateKind.All },
            Criteria = [.. eslov.Criteria.Select(criterion => criterion.Id == "es-crit-2-common-solutions"
                ? criterion with { ClearedBy = "es-crit-3-complementary-exception" }
                : criterion)],
        };
        var facts = Cases.AllWell(pack).No("es-crit-2-common-solutions").No("es-crit-3-not-already-municipal").No("es-crit-3-complementary-exception");
        Assert.Equal(["es-crit-3-complementary-exception"], Counterfactual.Of(facts, pack).Changes.Select(change => change.Key));
    }

    [Fact]
    public void An_answer_that_keeps_a_case_from_leading_elsewhere_is_left_as_it_is()
    {
        var pack = Asking("kept", "changed") with
        {
            Routing = new RoutingRules(
                Asking("kept", "changed").Routing.Questions,
                [Excluding(new Condition.Not(Yes("kept"))), Excluding(Yes("changed"))]),
        };
        var facts = Cases.AllWell(pack).Yes("kept").Yes("changed");
        Assert.Equal(["changed"], Counterfactual.Of(facts, pack).Changes.Select(change => change.Key));
    }

    private static GuidelinePack Asking(params string[] questions) => Packs.Of("0580") with
    {
        Routing = new RoutingRules(
            [.. questions.Select(key => new RoutingQuestion(Provenance.Default, key, new LocalizedText("Fråga", "Question"), []))], []),
    };

    private static Condition.AnswerIs Yes(string question) => new Condition.AnswerIs(question, Answer.Yes);

    private static RoutingRule Excluding(params Condition[] all) => new(
        Provenance.Default, new Condition.All(all), Instrument.Grant, RoutingStrength.ExcludesIop, new LocalizedText("Bidrag räcker.", "A grant is enough."), [], false);
}
