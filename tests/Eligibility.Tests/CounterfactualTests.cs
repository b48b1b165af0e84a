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
}
