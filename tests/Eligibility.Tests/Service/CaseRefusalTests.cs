using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class CaseRefusalTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    private static readonly State[] Undecided =
        [State.Draft, State.Dialogue, State.PreliminaryAssessment, State.LegalAssessment, State.Routed, State.DecisionPending];

    public static TheoryData<State, string> WrongSteps
    {
        get
        {
            var allowed = new Dictionary<string, State[]>
            {
                [nameof(CasesService.CasesServiceClient.UpdateCase)] = [State.Draft, State.Dialogue, State.PreliminaryAssessment],
                [nameof(CasesService.CasesServiceClient.RecordDialogue)] = [.. Undecided, State.Approved],
                [nameof(CasesService.CasesServiceClient.AnswerCriteria)] = [State.Dialogue, State.PreliminaryAssessment],
                [nameof(CasesService.CasesServiceClient.CompletePreliminaryAssessment)] = [State.PreliminaryAssessment],
                [nameof(CasesService.CasesServiceClient.RecordLegalAssessment)] = [State.LegalAssessment],
                [nameof(CasesService.CasesServiceClient.SubmitCase)] = [State.Routed],
                [nameof(CasesService.CasesServiceClient.ReturnCase)] = [State.LegalAssessment, State.Routed, State.DecisionPending],
                [nameof(CasesService.CasesServiceClient.DecideCase)] = [State.DecisionPending],
                [nameof(CasesService.CasesServiceClient.WithdrawCase)] = Undecided,
                [nameof(CasesService.CasesServiceClient.PauseCase)] = Undecided,
                [nameof(CasesService.CasesServiceClient.RequestDocuments)] = Undecided,
                [nameof(CasesService.CasesServiceClient.ResubmitCase)] = [State.PreliminaryAssessment],
                [nameof(CasesService.CasesServiceClient.ReevaluateCase)] = [.. Undecided, State.Approved, State.Declined],
            };
            var data = new TheoryData<State, string>();
            foreach (var state in Enum.GetValues<State>().Where(state => state != State.Unspecified))
            {
                foreach (var (step, states) in allowed.Where(pair => !pair.Value.Contains(state)))
                {
                    data.Add(state, step);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(WrongSteps))]
    public async Task In_the_wrong_state_a_step_is_refused_and_nothing_changes(State state, string step)
    {
        var @case = await InAsync(state);

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_STATE_NOT_ALLOWED", () => TakeAsync(step, @case));

        Assert.NotEmpty(refused.Metadata["allowed"]);
        Assert.Equal(@case, await _falun.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));
    }

    [Fact]
    public async Task An_incomplete_evaluation_names_what_is_unanswered()
    {
        var @case = await _falun.AnsweredAsync(await _falun.InDialogueAsync());
        @case = await _falun.AsOfficer.AnswerCriteriaAsync(new AnswerCriteriaRequest
        {
            Name = @case.Name,
            Etag = @case.Etag,
            Answers = { new CriterionAnswer { RuleId = "fa-check-local-development" } },
        });

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_INCOMPLETE", () => _falun.CompleteAsync(@case));
        Assert.Equal("fa-check-local-development", refused.Metadata["rules"]);
        var statement = Packs.Of(EligibilityFixture.Falun).Criteria.Single(criterion => criterion.Id == "fa-check-local-development").Statement.Sv;
        Assert.Equal($"Bedömningen är inte färdig. Det här återstår: {statement}", refused.Swedish);
    }

    [Fact]
    public async Task Without_a_reference_number_the_assessment_is_not_complete()
    {
        var @case = await _falun.AnsweredAsync(await _falun.InDialogueAsync(facts => facts.CaseReference = ""));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_INCOMPLETE", () => _falun.CompleteAsync(@case));
        Assert.Equal("case_reference", refused.Metadata["missing"]);
    }

    [Fact]
    public async Task Where_procurement_comes_first_nothing_is_completed_before_it_is_assessed()
    {
        var journey = new Journey(service, EligibilityFixture.Helsingborg);
        var @case = await journey.AnsweredAsync(await journey.InDialogueAsync());

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "LEGAL_ASSESSMENT_REQUIRED", () => journey.CompleteAsync(@case));
        Assert.Equal("PROCUREMENT_GATE", refused.Metadata["kind"]);
    }

    [Fact]
    public async Task A_case_that_leads_elsewhere_is_not_submitted()
    {
        await _falun.EnterThresholdsAsync();
        var @case = await _falun.CompleteAsync(await _falun.AnsweredAsync(await _falun.InDialogueAsync(), "fa-check-no-market"));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_ELIGIBLE", () =>
            _falun.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag }).ResponseAsync);
        Assert.Equal("PROCUREMENT", refused.Metadata["instrument"]);
    }

    [Theory]
    [InlineData(Journey.Officer)]
    [InlineData(Journey.Lawyer)]
    public async Task Whoever_has_assessed_the_case_does_not_decide_it(string subject)
    {
        var @case = await _falun.SubmittedAsync();
        await Refused.ByAsync(StatusCode.FailedPrecondition, "ASSESSOR_CANNOT_DECIDE", () =>
            service.Cases(EligibilityFixture.Falun, Roles.DecisionMaker, subject).DecideCaseAsync(_falun.Decide(@case)).ResponseAsync);
    }

    [Theory]
    [InlineData(PartyEligibility.NeedsStatutesCheck, "NEEDS_STATUTES_CHECK")]
    [InlineData(PartyEligibility.NotEligible, "NOT_ELIGIBLE")]
    [InlineData(PartyEligibility.Suspended, "SUSPENDED")]
    public async Task An_organisation_that_may_not_be_a_party_opens_no_case(PartyEligibility eligibility, string code)
    {
        var facts = _falun.Facts(service.Organisations.Add(EligibilityFixture.Falun, eligibility));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "ORGANISATION_NOT_ELIGIBLE", () =>
            _falun.AsOfficer.CreateCaseAsync(new CreateCaseRequest { Parent = _falun.Parent, Case = facts }).ResponseAsync);
        Assert.Equal(code, refused.Metadata["eligibility"]);
    }

    [Fact]
    public async Task An_organisation_that_was_suspended_meanwhile_is_not_approved_and_can_be_when_it_is_reinstated()
    {
        var @case = await _falun.SubmittedAsync();
        service.Organisations.Let(@case.Organisation, PartyEligibility.Suspended);
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "ORGANISATION_NOT_ELIGIBLE", () => _falun.AsDecider.DecideCaseAsync(_falun.Decide(@case)).ResponseAsync);
        Assert.Equal("SUSPENDED", refused.Metadata["eligibility"]);
        Assert.Equal(@case, await _falun.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));

        service.Organisations.Let(@case.Organisation, PartyEligibility.Eligible);
        Assert.Equal(State.Approved, (await _falun.AsDecider.DecideCaseAsync(_falun.Decide(@case))).State);
    }

    [Fact]
    public async Task An_organisation_that_is_not_registered_is_told_by_the_register()
    {
        var facts = _falun.Facts($"{_falun.Parent}/organisations/{Guid.CreateVersion7()}");
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () =>
            _falun.AsOfficer.CreateCaseAsync(new CreateCaseRequest { Parent = _falun.Parent, Case = facts }).ResponseAsync);
    }

    public static TheoryData<string, string, CriterionAnswer> WrongAnswers => new()
    {
        { "answers[0].rule_id", "RULE_UNKNOWN", new CriterionAnswer { RuleId = "es-crit-1-not-an-order", Value = AnswerValue.Yes } },
        { "answers[0].question_key", "QUESTION_UNKNOWN", new CriterionAnswer { QuestionKey = "problem-owner", Option = "joint" } },
        { "answers[0].option", "OPTION_UNKNOWN", new CriterionAnswer { QuestionKey = "continuous-cooperation", Option = "kanske" } },
        { "answers[0].value", "ANSWER_NOT_IN_SCALE", new CriterionAnswer { RuleId = "fa-check-no-market", Value = AnswerValue.Partly } },
        { "answers[0].rule_id", "FIELD_REQUIRED", new CriterionAnswer { Value = AnswerValue.Yes } },
    };

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task Answers_that_the_pinned_pack_does_not_know_are_refused(string field, string reason, CriterionAnswer answer)
    {
        var @case = await _falun.InDialogueAsync();
        await Refused.ForFieldAsync(field, reason, () => _falun.AsOfficer.AnswerCriteriaAsync(
            new AnswerCriteriaRequest { Name = @case.Name, Etag = @case.Etag, Answers = { answer } }).ResponseAsync);
    }

    [Fact]
    public async Task A_prohibition_cannot_be_motivated_away()
    {
        var journey = new Journey(service, EligibilityFixture.Eslov);
        var @case = await journey.InDialogueAsync();
        await Refused.ForFieldAsync("motivations[0].rule_id", "MOTIVATION_NOT_ALLOWED", () => journey.AsOfficer.AnswerCriteriaAsync(new AnswerCriteriaRequest
        {
            Name = @case.Name,
            Etag = @case.Etag,
            Motivations = { new Motivation { RuleId = "es-crit-4-no-market-competition", Text = "Ändå" } },
        }).ResponseAsync);
    }

    private async Task<Case> InAsync(State state)
    {
        switch (state)
        {
            case State.Draft:
                return await _falun.DraftAsync();
            case State.Dialogue:
                return await _falun.InDialogueAsync();
            case State.PreliminaryAssessment:
                return await _falun.AnsweredAsync(await _falun.InDialogueAsync());
            case State.LegalAssessment:
                return await _falun.AssessedAsync();
            case State.Routed:
                return await _falun.LegallyAssessedAsync(await _falun.AssessedAsync());
            case State.DecisionPending:
                return await _falun.SubmittedAsync();
            case State.Withdrawn:
                var draft = await _falun.DraftAsync();
                return await _falun.AsOfficer.WithdrawCaseAsync(new WithdrawCaseRequest { Name = draft.Name, Etag = draft.Etag, Reason = "Vi väntar" });
            default:
                return await _falun.AsDecider.DecideCaseAsync(_falun.Decide(await _falun.SubmittedAsync(), decision =>
                {
                    decision.Outcome = state == State.Approved ? Decision.Types.Outcome.Approved : Decision.Types.Outcome.Declined;
                    decision.OrganisationHeard = true;
                    decision.OrganisationHeardDate = Journey.Today;
                }));
        }
    }

    private async Task TakeAsync(string step, Case @case)
    {
        var (name, etag) = (@case.Name, @case.Etag);
        _ = step switch
        {
            "UpdateCase" => await _falun.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest { Case = new Case { Name = name, Etag = etag, Need = "Annat" } }),
            "RecordDialogue" => await _falun.AsOfficer.RecordDialogueAsync(Journey.Dialogue(@case)),
            "AnswerCriteria" => await _falun.AnsweredAsync(@case),
            "CompletePreliminaryAssessment" => await _falun.CompleteAsync(@case),
            "RecordLegalAssessment" => await _falun.LegallyAssessedAsync(@case),
            "SubmitCase" => await _falun.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = name, Etag = etag }),
            "ReturnCase" => await _falun.AsOfficer.ReturnCaseAsync(new ReturnCaseRequest { Name = name, Etag = etag, Reason = "Mer behövs" }),
            "DecideCase" => await _falun.AsDecider.DecideCaseAsync(_falun.Decide(@case)),
            "PauseCase" => await _falun.AsOfficer.PauseCaseAsync(new PauseCaseRequest { Name = name, Etag = etag, Reason = "Årsmöte" }),
            "ResubmitCase" => await _falun.AsOfficer.ResubmitCaseAsync(new ResubmitCaseRequest { Name = name, Etag = etag }),
            "ReevaluateCase" => await _falun.AsOfficer.ReevaluateCaseAsync(new ReevaluateCaseRequest { Name = name, Etag = etag, GuidelinePack = @case.GuidelinePack }),
            "RequestDocuments" => await _falun.AsOfficer.RequestDocumentsAsync(new RequestDocumentsRequest
            {
                Name = name,
                Etag = etag,
                DocumentRequest = new V1.DocumentRequest { Kinds = { DocumentKind.Statutes }, RequestDate = Journey.Today, DueDate = Journey.Today },
            }),
            _ => await _falun.AsOfficer.WithdrawCaseAsync(new WithdrawCaseRequest { Name = name, Etag = etag, Reason = "Vi väntar" }),
        };
    }
}
