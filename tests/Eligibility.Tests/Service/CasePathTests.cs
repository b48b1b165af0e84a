using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Case = Iop.Eligibility.V1.Case;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class CasePathTests(EligibilityFixture service)
{
    [Theory]
    [InlineData(EligibilityFixture.Eslov)]
    [InlineData(EligibilityFixture.Linkoping)]
    [InlineData(EligibilityFixture.Gavle)]
    [InlineData(EligibilityFixture.Falun)]
    [InlineData(EligibilityFixture.Helsingborg)]
    public async Task Under_every_pack_a_good_case_goes_from_draft_to_approval(string municipality)
    {
        var journey = new Journey(service, municipality);
        var @case = await journey.DraftAsync();
        Assert.Equal((State.Draft, $"{journey.Parent}/guidelinePacks/{Packs.Of(municipality).Version}"), (@case.State, @case.GuidelinePack));

        foreach (var document in Packs.Of(municipality).Documents)
        {
            var kind = Enum.GetValues<Organisations.V1.DocumentKind>().FirstOrDefault(kind => Domain.Cases.Codes.KeyOf(kind) == document.Type);
            service.Organisations.Add(@case.Organisation, kind, Organisations.V1.Document.Types.State.Accepted);
        }

        @case = await journey.AsOfficer.RecordDialogueAsync(Journey.Dialogue(@case));
        Assert.Equal(State.Dialogue, @case.State);
        @case = await journey.AnsweredAsync(@case);
        Assert.Equal(State.PreliminaryAssessment, @case.State);
        @case = await journey.LegallyAssessedAsync(@case, Journey.AsGate);
        @case = await journey.CompleteAsync(@case);
        Assert.Equal((State.LegalAssessment, Journey.Officer), (@case.State, @case.PreliminaryAssessment.CompletedBy));
        Assert.Equal(Packs.Of(municipality).Criteria.Count, @case.PreliminaryAssessment.Evaluation.Findings.Count);
        @case = await journey.LegallyAssessedAsync(@case);
        Assert.Equal((State.Routed, Instrument.Iop), (@case.State, @case.RoutedInstrument));
        @case = await journey.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });
        Assert.Equal(State.DecisionPending, @case.State);
        @case = await journey.AsDecider.DecideCaseAsync(journey.Decide(@case));
        Assert.Equal((State.Approved, Journey.Decider), (@case.State, @case.Decision.DecidedBy));
        var decided = Assert.IsType<CaseDecided>(Assert.Single(await service.EventsOfAsync(@case.Name)));
        Assert.Equal((municipality, "APPROVED", "IOP", @case.GuidelinePack), (decided.Municipality, decided.Outcome, decided.Instrument, decided.GuidelinePack));
    }

    [Fact]
    public async Task Given_the_facts_of_the_register_then_its_name_for_the_party_stands_and_the_callers_token_was_sent_along()
    {
        var @case = await new Journey(service, EligibilityFixture.Eslov).DraftAsync(facts => facts.Parties[0].DisplayName = "Ett annat namn");

        Assert.Equal("Öppna Famnen", @case.Parties.Single(party => party.PartyId == "famnen").DisplayName);
        Assert.StartsWith("Bearer ", service.Organisations.LastToken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_only_a_title_and_an_organisation_then_the_draft_is_saved_with_the_organisation_as_party()
    {
        var organisation = service.Organisations.Add(EligibilityFixture.Eslov);
        var journey = new Journey(service, EligibilityFixture.Eslov);
        var @case = await journey.AsOfficer.CreateCaseAsync(
            new CreateCaseRequest { Parent = journey.Parent, Case = new Case { Title = "En idé", Organisation = organisation } });

        var party = Assert.Single(@case.Parties);
        Assert.Equal((organisation, true, "Öppna Famnen"), (party.Organisation, party.Lead, party.DisplayName));
        Assert.Equal(Evaluation.Types.Outcome.Incomplete, (await journey.EvaluateAsync(@case)).Outcome);
    }

    [Fact]
    public async Task Evaluating_stores_nothing()
    {
        var journey = new Journey(service, EligibilityFixture.Falun);
        var @case = await journey.InDialogueAsync();

        var evaluation = await journey.EvaluateAsync(@case);

        Assert.Equal(Evaluation.Types.Outcome.Incomplete, evaluation.Outcome);
        Assert.Equal(@case, await journey.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));
    }

    [Fact]
    public async Task Given_a_market_in_Eslov_then_the_case_is_routed_away_and_says_why()
    {
        var journey = new Journey(service, EligibilityFixture.Eslov);
        var @case = await journey.CompleteAsync(await journey.AnsweredAsync(await journey.InDialogueAsync(), "es-crit-4-no-market-competition"));

        Assert.Equal((State.Routed, Instrument.None), (@case.State, @case.RoutedInstrument));
        var evaluation = @case.PreliminaryAssessment.Evaluation;
        Assert.Equal(Evaluation.Types.Outcome.NotEligible, evaluation.Outcome);
        var finding = evaluation.Findings.Single(finding => finding.RuleId == "es-crit-4-no-market-competition");
        Assert.Equal((Finding.Types.Status.NotMet, Severity.Prohibited, true, "64-65"), (finding.Status, finding.Severity, finding.Blocking, finding.SourceLine));
        Assert.Contains(evaluation.Reasons, reason => reason.Instrument == Instrument.Iop && reason.Effect == RoutingEffect.Excludes);
    }

    [Fact]
    public async Task Given_procurement_first_and_a_gate_that_finds_procurement_then_the_criteria_decide_nothing()
    {
        var journey = new Journey(service, EligibilityFixture.Helsingborg);
        await journey.EnterThresholdsAsync();
        var @case = await journey.AnsweredAsync(await journey.InDialogueAsync());
        @case = await journey.LegallyAssessedAsync(@case, assessment =>
        {
            Journey.AsGate(assessment);
            Journey.NotPossible(assessment);
        });

        @case = await journey.CompleteAsync(@case);

        Assert.Equal((State.Routed, Instrument.Procurement), (@case.State, @case.RoutedInstrument));
        Assert.Contains(@case.PreliminaryAssessment.Evaluation.Reasons, reason => reason.RuleId == "he-procurement-gate-first");
    }

    [Fact]
    public async Task Given_a_full_assessment_that_says_no_then_the_case_is_routed_to_procurement()
    {
        var journey = new Journey(service, EligibilityFixture.Falun);
        await journey.EnterThresholdsAsync();
        var @case = await journey.LegallyAssessedAsync(await journey.AssessedAsync(), Journey.NotPossible);

        Assert.Equal(State.Routed, @case.State);
        Assert.Equal(Instrument.Procurement, @case.RoutedInstrument);
    }

    [Fact]
    public async Task Given_a_self_running_activity_then_a_grant_is_the_way()
    {
        var journey = new Journey(service, EligibilityFixture.Helsingborg);
        var @case = await journey.AnsweredAsync(await journey.InDialogueAsync());
        @case = await journey.LegallyAssessedAsync(@case, Journey.AsGate);
        @case = await journey.AsOfficer.AnswerCriteriaAsync(new AnswerCriteriaRequest
        {
            Name = @case.Name,
            Etag = @case.Etag,
            Answers = { new CriterionAnswer { QuestionKey = "active-regular-cooperation", Option = "no" } },
        });

        Assert.Equal("no", @case.Answers.Single(answer => answer.QuestionKey == "active-regular-cooperation").Option);
        Assert.Equal(Instrument.Grant, (await journey.CompleteAsync(@case)).RoutedInstrument);
    }

    [Fact]
    public async Task Returned_for_more_work_then_the_assessments_are_superseded_and_the_case_can_come_again()
    {
        var journey = new Journey(service, EligibilityFixture.Falun);
        var @case = await journey.SubmittedAsync();

        @case = await journey.AsDecider.ReturnCaseAsync(new ReturnCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Budgeten saknas" });

        Assert.Equal((State.PreliminaryAssessment, "Budgeten saknas", Instrument.Unspecified), (@case.State, @case.ReturnReason, @case.RoutedInstrument));
        Assert.True(Assert.Single(@case.LegalAssessments).Superseded);
        @case = await journey.LegallyAssessedAsync(await journey.CompleteAsync(@case));
        Assert.Equal([true, false], @case.LegalAssessments.Select(assessment => assessment.Superseded));
    }

    [Fact]
    public async Task Declined_after_the_organisation_was_heard()
    {
        var journey = new Journey(service, EligibilityFixture.Falun);
        var @case = await journey.AsDecider.DecideCaseAsync(journey.Decide(await journey.SubmittedAsync(), decision =>
        {
            decision.Outcome = Decision.Types.Outcome.Declined;
            decision.OrganisationHeard = true;
            decision.OrganisationHeardDate = Journey.Today;
        }));

        Assert.Equal(State.Declined, @case.State);

        // No mark against the organisation: nothing but the decision is told of, and it opens a new case as before.
        Assert.IsType<CaseDecided>(Assert.Single(await service.EventsOfAsync(@case.Name)));
        Assert.Equal(State.Draft, (await journey.DraftAsync(facts => facts.Organisation = facts.Parties[0].Organisation = @case.Organisation)).State);
    }

    [Fact]
    public async Task An_answer_replaces_the_one_before_and_an_empty_one_takes_it_back()
    {
        var journey = new Journey(service, EligibilityFixture.Falun);
        var @case = await journey.AnsweredAsync(await journey.InDialogueAsync());
        var answer = new CriterionAnswer { RuleId = "fa-check-no-market", Value = AnswerValue.No };
        @case = await journey.AsOfficer.AnswerCriteriaAsync(new AnswerCriteriaRequest { Name = @case.Name, Etag = @case.Etag, Answers = { answer } });
        Assert.Equal(AnswerValue.No, Assert.Single(@case.Answers, given => given.RuleId == answer.RuleId).Value);

        answer.Value = AnswerValue.Unspecified;
        @case = await journey.AsOfficer.AnswerCriteriaAsync(new AnswerCriteriaRequest { Name = @case.Name, Etag = @case.Etag, Answers = { answer } });
        Assert.DoesNotContain(@case.Answers, given => given.RuleId == answer.RuleId);
    }

    [Fact]
    public async Task A_recommended_criterion_that_is_not_met_is_motivated_and_the_reasons_are_shown()
    {
        const string Rule = "es-crit-1-nonprofit-initiative";
        var journey = new Journey(service, EligibilityFixture.Eslov);
        var @case = await journey.AnsweredAsync(await journey.InDialogueAsync(facts => facts.ActivityInitiator = Types.V1.Initiator.Municipality));
        Assert.Equal(Finding.Types.Status.NotMet, (await journey.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == Rule).Status);

        @case = await journey.AsOfficer.AnswerCriteriaAsync(new AnswerCriteriaRequest
        {
            Name = @case.Name,
            Etag = @case.Etag,
            Motivations = { new Motivation { RuleId = Rule, Text = "Föreningen tog över idén" } },
        });

        var evaluation = (await journey.CompleteAsync(@case)).PreliminaryAssessment.Evaluation;
        Assert.Equal("Föreningen tog över idén", evaluation.Findings.Single(finding => finding.RuleId == Rule).Motivation);
        Assert.Equal(Evaluation.Types.Outcome.EligibleWithMotivation, evaluation.Outcome);
    }

    [Fact]
    public async Task A_representative_opens_edits_and_withdraws_a_case_of_the_own_organisation()
    {
        var organisation = service.Organisations.Add(EligibilityFixture.Eslov);
        var cases = service.Cases(EligibilityFixture.Eslov, Roles.OrganisationRepresentative, "chair-1", organisation);
        var @case = await cases.CreateCaseAsync(new CreateCaseRequest
        {
            Parent = $"municipalities/{EligibilityFixture.Eslov}",
            Case = new Case { Title = "En idé", Organisation = organisation },
        });

        @case = await cases.UpdateCaseAsync(new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag, Need = "Mötesplatser" } });
        Assert.Equal(("En idé", "Mötesplatser"), (@case.Title, @case.Need));
        Assert.Equal(Evaluation.Types.Outcome.Incomplete, (await cases.EvaluateCaseAsync(new EvaluateCaseRequest { Name = @case.Name })).Outcome);
        @case = await cases.WithdrawCaseAsync(new WithdrawCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Vi väntar" });

        Assert.Equal((State.Withdrawn, "Vi väntar"), (@case.State, @case.WithdrawalReason));
        var revisions = await cases.ListCaseRevisionsAsync(new ListCaseRevisionsRequest { Parent = @case.Name });
        Assert.Equal(["WithdrawCase", "UpdateCase", "CreateCase"], revisions.CaseRevisions.Select(revision => revision.Action));
        Assert.All(revisions.CaseRevisions, revision => Assert.Equal(("chair-1", organisation), (revision.Actor, revision.OnBehalfOf)));
        Assert.Equal("Vi väntar", revisions.CaseRevisions[0].Reason);
    }
}
