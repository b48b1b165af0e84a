using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

/// <summary>What facts, rather than answers, do to a finding.</summary>
public class MeasuringTests
{
    public static TheoryData<string, string, Func<CaseFacts, CaseFacts>, FindingStatus> Table => new()
    {
        { "1285", "es-crit-1-nonprofit-initiative", facts => facts with { ActivityInitiator = Initiator.Municipality }, FindingStatus.NotMet },
        { "1285", "es-crit-1-nonprofit-initiative", facts => facts with { FormProposer = Initiator.Municipality }, FindingStatus.Met },
        { "1285", "es-org-independent-of-public-sector", facts => facts with { Parties = [new PartyFacts("cso", PartySide.Cso, 2)] }, FindingStatus.NotMet },
        { "1285", "es-parties-many-to-many", facts => facts with { Parties = [facts.Parties[0]] }, FindingStatus.Unanswered },
        { "1285", "es-purpose-long-term-conditions", facts => facts with { PlannedTermMonths = 3 }, FindingStatus.NotMet },
        { "1285", "es-crit-2-common-challenge", facts => facts with { Challenge = " " }, FindingStatus.Unanswered },
        { "1285", "es-step-4-financing-source", facts => facts with { FundingSources = [] }, FindingStatus.Unanswered },
        { "0580", "li-neither-grant-nor-procurement", facts => facts with { FundingSources = [new FundingFacts("public", FundingKind.Grant)] }, FindingStatus.NotMet },
        { "0580", "li-crit-2-political-programme", facts => facts with { ProgrammeLinks = [] }, FindingStatus.Unanswered },
        { "0580", "li-crit-2-political-programme", facts => facts with { ProgrammeLinks = [new ProgrammeLink("Annat", null, false)] }, FindingStatus.NotMet },
        { "0580", "li-crit-8-mutual-wish-non-market", facts => facts with { Declarations = [facts.Declarations[0]] }, FindingStatus.Unanswered },
        { "0580", "li-crit-8-mutual-wish-non-market", facts => facts with { Declarations = [new DeclarationFacts("cso", "mutual-wish-non-market", false)] }, FindingStatus.NotMet },
        { "0580", "li-municipal-goal-link", facts => facts with { MunicipalGoals = ["99"] }, FindingStatus.NotMet },
        { "0580", "li-scope-social-welfare", facts => facts with { Domain = "repair" }, FindingStatus.NotMet },
        { "0580", "li-crit-6-both-finance", facts => facts with { Contributions = [facts.Contributions[1]], ContributionsComplete = false }, FindingStatus.Unanswered },
        { "0580", "li-crit-6-both-finance", facts => facts with { Contributions = [facts.Contributions[1]] }, FindingStatus.NotMet },
        { "2180", "ga-check-inclusion", facts => facts with { Vetting = [new VettingFacts("cso", "board-checks", "inclusion", VettingStatus.Declared)] }, FindingStatus.Unanswered },
        { "2180", "ga-check-inclusion", facts => facts with { Vetting = [new VettingFacts("cso", "board-checks", "inclusion", VettingStatus.Failed)] }, FindingStatus.NotMet },
        { "2180", "ga-common-public-benefit-goal", facts => facts with { Goals = [new GoalFacts("Mål", false, true)] }, FindingStatus.NotMet },
        { "2180", "ga-common-public-benefit-goal", facts => facts with { Goals = [new GoalFacts("Mål", false, true), new GoalFacts("Mål", true, true)] }, FindingStatus.Met },
        { "2080", "fa-equal-relation", facts => facts with { Parties = [facts.Parties[0], new PartyFacts("public", PartySide.Public, 2, PartyRelation.Purchaser)] }, FindingStatus.NotMet },
        { "2080", "fa-check-no-detailed-regulation", facts => facts.Answer("fa-check-no-detailed-regulation", new GivenAnswer(Answer.Partly)), FindingStatus.Unanswered },
        { "2080", "fa-check-longer-time", facts => facts with { PlannedTermMonths = 11 }, FindingStatus.NotMet },
        { "2080", "fa-check-longer-time", facts => facts with { PlannedTermMonths = null }, FindingStatus.Unanswered },
        { "2080", "fa-check-both-finance", facts => facts with { Contributions = [], ContributionsComplete = false }, FindingStatus.Unanswered },
        { "1283", "he-mutual-relation", facts => facts.Answer("he-mutual-relation", new GivenAnswer(Answer.Partly)), FindingStatus.NotMet },
        { "1283", "he-public-benefit-goals", facts => facts with { Goals = [new GoalFacts("Mål", true, true), new GoalFacts("Mål", true, false)] }, FindingStatus.NotMet },
        { "1283", "he-democracy-conditions", facts => facts with { Vetting = [.. facts.Vetting.Select(vetting => vetting with { Status = VettingStatus.Declared })] }, FindingStatus.Met },
        { "1283", "he-formal-conditions", facts => facts with { Vetting = [.. facts.Vetting.Where(vetting => vetting.Condition != "solvent")] }, FindingStatus.Unanswered },
        { "1283", "he-budget-plan", facts => facts with { HasBudgetPlan = false }, FindingStatus.NotMet },
    };

    [Theory, MemberData(nameof(Table))]
    public void The_facts_decide_the_finding(string code, string ruleId, Func<CaseFacts, CaseFacts> change, FindingStatus expected)
    {
        var pack = Packs.Of(code);
        Assert.Equal(expected, Evaluation.Of(change(Cases.AllWell(pack)), pack).Of(ruleId).Status);
    }

    [Fact]
    public void A_pack_that_measures_contributions_measures_mutuality() => Assert.All(Packs.Codes.Select(Packs.Of), pack =>
        Assert.Equal(pack.Criteria.Any(criterion => criterion.Measure.By == MeasureKind.Contributions), pack.Criteria.Any(criterion => criterion.Key == "mutual-contribution")));

    [Fact]
    public void A_yes_does_not_undo_what_the_facts_show()
    {
        var pack = Packs.Of("2080");
        var facts = Cases.AllWell(pack) with { Contributions = [], ContributionsComplete = true };
        Assert.Equal(FindingStatus.NotMet, Evaluation.Of(facts.Yes("fa-check-both-finance"), pack).Of("fa-check-both-finance").Status);
    }

    [Fact]
    public void Halves_of_a_joint_item_are_answered_apart_and_judged_together()
    {
        var pack = Packs.Of("2080");
        var well = Cases.AllWell(pack);
        FindingStatus Joint(CaseFacts facts) => Assert.Single(Evaluation.Of(facts, pack).JointFindings).Status;
        Assert.Equal(FindingStatus.Met, Joint(well));
        Assert.Equal(FindingStatus.NotMet, Joint(well.No("fa-check-no-private-equivalent")));
        Assert.Equal(FindingStatus.Unanswered, Joint(well.Answer("fa-check-no-market", new GivenAnswer(null))));
    }
}
