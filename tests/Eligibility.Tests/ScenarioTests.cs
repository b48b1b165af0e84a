using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Tests;

/// <summary>The eligibility part of the scenarios that the product must play.</summary>
public class ScenarioTests
{
    private static readonly ProcurementFacts Limits = new() { DirectAwardLimit = 700_000, AnnexTwoLimit = 8_109_450, IsSameKindComplete = true };

    [Fact]
    public void S01_A_meeting_place_on_the_organisations_initiative_is_an_IOP()
    {
        var evaluation = Evaluate("1285", facts => facts with { FormProposer = Initiator.Municipality });
        Assert.Equal(Instrument.Iop, evaluation.Routing.Recommended);
        Assert.Equal(FindingStatus.Met, evaluation.Of("es-crit-1-nonprofit-initiative").Status);
        Assert.Equal(GateState.Passed, Gate(evaluation, "es-step-2-legal-assessment-each").State);
    }

    [Theory, InlineData(false, Instrument.None), InlineData(true, Instrument.Procurement)]
    public void S02_Competition_on_a_market_bars_an_IOP_whatever_is_motivated(bool wantsToBuy, Instrument expected)
    {
        const string rule = "es-crit-4-no-market-competition";
        var evaluation = Evaluate("1285", facts => (wantsToBuy ? facts.Yes("municipality-wants-to-buy") : facts).No(rule).Motivated(rule));
        var finding = evaluation.Of(rule);
        Assert.Equal((FindingStatus.NotMet, Severity.Prohibited, true), (finding.Status, finding.Severity, finding.IsBlocking));
        Assert.Equal("64-65", finding.SourceLine);
        Assert.Equal(Outcome.NotEligible, evaluation.Outcome);
        Assert.Equal(expected, evaluation.Routing.Recommended);
        Assert.Contains(evaluation.Routing.Reasons, reason => reason.RuleId == "es-not-for-all");
    }

    [Theory, InlineData(false, false), InlineData(true, true)]
    public void S03_An_ordered_service_is_procured_with_direct_award_where_the_limit_allows(bool annexTwo, bool directAward)
    {
        var evaluation = Evaluate("1285", facts => facts.No("es-crit-1-not-an-order") with
        {
            ActivityInitiator = Initiator.Municipality,
            Procurement = Limits with { EstimatedValue = 1_200_000, IsAnnexTwoService = annexTwo },
        });
        Assert.True(evaluation.Of("es-crit-1-nonprofit-initiative").NeedsMotivation);
        Assert.True(evaluation.Of("es-crit-1-not-an-order").IsBlocking);
        Assert.Equal(Instrument.Procurement, evaluation.Routing.Recommended);
        Assert.Equal(directAward, evaluation.Routing.Alternatives.Contains(Instrument.DirectAward));
        if (directAward)
        {
            var reason = evaluation.Routing.Reasons.First(reason => reason.Instrument == Instrument.DirectAward);
            Assert.Contains(reason.Law, law => law.StartsWith("LOU", StringComparison.Ordinal));
        }

        var against = evaluation.Instruments.Single(finding => finding.Instrument == Instrument.Iop);
        Assert.Equal(Standing.Excluded, against.Standing);
        Assert.Contains("es-crit-1-not-an-order", against.Reasons.Select(reason => reason.RuleId));
    }

    [Fact]
    public void S05_All_eight_conditions_met_leads_to_a_committee_decision_on_four_documents()
    {
        var pack = Packs.Of("0580");
        var evaluation = Evaluate("0580", facts => facts with { Decided = false });
        Assert.True(evaluation.IsReadyForDecision);
        Assert.Equal(8, evaluation.Findings.Count(finding => finding.RuleId.StartsWith("li-crit-", StringComparison.Ordinal)));
        Assert.Equal((DecisionBody.Committee, false), (pack.Decision.Body, pack.Decision.SelfApprovalAllowed));
        Assert.Equal("li-board-decides", pack.Decision.Provenance.RuleId);
        Assert.Equal(4, pack.Documents.Count(document => document.Set == DocumentSet.DecisionBasis));
        Assert.Matches(pack.CaseReference.Pattern, "BN 2026-118");
    }

