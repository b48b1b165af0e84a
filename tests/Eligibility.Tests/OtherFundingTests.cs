using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

/// <summary>What an organisation has beside the partnership, and what follows from it (C10).</summary>
public sealed class OtherFundingTests
{
    private static readonly DateOnly Start = new(2024, 9, 1);

    public static TheoryData<string, bool, OtherFunding, FundingStanding?> Table => new()
    {
        { "2180", true, Grant(sameCost: false), FundingStanding.Allowed },
        { "2180", true, Grant(sameCost: null), FundingStanding.Unclear },
        { "2180", true, Grant(sameCost: true), FundingStanding.SameCost },
        { "2180", true, Grant(sameCost: false) with { Form = OtherFundingForm.ProcuredContract }, FundingStanding.Allowed },
        { "2180", false, Grant(sameCost: false), FundingStanding.NotAllowed },
        { "2180", false, Grant(sameCost: false) with { Form = OtherFundingForm.ProcuredContract }, FundingStanding.NotAllowed },
        { "2180", false, Grant(sameCost: false) with { IsMunicipal = false }, FundingStanding.Allowed },
        { "2180", false, Grant(sameCost: false) with { Form = OtherFundingForm.Iop }, FundingStanding.Allowed },
        { "1283", true, Grant(sameCost: true) with { IsMunicipal = false }, FundingStanding.SameCost },
        { "2180", true, Grant(sameCost: true) with { End = Start.AddDays(-1) }, null },
        { "2180", true, Grant(sameCost: true) with { Start = Start.AddMonths(36), End = Start.AddMonths(40) }, null },
    };

    [Theory, MemberData(nameof(Table))]
    public void Another_funding_stands_as_the_guideline_lets_it_and_no_cost_is_paid_twice(string code, bool concurrent, OtherFunding given, FundingStanding? expected)
    {
        var pack = Pack(code, concurrent);
        var evaluation = Evaluation.Of(With(pack, given), pack);

        var finding = evaluation.FundingFindings.SingleOrDefault();
        Assert.Equal(expected, finding?.Standing);
        var blocks = expected is FundingStanding.NotAllowed or FundingStanding.SameCost;
        Assert.Equal(blocks, finding?.IsBlocking == true);
        Assert.Equal(blocks ? Outcome.Incomplete : Outcome.Eligible, evaluation.Outcome);
        Assert.True(finding is null || finding is { Sentence.Sv.Length: > 0, Sentence.En.Length: > 0 });
        Assert.Equal(expected == FundingStanding.SameCost ? "law-same-cost" : expected is null ? null : pack.Funding.Provenance.RuleId, finding?.RuleId);
    }

    [Fact]
    public void What_would_make_it_a_partnership_is_that_the_other_funding_gives_way()
    {
        var pack = Packs.Of("2180");
        var counterfactual = Counterfactual.Of(With(pack, Grant(sameCost: true)), pack);

        Assert.True(counterfactual.IsPossible);
        var change = Assert.Single(counterfactual.Changes);
        Assert.Equal((ChangeKind.Funding, "disclosure"), (change.Kind, change.Key));
    }

    [Fact]
    public void A_case_that_is_no_partnership_anyway_is_not_held_open_by_it()
    {
        var pack = Packs.Of("2180");
        Assert.Equal(Outcome.NotEligible, Evaluation.Of(With(pack, Grant(sameCost: true)).No("ga-both-contribute"), pack).Outcome);
    }

    private static CaseFacts With(GuidelinePack pack, OtherFunding given) => Cases.AllWell(pack) with { TermStart = Start, OtherFunding = [given] };

    private static GuidelinePack Pack(string code, bool concurrent) =>
        GuidelinePackReader.Read(Packs.TextOf(code).Replace("concurrentInstruments: true", $"concurrentInstruments: {(concurrent ? "true" : "false")}", StringComparison.Ordinal)).Pack!;

    private static OtherFunding Grant(bool? sameCost) =>
        new("organisation", "disclosure", OtherFundingForm.Grant, true, "Lokalhyra", new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31), sameCost);
}
