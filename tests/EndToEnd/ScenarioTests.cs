using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Journey;
using Iop.Organisations.V1;
using Iop.Testing;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;
using Finding = Iop.Eligibility.V1.Finding;

namespace Iop.EndToEnd;

/// <summary>The scenarios of the field that the path reaches, each through gRPC, with the outcome that it must have.</summary>
[Collection(SharedSuite.Name)]
public sealed partial class ScenarioTests(Suite suite)
{
    [Fact]
    public async Task S01_A_meeting_place_of_the_organisations_own_is_an_IOP_whoever_proposed_the_form()
    {
        var stage = await suite.StageAsync("1285", Told.Of("1285"));
        Assert.Equal(Initiator.Municipality, stage.Story.Case.FormProposer);

        var (@case, evaluation) = await stage.AssessedAsync();

        var registered = await stage.People.Officer.Organisations.GetOrganisationAsync(new GetOrganisationRequest { Name = @case.Organisation });
        Assert.Equal(PartyEligibility.Eligible, registered.PartyEligibility);
        var criteria = evaluation.Findings.Where(finding => finding.Severity != Severity.Optional && finding.RuleId.StartsWith("es-crit-", StringComparison.Ordinal)).ToList();
        Assert.Equal(["es-crit-1", "es-crit-2", "es-crit-3", "es-crit-4"], criteria.Select(finding => finding.RuleId[..9]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(criteria, finding => Assert.Equal(Finding.Types.Status.Met, finding.Status));
        Assert.Equal(Finding.Types.Status.Met, evaluation.Of("es-crit-1-nonprofit-initiative").Status);
        Assert.Contains("es-step-1-propose-form-in-dialogue", evaluation.ReasonsFor(Instrument.Iop));
        Assert.Equal((Evaluation.Types.Outcome.Eligible, Instrument.Iop), (evaluation.Outcome, @case.RoutedInstrument));
        Assert.Equal((GateFinding.Types.State.Pending, true), Gate(evaluation, "es-step-2-legal-assessment-each"));
        Assert.Equal((GateFinding.Types.State.Passed, false), Gate(await new AssessCase(stage).EvaluateAsync(@case, Suite.Deadline()), "es-step-2-legal-assessment-each"));
        @case = await new DecideOnCase(stage).RunAsync(@case, Suite.Deadline());
        var agreed = await new NegotiateAgreement(stage).RunAsync(@case, Suite.Deadline());
        Assert.All(["es-step-3-joint-values-and-idea", "es-step-3-joint-description", "es-step-3-expectations-and-roles"], rule => Assert.Contains(agreed.Sections, section => section.RuleId == rule && !section.Skipped && section.Text.Length + section.GeneratedText.Length > 0));
        Assert.Equal("es-step-5-staff-resources", Assert.Single(agreed.Departures).RuleId);
        Assert.Equal([agreed.TextHash], agreed.Approvals.Select(approval => approval.TextHash).Distinct());

        var agreement = await new SignAgreement(stage).RunAsync(agreed, Suite.Deadline());
        Assert.Equal(Agreement.Types.State.Active, agreement.State);
        var plan = await new FollowUpPartnership(stage).PlanOfAsync(agreement, Suite.Deadline());
        Assert.Equal(("es-step-5-iop-is-a-process", true), (stage.Pack.FollowUpRule.RuleId, plan.CheckInCount > 0));
    }

    [Theory, InlineData("no", Instrument.None), InlineData("yes", Instrument.Procurement)]
    public async Task S02_Competition_on_a_market_bars_an_IOP_whatever_is_motivated(string wantsToBuy, Instrument instrument)
    {
        const string rule = "es-crit-4-no-market-competition";
        var story = Told.Of("1285", wantsToBuy == "no" ? "899999-0024" : null, "Eslövs Rörelselust")
            .Answering(rule, AnswerValue.No).Choosing("municipality-wants-to-buy", wantsToBuy);
        var stage = await suite.StageAsync("1285", story);
        await new KeepThresholds(stage).RunAsync(Suite.Deadline());
        var answered = await new AssessCase(stage).AnswerAsync(await stage.PreparedAsync(), Suite.Deadline());
        var theirs = stage.Representative(answered.Organisation);
        var before = await theirs.Organisations.GetOrganisationAsync(new GetOrganisationRequest { Name = answered.Organisation });

        var motivated = new AnswerCriteriaRequest { Name = answered.Name, Etag = answered.Etag, Motivations = { new Motivation { RuleId = rule, Text = "Vi vill ändå." } } };
        await Refused.ForFieldAsync("motivations[0].rule_id", "MOTIVATION_NOT_ALLOWED", async () => await stage.People.Officer.Cases.AnswerCriteriaAsync(motivated));

        var evaluation = await new AssessCase(stage).EvaluateAsync(answered, Suite.Deadline());
        var finding = evaluation.Of(rule);
        Assert.Equal((Finding.Types.Status.NotMet, Severity.Prohibited, true, "64-65"), (finding.Status, finding.Severity, finding.Blocking, finding.SourceLine));
        Assert.Equal((Evaluation.Types.Outcome.NotEligible, instrument), (evaluation.Outcome, evaluation.Instrument));
        Assert.Contains(evaluation.Reasons, reason => reason.RuleId == "es-not-for-all");
        var against = evaluation.Instruments.Single(found => found.Instrument == Instrument.Iop);
        Assert.Equal(InstrumentFinding.Types.Standing.Excluded, against.Standing);
        Assert.Contains(against.Reasons, reason => reason.RuleId == rule);

        var routed = await new AssessCase(stage).CompleteAsync(answered, Suite.Deadline());
        Assert.Equal((Case.Types.State.Routed, instrument), (routed.State, routed.RoutedInstrument));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_ELIGIBLE", () => new DecideOnCase(stage).SubmitAsync(routed, Suite.Deadline()));

        // The organisation reads why in words that judge the activity and not it, its entry is as it was, and its next case is welcome.
        var told = await theirs.Cases.EvaluateCaseAsync(new EvaluateCaseRequest { Name = routed.Name });
        Assert.Contains("inget underkännande", Assert.Single(told.Reasons, reason => reason.RuleId == "es-not-for-all").Sentence.Sv, StringComparison.Ordinal);
        Assert.Equal(before, await theirs.Organisations.GetOrganisationAsync(new GetOrganisationRequest { Name = routed.Organisation }));
        Assert.Equal(Case.Types.State.Draft, (await new PrepareCase(stage).OpenAsync(before, Suite.Deadline())).State);
    }

    [Fact]
    public async Task S03_An_ordered_service_is_procured()
    {
        var story = Told.Of("1285", "899999-0032", "Stiftelsen Sallerups Omtanke").Answering("es-crit-1-not-an-order", AnswerValue.No);
        story.Organisation.LegalForm = LegalForm.Foundation;
        story.Case.ProcurementFacts = new ProcurementFacts { AnnexTwoService = true, PurchaseKind = "ledsagning", SameKindComplete = true };
        story.Case.ActivityInitiator = Initiator.Municipality;
        story.Case.PlannedExtensionCount = 0;
        story.Case.PlannedExtensionMonths = 0;
        var stage = await suite.StageAsync("1285", story);
        await new KeepThresholds(stage).RunAsync(Suite.Deadline());

        var (@case, evaluation) = await stage.AssessedAsync();

        Assert.Equal((Finding.Types.Status.NotMet, Severity.Recommended, false), Judged(evaluation, "es-crit-1-nonprofit-initiative"));
        Assert.Equal((Finding.Types.Status.NotMet, Severity.Mandatory, true), Judged(evaluation, "es-crit-1-not-an-order"));
        Assert.Equal(Instrument.Procurement, @case.RoutedInstrument);
        Assert.Equal(1_200_000, evaluation.EstimatedValue.Units);
        Assert.Contains("es-crit-1-not-an-order", evaluation.ReasonsFor(Instrument.Procurement));
        Assert.Contains(Instrument.DirectAward, evaluation.Alternatives);
        var direct = Assert.Single(evaluation.Instruments, found => found.Instrument == Instrument.DirectAward);
        Assert.Equal(InstrumentFinding.Types.Standing.Alternative, direct.Standing);
        Assert.Contains(direct.Reasons, reason => reason.RuleId == "es-crit-1-not-an-order" && reason.LawReferences.Any(law => law.StartsWith("LOU", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task S05_The_committee_decides_and_two_sign_jointly()
    {
        var stage = await suite.StageAsync("0580", Told.Of("0580"));
        var (assessed, evaluation) = await stage.AssessedAsync();
        Assert.Equal((Finding.Types.Status.Met, Severity.Conditional, false), Judged(evaluation, "li-crit-8-mutual-wish-non-market"));
        Assert.Equal(8, evaluation.Findings.Count(finding => finding.RuleId.StartsWith("li-crit-", StringComparison.Ordinal) && finding.Status == Finding.Types.Status.Met));

        Assert.Equal(Finding.Types.Status.Met, evaluation.Of("li-municipal-goal-link").Status);
        Assert.Equal(["4", "7"], assessed.MunicipalGoalLinks.Select(link => link.Goal).Order(StringComparer.Ordinal));

        // Neither the officer's role nor a person who has assessed is enough.
        var submitted = await new DecideOnCase(stage).SubmitAsync(assessed, Suite.Deadline());
        var decision = new DecideCaseRequest { Name = submitted.Name, Etag = submitted.Etag, Decision = new DecideOnCase(stage).Decision() };
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", async () => await stage.People.Officer.Cases.DecideCaseAsync(decision));
        var own = await Refused.ByAsync(StatusCode.FailedPrecondition, "ASSESSOR_CANNOT_DECIDE", async () => await suite.OfficerWhoDecides(stage).Cases.DecideCaseAsync(decision));
        Assert.Equal("li-board-decides", own.Metadata["rule"]);
        var decided = await stage.People.DecisionMaker.Cases.DecideCaseAsync(decision);
        Assert.Equal("BN 2026-118", decided.Decision.ReferenceNumber);
        Assert.Equal((stage.Pack.Name, 4), (decided.Decision.GuidelinePack, decided.Decision.BasisDocuments.Count(document => document.RuleId == "li-decision-basis-documents")));
        var memo = await stage.People.Officer.Cases.GetDecisionMemoAsync(
            new GetDecisionMemoRequest { Name = $"{decided.Name}/decisionMemo", Format = DecisionMemoFormat.Markdown });
        Assert.All(decided.Decision.BasisDocuments, document => Assert.Contains(document.Title, memo.Markdown, StringComparison.Ordinal));

        var agreed = await new NegotiateAgreement(stage).RunAsync(decided, Suite.Deadline());
        var signing = new SignAgreement(stage);
        var agreement = await signing.OpenAsync(agreed, Suite.Deadline());
        var jointly = agreement.RequiredSignatures.Single(required => required.PartyId == "organisationen");
        Assert.Equal((2, 2), (jointly.RequiredCount, jointly.Signatories.Count));
        foreach (var person in agreement.RequiredSignatures.Single(required => required.PartyId == "bildning").Signatories.Append(jointly.Signatories[0]))
        {
            agreement = await signing.SignAsync(agreement, person, Suite.Deadline());
            Assert.Equal(Agreement.Types.State.AwaitingSignatures, agreement.State);
        }

        // When the one who remains is reminded is known; that it is done is shown where Agreements alone decides (SigningWaysApiTests).
        Assert.NotEmpty(agreement.SigningRounds[^1].ReminderDates);
        agreement = await signing.SignAsync(agreement, jointly.Signatories[1], Suite.Deadline());
        Assert.Equal(Agreement.Types.State.Active, agreement.State);
    }

    [Fact]
    public async Task S06_Without_a_programme_that_names_organisations_a_grant_is_suggested()
    {
        var story = Told.Of("0580", "899999-0065", "Stångåns Kretsloppsvänner")
            .Answering("li-crit-2-political-programme", AnswerValue.No).Answering("li-scope-social-welfare", AnswerValue.No);
        story.Case.ProgrammeLinks.Clear();
        story.Case.Domain = "";
        var stage = await suite.StageAsync("0580", story);

        var (@case, evaluation) = await stage.AssessedAsync();

        Assert.Equal("li-crit-2-political-programme", Assert.Single(evaluation.Findings, finding => finding.Blocking).RuleId);
        Assert.Equal((Finding.Types.Status.NotMet, Severity.Informative, false), Judged(evaluation, "li-scope-social-welfare"));
        Assert.Equal(Instrument.Grant, @case.RoutedInstrument);
        Assert.Contains("li-crit-2-political-programme", evaluation.ReasonsFor(Instrument.Grant));

        // Not for ever: with a programme it would be another matter, and the way back is open.
        Assert.True(evaluation.Counterfactual.Possible);
        Assert.Equal(["li-crit-2-political-programme"], evaluation.Counterfactual.Changes.Select(change => change.RuleId));
        var organisation = await stage.People.Officer.Organisations.GetOrganisationAsync(new GetOrganisationRequest { Name = @case.Organisation });
        Assert.Equal(Case.Types.State.Draft, (await new PrepareCase(stage).OpenAsync(organisation, Suite.Deadline())).State);
    }

    private static (GateFinding.Types.State State, bool Blocking) Gate(Evaluation evaluation, string ruleId) =>
        evaluation.Gates.Where(gate => gate.RuleId == ruleId).Select(gate => (gate.State, gate.Blocking)).Single();

    private static (Finding.Types.Status Status, Severity Severity, bool Blocking) Judged(Evaluation evaluation, string ruleId)
    {
        var finding = evaluation.Of(ruleId);
        return (finding.Status, finding.Severity, finding.Blocking);
    }
}