    [Fact]
    public void S06_Without_a_programme_that_names_organisations_a_grant_is_suggested()
    {
        var evaluation = Evaluate("0580", facts => facts.No("li-crit-2-political-programme") with { ProgrammeLinks = [], Domain = "repair" });
        Assert.Equal(Outcome.NotEligible, evaluation.Outcome);
        Assert.Equal(Instrument.Grant, evaluation.Routing.Recommended);
        Assert.Equal("li-crit-2-political-programme", Assert.Single(evaluation.Findings, finding => finding.IsBlocking).RuleId);
        var scope = evaluation.Of("li-scope-social-welfare");
        Assert.Equal((FindingStatus.NotMet, false), (scope.Status, scope.IsBlocking));
    }

    [Fact]
    public void S08_Documents_that_exist_but_are_not_sent_hold_the_decision_until_supplemented_or_motivated()
    {
        const string rule = "ga-documents-request-if-exist";
        CaseFacts With(CaseFacts facts, DocumentStatus status) => facts with
        {
            Documents = new Dictionary<string, DocumentStatus>(facts.Documents, StringComparer.Ordinal) { ["audit-report"] = status },
        };

        var missing = Evaluate("2180", facts => With(facts, DocumentStatus.Missing));
        Assert.True(missing.Of(rule).NeedsMotivation);
        Assert.Equal(Outcome.Incomplete, missing.Outcome);
        Assert.False(missing.IsReadyForDecision);
        Assert.Equal(Outcome.EligibleWithMotivation, Evaluate("2180", facts => With(facts, DocumentStatus.Missing).Motivated(rule)).Outcome);
        Assert.Equal(FindingStatus.Unanswered, Evaluate("2180", facts => With(facts, DocumentStatus.Requested)).Of(rule).Status);
        Assert.Equal(Outcome.Eligible, Evaluate("2180", facts => With(facts, DocumentStatus.DeclaredNonExistent)).Outcome);
    }

    [Fact]
    public void S11_A_checklist_of_truths_is_preliminary_until_the_lawyer_has_looked_at_the_case()
    {
        var before = Evaluate("2080", facts => facts with { LegalAssessment = LegalAssessmentState.NotDone });
        Assert.Equal(Outcome.Eligible, before.Outcome);
        Assert.True(before.IsPreliminary);
        Assert.True(before.Routing.IsPreliminary);
        Assert.False(before.IsReadyForDecision);
        Assert.Equal(GateState.Passed, Gate(before, "fa-checklist-first-assessment").State);
        Assert.True(Gate(before, "fa-case-by-case-grey-zone").IsBlocking);
        Assert.Equal(FindingStatus.Met, Assert.Single(before.JointFindings).Status);

        var after = Evaluate("2080", facts => facts);
        Assert.Equal((Instrument.Iop, true), (after.Routing.Recommended, after.IsReadyForDecision));
    }

    [Fact]
    public void S12_Only_money_for_rent_is_a_grant()
    {
        var evaluation = Evaluate("2080", facts => facts.Yes("only-long-term-funding").No("fa-check-both-finance") with
        {
            Contributions = [facts.Contributions[1]],
        });
        Assert.Equal(Outcome.NotEligible, evaluation.Outcome);
        Assert.Equal(Instrument.Grant, evaluation.Routing.Recommended);
        var reason = evaluation.Routing.Reasons.First(candidate => candidate.Instrument == Instrument.Grant);
        Assert.Equal(("fa-route-only-long-term-funding", true), (reason.RuleId, reason.IsInterpretation));
        Assert.True(evaluation.Of("fa-check-both-finance").IsBlocking);
    }

