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

    // A text can come from any editor: with line ends of two characters, remarks and blank lines, and none after the last line.
    [Theory]
    [InlineData("adoption:\n  default: true\n  body: council\n\n  year: 2023\n# Protokollet:\n  referenceNumber: KS 1\n")]
    [InlineData("adoption:\r\n  default: true\r\n\r\n  body: council\r\n  # Året\r\n  year: 2023\r\n")]
    [InlineData("adoption: {default: true, body: council, year: 2023}")]
    [InlineData("validTo: 2026-12-31")]
    [InlineData("validTo: 2026-12-31\r\n")]
    public void What_is_not_copied_is_found_however_the_text_is_written(string last)
    {
        var text = string.Join('\n', PackCopy.BaselineText.Split('\n').Where(line => !line.StartsWith("adoption:", StringComparison.Ordinal)));
        Assert.Empty(GuidelinePackReader.Read(text + last).Faults);

        var copy = GuidelinePackReader.Read(PackCopy.Of(text + last, "source", "1480", "2026-1", From));

        Assert.Empty(copy.Faults);
        Assert.Equal((null, null), (copy.Pack!.Adoption, copy.Pack.ValidTo));
    }

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

    // law.md 2.11: a second type of condition set, phrased as what shuts an organisation out.
    [Fact]
    public void A_condition_set_says_whether_its_items_are_conditions_or_grounds_of_exclusion()
    {
        var text = Packs.TextOf("2180");
        Assert.Equal(ConditionSetKind.Conditions, Assert.Single(GuidelinePackReader.Read(text).Pack!.Vetting).Kind);
        var excluding = GuidelinePackReader.Read(text.Replace("accepts: verified\n", "accepts: verified\n    kind: exclusions\n", StringComparison.Ordinal));
        Assert.Empty(excluding.Faults);
        Assert.Equal(ConditionSetKind.Exclusions, Assert.Single(excluding.Pack!.Vetting).Kind);
        var wrong = GuidelinePackReader.Read(text.Replace("accepts: verified\n", "accepts: verified\n    kind: maybe\n", StringComparison.Ordinal));
        Assert.Equal("vetting[0].kind", Assert.Single(wrong.Faults).Path);
    }

    // law.md 2.4: legal person, independence, unselfish purpose, welfare, no value transfer; and no democracy.
    [Fact]
    public void The_definition_of_the_inquiry_is_shown_part_by_part_and_decides_nothing()
    {
        const string rule = "base-idea-based-definition";
        var pack = GuidelinePackReader.Read(PackCopy.BaselineText).Pack!;
        var definition = Assert.Single(pack.Vetting);
        Assert.Equal("sou-2019-56", definition.Key);
        Assert.Equal(["legal-person", "independent-of-public-sector", "unselfish-purpose", "publicly-financed-welfare", "no-value-transfer"], definition.Conditions.Select(condition => condition.Key));

        var well = Cases.AllWell(pack);
        Assert.Equal(FindingStatus.Met, Evaluation.Of(well, pack).Of(rule).Status);
        foreach (var vetting in well.Vetting)
        {
            var failed = Evaluation.Of(well with { Vetting = [.. well.Vetting.Select(each => each == vetting ? each with { Status = VettingStatus.Failed } : each)] }, pack);
            Assert.Equal((FindingStatus.NotMet, false, Outcome.Eligible), (failed.Of(rule).Status, failed.Of(rule).IsBlocking, failed.Outcome));
        }

        Assert.Equal(FindingStatus.Unanswered, Evaluation.Of(well with { Vetting = [] }, pack).Of(rule).Status);
    }
}
