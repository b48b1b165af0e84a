using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Tests;

/// <summary>Which laws apply hangs on the kind of activity, and the facts of a case point to kinds that nobody has named (es-step-2-applicable-laws).</summary>
public sealed class ActivitySuggestionTests
{
    private static readonly GuidelinePack Pack = Packs.Of("2180");

    [Fact]
    public void The_target_group_the_challenge_the_domain_and_what_is_lent_each_point_and_say_why()
    {
        var found = ActivitySuggestions.For(
            new CaseContent
            {
                TargetGroupCodes = ["families", "newcomers"],
                ChallengeCodes = ["integration"],
                Domain = "homelessness",
                Parties = [new CaseParty("namnden", PartySide.Public, "", PublicPartyKind.Committee, "Nämnden", true, null, "", null)],
                Contributions = [new PlannedContribution("namnden", ContributionKind.Premises, "Lokal", 40_000, 0, "Självkostnad")],
            },
            Pack);

        Assert.Equal(["children", "housing", "integration", "premises"], found.Select(suggestion => suggestion.Activity.Key));
        Assert.Equal(
            ["target_group_codes/families", "domain/homelessness", "target_group_codes/newcomers", "challenge_codes/integration", "contributions/premises"],
            found.SelectMany(suggestion => suggestion.Causes).Select(cause => $"{cause.Field}/{cause.Code}"));
        Assert.All(found, suggestion => Assert.NotEmpty(suggestion.Questions));
        Assert.Equal("Familjer", found[0].Causes[0].Text.Sv);
    }

    [Fact]
    public void What_the_case_names_already_is_not_proposed_and_a_case_that_says_nothing_points_nowhere()
    {
        Assert.Empty(ActivitySuggestions.For(new CaseContent { TargetGroupCodes = ["children"], ActivityTags = ["children"] }, Pack));
        Assert.Empty(ActivitySuggestions.For(new CaseContent(), Pack));

        // What the organisation brings itself is no loan of the municipality's.
        Assert.Empty(ActivitySuggestions.For(
            new CaseContent
            {
                Parties = [new CaseParty("famnen", PartySide.Cso, "a", null, "Famnen", true, null, "", null)],
                Contributions = [new PlannedContribution("famnen", ContributionKind.Premises, "", 1, 0, "")],
            },
            Pack));
    }

    [Fact]
    public void Every_kind_that_adds_questions_can_be_pointed_to_by_codes_that_exist()
    {
        var domains = Packs.Codes.SelectMany(code => Packs.Of(code).Scope.Domains).Select(domain => domain.Key).ToHashSet();
        Assert.Equal(Classification.ActivityTags.Select(tag => tag.Key), ActivitySuggestions.Pointers.Select(pointer => pointer.Tag));
        Assert.All(ActivitySuggestions.Pointers, pointer =>
        {
            Assert.Empty(pointer.TargetGroups.Except(Classification.TargetGroups.Select(code => code.Key)));
            Assert.Empty(pointer.Challenges.Except(Classification.Challenges.Select(code => code.Key)));
            Assert.Empty(pointer.Contributions.Except(Enum.GetValues<ContributionKind>().Select(Iop.Eligibility.Domain.Cases.Codes.KeyOf)));
            Assert.Empty(pointer.Domains.Except(domains));
        });
    }
}
