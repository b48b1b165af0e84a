using Iop.Eligibility.Api;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Organisations.V1;

namespace Iop.Eligibility.Tests;

/// <summary>What an evaluation is told of a case.</summary>
public sealed class CaseMeasuresTests
{
    private static readonly GuidelinePack Pack = Packs.Of("1283");
    private static readonly Thresholds Today = Thresholds.On(new DateOnly(2024, 5, 1));
    private static readonly DateTimeOffset Now = new(2024, 5, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly CaseParty Cso = new("famnen", PartySide.Cso, "municipalities/1283/organisations/a", null, "Famnen", true, null, "", null);
    private static readonly CaseParty Public = new("namnden", PartySide.Public, "", PublicPartyKind.Committee, "Nämnden", true, PartyFunding.NoMoney, "", null);

    [Fact]
    public void What_nobody_has_said_stays_unsaid()
    {
        var facts = Of(new CaseContent());
        Assert.Null(facts.ActivityInitiator);
        Assert.Null(facts.PlannedTermMonths);
        Assert.Null(facts.HasBudgetPlan);
        Assert.Null(facts.Complement);
        Assert.Null(facts.Procurement.EstimatedValue);
        Assert.Equal((ProcurementGateResult.NotAssessed, LegalAssessmentState.NotDone), (facts.Procurement.Result, facts.LegalAssessment));
        Assert.Empty(facts.Declarations);
    }

    [Theory]
    [InlineData("famnen,namnden", true)]
    [InlineData("famnen", null)]
    [InlineData("", null)]
    public void A_goal_is_joint_when_both_sides_have_agreed(string agreedBy, bool? joint)
    {
        var facts = Of(new CaseContent { Parties = [Cso, Public], Goals = [new Goal("Färre ensamma", agreedBy.Split(',', StringSplitOptions.RemoveEmptyEntries), "")] });
        Assert.Equal(joint, facts.Goals[0].Joint);
        Assert.Null(facts.Goals[0].PublicBenefit);
    }

    [Fact]
    public void The_value_counts_extensions_as_if_they_were_taken_and_only_what_the_public_side_gives()
    {
        var facts = Of(new CaseContent
        {
            Parties = [Cso, Public],
            PlannedTermMonths = 36,
            PlannedExtensionCount = 2,
            PlannedExtensionMonths = 12,
            Contributions =
            [
                new PlannedContribution("namnden", ContributionKind.Money, "", 18_000_000, 0, ""),
                new PlannedContribution("famnen", ContributionKind.Other, "", 50_000, 0, "uppskattat"),
            ],
        });
        Assert.Equal(30_000_000, facts.Procurement.EstimatedValue);
        Assert.Equal([PartySide.Public, PartySide.Cso], facts.Contributions.Select(contribution => contribution.Side));
    }

    [Fact]
    public void The_value_is_of_whole_ören_and_never_less_than_it_is()
    {
        var facts = Of(new CaseContent
        {
            Parties = [Public],
            PlannedTermMonths = 7,
            PlannedExtensionCount = 1,
            PlannedExtensionMonths = 3,
            Contributions = [new PlannedContribution("namnden", ContributionKind.Money, "", 100_000, 0, "")],
        });

        Assert.Equal(142_857.15m, facts.Procurement.EstimatedValue);
    }

    [Fact]
    public void A_declaration_covers_the_conditions_of_its_name()
    {
        var facts = Of(new CaseContent
        {
            Parties = [Cso, Public],
            Declarations = [new Declaration("famnen", DeclarationKind.DemocracyConditions, new DateOnly(2024, 5, 1), "")],
        });
        Assert.Equal(Pack.Vetting.Single(set => set.Key == "democracy-conditions").Conditions.Count, facts.Vetting.Count);
        Assert.All(facts.Vetting, vetting => Assert.Equal(("famnen", VettingStatus.Declared), (vetting.PartyId, vetting.Status)));
    }

    [Fact]
    public void A_yes_to_a_condition_is_no_check_of_it()
    {
        var pack = Packs.Of("2180");
        var @case = new Case("2180", "pack", new CaseContent { Parties = [Cso, Public] });
        @case.Record(new DialogueEntry { Kind = DialogueKind.IdeaMeeting, Date = new DateOnly(2024, 5, 1), RecordedBy = "officer", RecordTime = Now });
        @case.Record([new RecordedAnswer("ga-check-democratic-principles", "", Answer.Yes, "", "", "", "officer", Now)], [], pack);

        var facts = CaseMeasures.Of(@case, pack, Today);
        Assert.Empty(facts.Vetting);
        Assert.Equal(FindingStatus.Unanswered, Evaluation.Of(facts, pack).Of("ga-check-democratic-principles").Status);
        Assert.Equal(MeetingKind.IdeaMeeting, Assert.Single(facts.Meetings).Kind);
    }

    [Fact]
    public void Of_several_organisations_the_worst_document_status_stands_for_the_case()
    {
        var other = Cso with { PartyId = "annan", Organisation = "municipalities/1283/organisations/b", Lead = false };
        var facts = Of(new CaseContent
        {
            Parties =
            [
                With(Cso, ("statutes", DocumentStatus.Received), ("activity-plan", DocumentStatus.Received)),
                With(other, ("statutes", DocumentStatus.Requested)),
                Public,
            ],
        });
        Assert.Equal([KeyValuePair.Create("statutes", DocumentStatus.Requested)], facts.Documents);
    }

    [Theory]
    [InlineData(true, Answer.Yes, FindingStatus.NotMet)]
    [InlineData(true, Answer.No, FindingStatus.NotMet)]
    [InlineData(true, null, FindingStatus.NotMet)]
    [InlineData(false, Answer.Yes, FindingStatus.Met)]
    [InlineData(false, Answer.No, FindingStatus.NotMet)]
    [InlineData(false, null, FindingStatus.Unanswered)]
    [InlineData(null, Answer.Yes, FindingStatus.Met)]
    [InlineData(null, Answer.No, FindingStatus.NotMet)]
    [InlineData(null, null, FindingStatus.Unanswered)]
    public void An_activity_of_an_organisation_that_distributes_profit_is_not_shown_to_be_without_profit(bool? distributes, Answer? answer, FindingStatus expected)
    {
        var finding = NotProfitMaking(distributes, answer);
        Assert.Equal((expected, Severity.Mandatory, expected == FindingStatus.NotMet), (finding.Status, finding.Severity, finding.IsBlocking));
    }

    [Fact]
    public void Where_the_register_speaks_against_a_yes_the_finding_says_so()
    {
        var finding = NotProfitMaking(true, Answer.Yes);
        Assert.Contains("registret", finding.Sentence.Sv, StringComparison.Ordinal);
        Assert.Contains("The register", finding.Sentence.En, StringComparison.Ordinal);
        Assert.DoesNotContain("registret", NotProfitMaking(null, Answer.No).Sentence.Sv, StringComparison.Ordinal);
    }

    // The organisation has declared it as well: a declaration is no more than a yes.
    private static Finding NotProfitMaking(bool? distributes, Answer? answer)
    {
        var organisation = new Organisation { DisplayName = "Famnen", OrganisationNumber = "802400-1234" };
        if (distributes is { } known)
            organisation.DistributesProfit = known;
        var party = Cso with { Registered = OrganisationRegister.FactsOf(organisation, new Dictionary<string, DocumentStatus>()) };
        var @case = new Case("1283", "pack", new CaseContent
        {
            Parties = [party, Public],
            Declarations = [new Declaration("famnen", DeclarationKind.NotForProfit, new DateOnly(2024, 5, 1), "")],
        });
        @case.Record(new DialogueEntry { Kind = DialogueKind.Dialogue, Date = new DateOnly(2024, 5, 1), RecordedBy = "officer", RecordTime = Now });
        if (answer is { } given)
            @case.Record([new RecordedAnswer("he-not-profit-making", "", given, "", "Budgeten går jämnt upp.", "", "officer", Now)], [], Pack);
        return Evaluation.Of(CaseMeasures.Of(@case, Pack, Today), Pack).Of("he-not-profit-making");
    }

    private static CaseParty With(CaseParty party, params (string Type, DocumentStatus Status)[] documents) => party with
    {
        Registered = new RegisteredOrganisation(party.DisplayName, 8, new Dictionary<OrganisationAspect, bool>(), documents.ToDictionary(pair => pair.Type, pair => pair.Status)),
    };

    private static CaseFacts Of(CaseContent content) => CaseMeasures.Of(new Case("1283", "pack", content), Pack, Today);
}
