using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;
using DocumentRequest = Iop.Eligibility.V1.DocumentRequest;
using Finding = Iop.Eligibility.V1.Finding;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>What surrounds the assessment: pauses, completion, documents asked for.</summary>
[Collection(nameof(Eligibility))]
public sealed class CaseCareTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    [Fact]
    public async Task While_it_is_paused_the_work_waits_and_goes_on_where_it_was()
    {
        var @case = await _falun.AnsweredAsync(await _falun.InDialogueAsync());
        @case = await _falun.AsOfficer.PauseCaseAsync(new PauseCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Föreningen har årsmöte" });

        Assert.Equal((State.PreliminaryAssessment, "Föreningen har årsmöte"), (@case.State, @case.Pause.Reason));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_PAUSED", () => _falun.CompleteAsync(@case));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_PAUSED", () => _falun.AsOfficer.PauseCaseAsync(
            new PauseCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Igen" }).ResponseAsync);
        @case = await _falun.AsOfficer.ResumeCaseAsync(new ResumeCaseRequest { Name = @case.Name, Etag = @case.Etag });
        Assert.Null(@case.Pause);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_PAUSED", () => _falun.AsOfficer.ResumeCaseAsync(
            new ResumeCaseRequest { Name = @case.Name, Etag = @case.Etag }).ResponseAsync);
        @case = await _falun.CompleteAsync(@case);
        Assert.Equal(State.LegalAssessment, @case.State);

        @case = await _falun.AsOfficer.PauseCaseAsync(new PauseCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Ny styrelse väljs" });
        Assert.Equal(State.Withdrawn, (await _falun.AsOfficer.WithdrawCaseAsync(new WithdrawCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Vi väntar" })).State);
    }

    [Fact]
    public async Task A_returned_case_awaits_completion_until_the_organisation_has_completed_it()
    {
        var @case = await _falun.SubmittedAsync();
        @case = await _falun.AsDecider.ReturnCaseAsync(new ReturnCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Budgeten saknas" });
        Assert.Equal(("Budgeten saknas", Journey.Decider, null), (@case.Completion.Reason, @case.Completion.RequestedBy, @case.Completion.ResubmitTime));

        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-8", @case.Organisation);
        var resubmit = new ResubmitCaseRequest { Name = @case.Name, Etag = @case.Etag, Note = "Budget bifogad" };
        @case = await chair.ResubmitCaseAsync(resubmit);
        Assert.Equal((State.PreliminaryAssessment, "Budget bifogad", "chair-8"), (@case.State, @case.Completion.Note, @case.Completion.ResubmittedBy));
        resubmit.Etag = @case.Etag;
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_NOT_AWAITING_COMPLETION", () => chair.ResubmitCaseAsync(resubmit).ResponseAsync);
        var stranger = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-7", service.Organisations.Add(EligibilityFixture.Falun));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => stranger.ResubmitCaseAsync(resubmit).ResponseAsync);
    }

    // Scenario 8: missing is another thing than not existing, and the board alone may look past it.
    [Fact]
    public async Task Documents_that_were_asked_for_and_not_sent_are_missing_and_only_the_board_motivates_going_on()
    {
        const string rule = "ga-documents-request-if-exist";
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.DraftAsync();
        var kinds = Packs.Of(EligibilityFixture.Gavle).Documents
            .Select(document => Enum.GetValues<DocumentKind>().First(kind => Domain.Cases.Codes.KeyOf(kind) == document.Type)).ToList();
        foreach (var kind in kinds.Where(kind => kind is not (DocumentKind.AuditReport or DocumentKind.FinancialReport)))
        {
            service.Organisations.Add(@case.Organisation, kind, Document.Types.State.Accepted);
        }

        @case = await journey.AnsweredAsync(await journey.AsOfficer.RecordDialogueAsync(Journey.Dialogue(@case)));
        Assert.Equal(Finding.Types.Status.Unanswered, await StatusAsync());
        @case = await journey.AsOfficer.RequestDocumentsAsync(Asked(@case, daysAgo: 40, dueInDays: -20));
        @case = await journey.AsOfficer.RequestDocumentsAsync(Asked(@case, daysAgo: 10, dueInDays: 5));
        Assert.Equal(Finding.Types.Status.Unanswered, await StatusAsync());
        @case = await journey.AsOfficer.RequestDocumentsAsync(Asked(@case, daysAgo: 10, dueInDays: 5, kind: DocumentKind.Statutes));
        Assert.Equal([1, 2, 3], @case.DocumentRequests.Select(request => request.RequestNumber));

        var late = await journey.DraftAsync(facts => facts.Organisation = facts.Parties[0].Organisation = @case.Organisation);
        late = await journey.AnsweredAsync(await journey.AsOfficer.RecordDialogueAsync(Journey.Dialogue(late)));
        late = await journey.AsOfficer.RequestDocumentsAsync(Asked(late, daysAgo: 40, dueInDays: -20));
        late = await journey.AsOfficer.RequestDocumentsAsync(Asked(late, daysAgo: 15, dueInDays: -1));
        @case = late;
        Assert.Equal(Finding.Types.Status.NotMet, await StatusAsync());
        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_INCOMPLETE", () => journey.CompleteAsync(late));

        var motivated = new AnswerCriteriaRequest { Name = late.Name, Etag = late.Etag, Motivations = { new Motivation { RuleId = rule, Text = "Nämnden känner föreningen väl" } } };
        await Refused.ForFieldAsync("motivations[0].rule_id", "MOTIVATION_OF_BODY", () => journey.AsOfficer.AnswerCriteriaAsync(motivated).ResponseAsync);
        late = await journey.AsDecider.AnswerCriteriaAsync(motivated);
        Assert.Equal(Journey.Decider, Assert.Single(late.Motivations).MotivatedBy);
        Assert.Equal(State.LegalAssessment, (await journey.CompleteAsync(late)).State);

        async Task<Finding.Types.Status> StatusAsync() => (await journey.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == rule).Status;
    }

    // Asked for in the register, and so asked for in every case of the organisation.
    [Theory]
    [InlineData(14, Finding.Types.Status.Unanswered)]
    [InlineData(-1, Finding.Types.Status.NotMet)]
    public async Task What_the_register_has_asked_an_organisation_for_is_asked_for_in_its_case(int dueInDays, Finding.Types.Status expected)
    {
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.InDialogueAsync();
        var kinds = Packs.Of(EligibilityFixture.Gavle).Documents
            .Select(document => Enum.GetValues<DocumentKind>().First(kind => Domain.Cases.Codes.KeyOf(kind) == document.Type)).Distinct().ToList();
        kinds.ForEach(kind => service.Organisations.Ask(@case.Organisation, kind, dueInDays));
        Assert.Equal(expected, await StatusAsync());

        kinds.ForEach(kind => service.Organisations.Add(@case.Organisation, kind, Document.Types.State.Received));
        Assert.Equal(Finding.Types.Status.Met, await StatusAsync());

        async Task<Finding.Types.Status> StatusAsync() =>
            (await journey.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == "ga-documents-request-if-exist").Status;
    }

    [Fact]
    public async Task A_decision_maker_motivates_for_the_body_and_answers_nothing()
    {
        var @case = await _falun.InDialogueAsync();
        await Refused.ForFieldAsync("answers", "FIELD_NOT_ALLOWED", () => _falun.AsDecider.AnswerCriteriaAsync(new AnswerCriteriaRequest
        {
            Name = @case.Name,
            Etag = @case.Etag,
            Answers = { new CriterionAnswer { RuleId = "fa-check-no-market", Value = AnswerValue.Yes } },
        }).ResponseAsync);
    }

    [Theory]
    [InlineData(-1, 0, "document_request.due_date", "DATE_ORDER")]
    [InlineData(1, 2, "document_request.request_date", "DATE_IN_FUTURE")]
    public async Task A_request_has_its_days_in_order(int requested, int due, string field, string reason)
    {
        var @case = await _falun.DraftAsync();
        var (date, last) = reason == "DATE_ORDER" ? (0, requested) : (requested, due);
        await Refused.ForFieldAsync(field, reason, () => _falun.AsOfficer.RequestDocumentsAsync(Asked(@case, -date, last)).ResponseAsync);
    }

    // The register's check weighs more than a tick in the case.
    [Theory]
    [InlineData(ConditionStatus.Verified, Finding.Types.Status.Met)]
    [InlineData(ConditionStatus.Declared, Finding.Types.Status.Unanswered)]
    [InlineData(ConditionStatus.Failed, Finding.Types.Status.NotMet)]
    public async Task What_the_register_has_checked_settles_the_boards_conditions(ConditionStatus status, Finding.Types.Status expected)
    {
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.InDialogueAsync();
        service.Organisations.Check(@case.Organisation, "board-checks", "inclusion", status);

        Assert.Equal(expected, (await journey.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == "ga-check-inclusion").Status);
        if (status == ConditionStatus.Failed)
        {
            @case = await journey.AnsweredAsync(@case);
            Assert.Equal(expected, (await journey.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == "ga-check-inclusion").Status);
        }
    }

    internal static RequestDocumentsRequest Asked(Case @case, int daysAgo, int dueInDays, DocumentKind kind = DocumentKind.AuditReport) => new()
    {
        Name = @case.Name,
        Etag = @case.Etag,
        DocumentRequest = new DocumentRequest { Kinds = { kind, DocumentKind.FinancialReport }, RequestDate = In(-daysAgo), DueDate = In(dueInDays), Note = "Påminnelse" },
    };

    internal static Date In(int days)
    {
        var date = new DateOnly(Journey.Today.Year, Journey.Today.Month, Journey.Today.Day).AddDays(days);
        return new Date { Year = date.Year, Month = date.Month, Day = date.Day };
    }
}
