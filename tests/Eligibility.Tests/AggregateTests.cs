using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

/// <summary>The other ways in which a municipality may add its findings up.</summary>
public class AggregateTests
{
    private static readonly string[] Conditions = [.. Packs.Of("0580").Criteria
        .Where(criterion => criterion.Severity == Severity.Conditional).Select(criterion => criterion.Id)];

    [Theory]
    [InlineData(8, 8, 0, Outcome.Eligible)]
    [InlineData(6, 6, 2, Outcome.Eligible)]
    [InlineData(6, 5, 0, Outcome.Incomplete)]
    [InlineData(6, 5, 3, Outcome.NotEligible)]
    [InlineData(8, 7, 1, Outcome.NotEligible)]
    public void At_least_so_many_conditions(int wanted, int met, int notMet, Outcome expected)
    {
        var pack = Without(Packs.Of("0580")) with { AggregateRule = new AggregateRule(Provenance.Default, AggregateKind.AtLeast, wanted) };
        var facts = Cases.AllWell(pack) with { Answers = new Dictionary<string, GivenAnswer>() };
        for (var i = 0; i < met + notMet; i++)
            facts = facts.Answer(Conditions[i], (i < met ? GivenAnswer.Yes : GivenAnswer.No) with { Evidence = "Underlaget ligger i akten." });
        Assert.Equal(expected, Evaluation.Of(facts, pack).Outcome);
    }

    [Fact]
    public void Where_only_mandatory_criteria_decide_a_recommendation_is_a_remark()
    {
        var pack = Packs.Of("2180") with { AggregateRule = new AggregateRule(Provenance.Default, AggregateKind.AllMandatory, null) };
        var evaluation = Evaluation.Of(Cases.AllWell(pack).No("ga-route-other-form-more-suitable"), pack);
        Assert.Equal(Outcome.EligibleWithMotivation, evaluation.Outcome);
        Assert.True(evaluation.Of("ga-route-other-form-more-suitable").NeedsMotivation);
    }

    /// <summary>The pack with each condition answered rather than measured, and without routing, so that counting alone decides.</summary>
    private static GuidelinePack Without(GuidelinePack pack) => pack with
    {
        Routing = new RoutingRules([], []),
        Criteria = [.. pack.Criteria.Select(criterion => criterion.Severity == Severity.Conditional
            ? criterion with { Measure = new Measure { By = MeasureKind.Answer, AnswerSuffices = true } }
            : criterion)],
    };
}
