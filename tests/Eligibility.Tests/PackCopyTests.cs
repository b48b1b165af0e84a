using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

/// <summary>A guideline copied for another municipality, and the baseline that none has adopted.</summary>
public sealed class PackCopyTests
{
    private static readonly DateOnly From = new(2026, 2, 1);

    public static TheoryData<string> Sources => [.. Packs.Codes, "baseline"];

    [Theory, MemberData(nameof(Sources))]
    public void A_copy_is_a_whole_pack_of_the_municipality_that_copies(string source)
    {
        var text = source == "baseline" ? PackCopy.BaselineText : Packs.TextOf(source);
        var reading = GuidelinePackReader.Read(PackCopy.Of(text, "source", "1480", "2026-1", From));
        Assert.Empty(reading.Faults);
        var pack = reading.Pack!;
        Assert.Equal(("1480", "2026-1", From, null), (pack.Municipality, pack.Version, pack.ValidFrom, pack.ValidTo));

        // Who adopted the original has not adopted the copy; what it asks is the same.
        Assert.Null(pack.Adoption);
        var original = GuidelinePackReader.Read(text).Pack!;
        Assert.Equal(original.Criteria.Select(criterion => criterion.Id), pack.Criteria.Select(criterion => criterion.Id));
        Assert.Equal(Outcome.Eligible, Evaluation.Of(Cases.AllWell(pack), pack).Outcome);
        Assert.Equal(Instrument.Iop, Evaluation.Of(Cases.AllWell(pack), pack).Routing.Recommended);
    }

    [Fact]
    public void A_last_day_is_not_copied() =>
        Assert.Null(GuidelinePackReader.Read(PackCopy.Of(
            Packs.TextOf("2080").Replace("validFrom: 2024-01-01\n", "validFrom: 2024-01-01\nvalidTo: 2024-12-31\n", StringComparison.Ordinal), "source", "1480", "2026-1", From)).Pack!.ValidTo);

    // law.md 2.4: the three features and the definition; democracy is no part of it, and registration is not asked for.
    [Theory]
    [InlineData("base-parties-many-to-many", "both-sides-represented")]
    [InlineData("base-common-public-benefit-goal", "public-benefit-goal")]
    [InlineData("base-both-contribute", "mutual-contribution")]
    public void The_baseline_asks_for_the_three_features_of_a_partnership(string ruleId, string key)
    {
        var pack = GuidelinePackReader.Read(PackCopy.BaselineText).Pack!;
        Assert.Equal(key, pack.Criteria.Single(criterion => criterion.Id == ruleId).Key);
        Assert.Equal(Outcome.NotEligible, Evaluation.Of(Cases.AllWell(pack).No(ruleId), pack).Outcome);
        Assert.Equal(FindingStatus.Unanswered, Evaluation.Of(new CaseFacts(), pack).Of(ruleId).Status);
        Assert.DoesNotContain(pack.Criteria, criterion => criterion.Key.Contains("democra", StringComparison.Ordinal));
    }
}