    [Fact]
    public void S14_A_self_running_museum_is_routed_to_a_grant_even_with_criteria_unanswered()
    {
        var pack = Packs.Of("1283");
        var facts = new CaseFacts { Procurement = new ProcurementFacts { Result = ProcurementGateResult.NotRequired } };
        var evaluation = Evaluation.Of(facts.No("active-regular-cooperation"), pack);
        Assert.Equal(GateState.Passed, Gate(evaluation, "he-procurement-gate-first").State);
        Assert.Equal(Instrument.Grant, evaluation.Routing.Recommended);
        Assert.Contains(evaluation.Routing.Reasons, reason =>
            reason is { RuleId: "he-route-self-running-to-grant", Strength: RoutingStrength.ExcludesIop });
    }

    [Fact]
    public void S15_Operating_a_care_home_is_procured_and_may_be_reserved()
    {
        var evaluation = Evaluate("1283", facts => facts.Yes("operation-for-city") with
        {
            Contributions = [facts.Contributions[1]],
            Procurement = Limits with { Result = ProcurementGateResult.Required, EstimatedValue = 30_000_000, IsAnnexTwoService = true },
        });
        Assert.Equal(Outcome.NotEligible, evaluation.Outcome);
        Assert.Equal(GateState.Failed, Gate(evaluation, "he-procurement-gate-first").State);
        Assert.Equal(Instrument.Procurement, evaluation.Routing.Recommended);
        Assert.Contains(Instrument.ReservedProcurement, evaluation.Routing.Alternatives);
        Assert.DoesNotContain(Instrument.DirectAward, evaluation.Routing.Alternatives);
        var reserved = evaluation.Instruments.Single(finding => finding.Instrument == Instrument.ReservedProcurement);
        Assert.Equal(Standing.Alternative, reserved.Standing);
        Assert.Contains(reserved.Reasons.SelectMany(reason => reason.Law), law => law.Contains("2022:900", StringComparison.Ordinal));
        Assert.Superset(
            new HashSet<string?> { "he-procurement-gate-first", "he-route-operation-to-procurement" },
            evaluation.Routing.Reasons.Select(reason => reason.RuleId).ToHashSet());
    }

    [Fact]
    public void S15_Where_the_conditions_of_the_law_are_met_the_procurement_is_reserved()
    {
        var evaluation = Evaluate("1283", facts => facts.Yes("operation-for-city") with
        {
            Procurement = Limits with
            {
                Result = ProcurementGateResult.Required,
                EstimatedValue = 30_000_000,
                IsAnnexTwoService = true,
                ReservedConditionsMet = true,
                Reservability = Reservability.Listed,
            },
        });
        Assert.Equal(Instrument.ReservedProcurement, evaluation.Routing.Recommended);
        Assert.Contains(Instrument.Procurement, evaluation.Routing.Alternatives);
        Assert.Equal("law-reserved-procurement", evaluation.Routing.Reasons[0].RuleId);
    }

    [Fact]
    public void The_procurement_gate_comes_before_the_criteria()
    {
        var evaluation = Evaluate("1283", facts => facts with { Procurement = new ProcurementFacts() });
        Assert.Equal(Outcome.Incomplete, evaluation.Outcome);
        Assert.Equal(GateState.Pending, Gate(evaluation, "he-procurement-gate-first").State);
    }

    [Fact]
    public void A_missing_idea_meeting_can_be_motivated()
    {
        CaseFacts Without(CaseFacts facts) => facts with { Meetings = [.. facts.Meetings.Where(meeting => meeting.Kind != MeetingKind.IdeaMeeting)] };

        const string rule = "ga-idea-meeting-before-agreement";
        Assert.True(Gate(Evaluate("2180", Without), rule).IsBlocking);
        Assert.Equal(GateState.Motivated, Gate(Evaluate("2180", facts => Without(facts).Motivated(rule)), rule).State);
    }

    private static Evaluation Evaluate(string code, Func<CaseFacts, CaseFacts> change)
    {
        var pack = Packs.Of(code);
        return Evaluation.Of(change(Cases.AllWell(pack)), pack);
    }

    private static GateFinding Gate(Evaluation evaluation, string ruleId) => evaluation.Gates.First(gate => gate.RuleId == ruleId);
}
