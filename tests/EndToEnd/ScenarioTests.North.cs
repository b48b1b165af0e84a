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

public sealed partial class ScenarioTests
{
    [Fact]
    public async Task S08_Documents_that_are_not_sent_hold_the_case_until_they_are_or_are_motivated()
    {
        const string rule = "ga-documents-request-if-exist";
        var stage = await suite.StageAsync("2180", Told.Of("2180"));
        var unsent = stage.Pack.Documents.Where(document => document.Kind is DocumentKind.AuditReport or DocumentKind.FinancialReport).ToList();
        unsent.ForEach(document => stage.Pack.Documents.Remove(document));
        var assessing = new AssessCase(stage);
        var @case = await assessing.AnswerAsync(await stage.PreparedAsync(), Suite.Deadline());

        Assert.Equal(Finding.Types.Status.Unanswered, (await assessing.EvaluateAsync(@case, Suite.Deadline())).Of(rule).Status);
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_INCOMPLETE", () => assessing.CompleteAsync(@case, Suite.Deadline()));
        Assert.Equal(rule, refused.Metadata["rules"]);

        // The board's motivation lets the case go on; so does the supplement, which then needs no motivation.
        var motivation = new Motivation { RuleId = rule, Text = "Nämnden känner föreningen väl och väntar in handlingarna." };
        @case = await ReminderAsync(await ReminderAsync(@case));
        Assert.All(@case.AskedDocuments, document => Assert.Equal(AskedDocument.Types.State.Missing, document.State));
        Assert.Equal(unsent.Select(document => document.Kind).Order(), @case.AskedDocuments.Select(document => document.Kind).Order());
        var asked = new AnswerCriteriaRequest { Name = @case.Name, Etag = @case.Etag, Motivations = { motivation } };
        var missing = await assessing.EvaluateAsync(@case, Suite.Deadline());
        Assert.Equal((Finding.Types.Status.NotMet, Severity.Recommended, false), Judged(missing, rule));
        Assert.Equal(Evaluation.Types.Outcome.Incomplete, missing.Outcome);
        refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_INCOMPLETE", () => assessing.CompleteAsync(@case, Suite.Deadline()));
        Assert.Equal(rule, refused.Metadata["rules"]);
        await Refused.ForFieldAsync("motivations[0].rule_id", "MOTIVATION_OF_BODY", async () => await stage.People.Officer.Cases.AnswerCriteriaAsync(asked));
        Assert.Equal([1, 2], @case.DocumentRequests.Select(reminder => reminder.RequestNumber));
        var motivated = await stage.People.DecisionMaker.Cases.AnswerCriteriaAsync(asked);
        var evaluation = await assessing.EvaluateAsync(motivated, Suite.Deadline());
        Assert.Equal((Finding.Types.Status.Motivated, Evaluation.Types.Outcome.EligibleWithMotivation), (evaluation.Of(rule).Status, evaluation.Outcome));

        foreach (var document in unsent)
        {
            await RegisterOrganisation.UploadAsync(
                stage.Representative(@case.Organisation).Documents, @case.Organisation, document.Kind, document.Text.Sv, SmallPdf.Of(document.Text.Sv), Suite.Deadline());
        }

        var supplemented = motivated;
        Assert.Equal(Evaluation.Types.Outcome.Eligible, (await assessing.EvaluateAsync(supplemented, Suite.Deadline())).Outcome);
        Assert.Equal(Case.Types.State.LegalAssessment, (await assessing.CompleteAsync(supplemented, Suite.Deadline())).State);

        // Asked for in time, by letter, and not sent: missing, which is another thing than not existing.
        async Task<Case> ReminderAsync(Case current) => await stage.People.Officer.Cases.RequestDocumentsAsync(new RequestDocumentsRequest
        {
            Name = current.Name,
            Etag = current.Etag,
            DocumentRequest = new DocumentRequest
            {
                Kinds = { DocumentKind.AuditReport, DocumentKind.FinancialReport },
                RequestDate = Calendar.Today.AddDays(-30).ToProto(),
                DueDate = Calendar.Today.AddDays(-1).ToProto(),
            },
        });
    }

