using System.Text.RegularExpressions;

namespace Iop.Eligibility.Tests;

/// <summary>Every rule of the five documents is somewhere in the product.</summary>
public class RuleCoverageTests
{
    private static readonly string[] RuleIds = Packs.Resource("rule-ids.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Each_rule_has_its_home_in_a_pack()
    {
        var inPacks = Packs.Codes.SelectMany(code => Packs.Of(code).RuleIds).ToList();
        Assert.Equal(249, RuleIds.Length);
        Assert.Equal([], RuleIds.Except(inPacks));
        Assert.Equal([], inPacks.Except(RuleIds));
        Assert.Equal(inPacks.Count, inPacks.Distinct().Count());
    }

    [Fact]
    public void The_page_of_rules_names_only_rules_that_exist()
    {
        var named = Regex.Matches(Packs.Resource("rules.md"), "`(?<id>(?:es|li|ga|fa|he)-[a-z0-9-]+)`", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["id"].Value);
        Assert.NotEmpty(named);
        Assert.Equal([], named.Except(RuleIds));
    }

    [Fact]
    public void A_rule_belongs_to_one_municipality_alone() => Assert.All(Packs.Codes, code =>
        Assert.Single(Packs.Of(code).RuleIds.Select(id => id[..2]).Distinct()));
}