    [Fact]
    public async Task S11_A_checklist_of_truths_is_no_approval_until_the_lawyer_has_looked_at_the_case()
    {
        var stage = await suite.StageAsync("2080", Told.Of("2080"));
        var assessing = new AssessCase(stage);
        var answered = await assessing.AnswerAsync(await stage.PreparedAsync(), Suite.Deadline());
        var evaluation = await assessing.EvaluateAsync(answered, Suite.Deadline());
        Assert.Equal((Evaluation.Types.Outcome.Eligible, true), (evaluation.Outcome, evaluation.Preliminary));
        Assert.Equal((GateFinding.Types.State.Passed, false), Gate(evaluation, "fa-checklist-first-assessment"));
        Assert.Equal((GateFinding.Types.State.Pending, true), Gate(evaluation, "fa-case-by-case-grey-zone"));
        Assert.Equal(Finding.Types.Status.Met, Assert.Single(evaluation.JointFindings, joint => joint.Key == "market").Status);
        Assert.All(["fa-check-no-market", "fa-check-no-private-equivalent"], half => Assert.Equal(Finding.Types.Status.Met, evaluation.Of(half).Status));
        var completed = await assessing.CompleteAsync(answered, Suite.Deadline());

        Assert.Equal((Case.Types.State.LegalAssessment, Instrument.Unspecified), (completed.State, completed.RoutedInstrument));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_STATE_NOT_ALLOWED", async () => await stage.People.DecisionMaker.Cases.DecideCaseAsync(
            new DecideCaseRequest { Name = completed.Name, Etag = completed.Etag, Decision = new DecideOnCase(stage).Decision() }));

        var assessed = await assessing.AssessLegallyAsync(completed, LegalAssessment.Types.Kind.Full, Suite.Deadline());
        Assert.Equal((Case.Types.State.Routed, Instrument.Iop), (assessed.State, assessed.RoutedInstrument));
        Assert.Equal((GateFinding.Types.State.Passed, false), Gate(await assessing.EvaluateAsync(assessed, Suite.Deadline()), "fa-case-by-case-grey-zone"));
        await ShownBesideTheExamplesAsync(stage, await new DecideOnCase(stage).RunAsync(assessed, Suite.Deadline()));
    }

    // fa-example-library: what was decided is found by the next one who asks, next to what others have published.
    private static async Task ShownBesideTheExamplesAsync(Stage stage, Case decided)
    {
        var precedents = stage.People.Officer.Precedents;
        var published = await precedents.PublishPrecedentAsync(new PublishPrecedentRequest
        {
            Parent = stage.Parent,
            Precedent = new Precedent { Case = decided.Name, Title = "Gåvänner för äldre", Summary = "Vandringsgrupper bröt ensamheten där kommunen inte nådde fram." },
            Reviewed = true,
            RequestId = Stage.NewRequestId(),
        });
        Assert.Equal((Instrument.Iop, Decision.Types.Outcome.Approved), (published.Instrument, published.DecisionOutcome));
        Assert.Contains(published.Findings, finding => finding is { RuleId: "fa-check-no-market", Status: Finding.Types.Status.Met });
        Assert.Contains(published.Name, (await ListAsync(PrecedentSource.Own)).Select(precedent => precedent.Name));
        Assert.Contains(await ListAsync(PrecedentSource.PublicExample), example => example.Title.Contains("PRO", StringComparison.Ordinal) && example.SourceReference.Length > 0);

        async Task<IReadOnlyList<Precedent>> ListAsync(PrecedentSource source) =>
            (await precedents.ListPrecedentsAsync(new ListPrecedentsRequest { Parent = stage.Parent, Source = source, PageSize = 200 })).Precedents;
    }

    [Fact]
    public async Task S12_Only_money_for_rent_is_a_grant()
    {
        var story = Told.Of("2080", "899999-0123", "Runns Båtvänner").WithoutContributionsOf(PartySide.CivilSociety)
            .Answering("fa-check-both-finance", AnswerValue.No).Choosing("only-long-term-funding", "yes");
        var stage = await suite.StageAsync("2080", story);

        var (@case, evaluation) = await stage.AssessedAsync();

        Assert.True(evaluation.Of("fa-check-both-finance").Blocking);
        Assert.Equal((Evaluation.Types.Outcome.NotEligible, Instrument.Grant), (evaluation.Outcome, @case.RoutedInstrument));
        Assert.Contains("fa-route-only-long-term-funding", evaluation.ReasonsFor(Instrument.Grant));

        // What the association would have to bring for it to be a partnership.
        Assert.True(evaluation.Counterfactual.Possible);
        Assert.Equal(new HashSet<string> { "fa-both-contribute", "fa-check-both-finance" }, evaluation.Counterfactual.Changes.Select(change => change.RuleId).ToHashSet());
    }

    [Fact]
    public async Task S14_A_self_running_museum_is_routed_to_a_grant_and_gets_no_agreement()
    {
        var stage = await suite.StageAsync("1283", Told.Of("1283").Choosing("active-regular-cooperation", "no"));

        var (@case, evaluation) = await stage.AssessedAsync();

        Assert.Equal(LegalAssessment.Types.Conclusion.IopPossible, Assert.Single(@case.LegalAssessments).Conclusion);
        Assert.Equal((GateFinding.Types.State.Passed, false), Gate(evaluation, "he-procurement-gate-first"));
        Assert.Equal(Evaluation.Types.Outcome.NotEligible, evaluation.Outcome);
        Assert.Contains("he-route-self-running-to-grant", evaluation.ReasonsFor(Instrument.Grant));
        Assert.Equal((Case.Types.State.Routed, Instrument.Grant), (@case.State, @case.RoutedInstrument));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_APPROVED", () => new NegotiateAgreement(stage).DrawUpAsync(@case, Suite.Deadline()));
        Assert.Empty((await stage.People.Officer.Agreements.ListAgreementsAsync(
            new ListAgreementsRequest { Parent = stage.Parent, Filter = $"case = \"{@case.Name}\"" })).Agreements);
    }

    [Fact]
    public async Task S15_Operating_a_care_home_is_procured_and_may_be_reserved()
    {
        var story = Told.Of("1283", "899999-0149", "Stiftelsen Havsbrisens Omsorg").WithoutContributionsOf(PartySide.CivilSociety).Choosing("operation-for-city", "yes");
        story.Organisation.LegalForm = LegalForm.Foundation;
        story.Case.ProcurementFacts = new ProcurementFacts { AnnexTwoService = true };
        story.LegalAssessment.Conclusion = LegalAssessment.Types.Conclusion.NotPossible;
        story.LegalAssessment.Ground = LegalGround.Unspecified;
        story.LegalAssessment.Acquisition = true;
        story.LegalAssessment.Remuneration = true;
        story.LegalAssessment.EnforceablePerformance = true;
        story.LegalAssessment.DirectEconomicInterest = true;
        story.LegalAssessment.RedFlags.Add("Ersättning per plats och dygn, som i ett driftavtal.");
        story.Case.Title = "Drift av ett vårdboende med 24 platser";
        story.Case.Contributions.Clear();
        story.Case.Contributions.Add(new Contribution
        {
            PartyId = story.Case.Parties.First(party => party.Side == PartySide.Public).PartyId,
            Type = ContributionType.Money,
            Description = "Fast ersättning, 6 000 000 kronor om året",
            Value = new Money { Units = 18_000_000 },
        });
        (story.Case.PlannedTermMonths, story.Case.PlannedExtensionCount, story.Case.PlannedExtensionMonths) = (36, 2, 12);
        var stage = await suite.StageAsync("1283", story);
        await new KeepThresholds(stage).RunAsync(Suite.Deadline());

        var (@case, evaluation) = await stage.AssessedAsync();

        Assert.Equal((Evaluation.Types.Outcome.NotEligible, Instrument.Procurement), (evaluation.Outcome, @case.RoutedInstrument));
        Assert.Superset(new HashSet<string> { "he-procurement-gate-first", "he-route-operation-to-procurement" }, evaluation.ReasonsFor(Instrument.Procurement).ToHashSet());
        Assert.Equal(GateFinding.Types.State.Failed, Gate(evaluation, "he-procurement-gate-first").State);
        Assert.Equal(30_000_000, evaluation.EstimatedValue.Units);
        var checklist = await stage.People.Lawyer.Cases.GetLegalChecklistAsync(new GetLegalChecklistRequest { Name = @case.Name });
        Assert.Superset(
            new HashSet<string> { "operates-statutory-service", "fixed-yearly-fee", "no-cso-contribution", "value-above-threshold" },
            checklist.RedFlags.Where(flag => flag.Proposed).Select(flag => flag.Code).ToHashSet());
        Assert.Contains(Instrument.ReservedProcurement, evaluation.Alternatives);
        Assert.DoesNotContain(Instrument.DirectAward, evaluation.Alternatives);
        Assert.Contains("law-act-registration", evaluation.ReasonsFor(Instrument.ReservedProcurement));
        Assert.Contains(evaluation.Reasons.SelectMany(reason => reason.LawReferences), law => law.Contains("2022:900", StringComparison.Ordinal));
    }
}
