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

/// <summary>What surrounds the assessment: impartiality, pauses, completion, documents asked for.</summary>
[Collection(nameof(Eligibility))]
public sealed class CaseCareTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    [Fact]
    public async Task One_who_is_recused_neither_assesses_nor_decides()
    {
        var @case = await DeclareAsync(await _falun.AnsweredAsync(await _falun.InDialogueAsync()), Journey.Officer, ConflictKind.Position, recused: true);

        await RecusedAsync(() => _falun.CompleteAsync(@case));
        await RecusedAsync(() => _falun.AnsweredAsync(@case));
        @case = await DeclareAsync(@case, Journey.Officer, ConflictKind.None, recused: false);
        Assert.Single(@case.ConflictsOfInterest);
        @case = await DeclareAsync(await _falun.CompleteAsync(@case), Journey.Lawyer, ConflictKind.Financial, recused: true);
        await RecusedAsync(() => _falun.LegallyAssessedAsync(@case));
        @case = await DeclareAsync(@case, Journey.Lawyer, ConflictKind.Engagement, recused: false);
        @case = await DeclareAsync(await _falun.LegallyAssessedAsync(@case), Journey.Decider, ConflictKind.CloseRelation, recused: true);
        @case = await _falun.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });
        await RecusedAsync(() => _falun.AsDecider.DecideCaseAsync(_falun.Decide(@case)).ResponseAsync);
        var other = service.Cases(EligibilityFixture.Falun, Roles.DecisionMaker, "decider-2");
        Assert.Equal(State.Approved, (await other.DecideCaseAsync(_falun.Decide(@case))).State);
    }

    [Fact]
    public async Task Conflicts_are_for_the_municipality_and_its_auditor_alone()
    {
        var @case = await DeclareAsync(await _falun.DraftAsync(), "", ConflictKind.Engagement, recused: false);
        Assert.Equal((Journey.Officer, Journey.Officer), (@case.ConflictsOfInterest[0].PersonRef, @case.ConflictsOfInterest[0].DeclaredBy));

        var get = new GetCaseRequest { Name = @case.Name };
        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-9", @case.Organisation);
        Assert.Empty((await chair.GetCaseAsync(get)).ConflictsOfInterest);
        Assert.Empty((await chair.ListCasesAsync(new ListCasesRequest { Parent = _falun.Parent })).Cases.SelectMany(seen => seen.ConflictsOfInterest));
        Assert.Empty((await chair.ListCaseRevisionsAsync(new ListCaseRevisionsRequest { Parent = @case.Name })).CaseRevisions.SelectMany(revision => revision.Snapshot.ConflictsOfInterest));
        Assert.Empty((await service.Cases(EligibilityFixture.Falun, Roles.Integration).GetCaseAsync(get)).ConflictsOfInterest);
        Assert.Single((await service.Cases(EligibilityFixture.Falun, Roles.Auditor).GetCaseAsync(get)).ConflictsOfInterest);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => chair.DeclareConflictOfInterestAsync(
            new DeclareConflictOfInterestRequest { Name = @case.Name, Etag = @case.Etag, Conflict = new ConflictOfInterest { Kind = ConflictKind.None } }).ResponseAsync);
        await Refused.ForFieldAsync("conflict.recused", "FIELD_NOT_ALLOWED", () => DeclareAsync(@case, "", ConflictKind.None, recused: true));
    }

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

    // Scenario 8: the reminder log is kept, whoever asked.
    [Fact]
    public async Task What_was_asked_for_in_the_case_and_in_the_register_is_shown_on_the_case_with_what_came()
    {
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.InDialogueAsync();
        service.Organisations.Ask(@case.Organisation, DocumentKind.AuditReport, dueInDays: -3);
        service.Organisations.Ask(@case.Organisation, DocumentKind.Statutes, dueInDays: 5);
        service.Organisations.Add(@case.Organisation, DocumentKind.Statutes, Document.Types.State.Received);
        @case = await journey.AsOfficer.RequestDocumentsAsync(Asked(@case, daysAgo: 20, dueInDays: -10));

        var audit = Of(@case.AskedDocuments, DocumentKind.AuditReport);
        Assert.Equal((AskedDocument.Types.State.Missing, 2, In(-3)), (audit.State, audit.AskCount, audit.DueDate));
        Assert.Equal([("Påminnelse", false), ("Vi saknar handlingen", true)], audit.Askings.Select(asking => (asking.Message, asking.ByRegister)));
        Assert.Equal([In(-20), In(0)], audit.Askings.Select(asking => asking.Date));
        var statutes = Of(@case.AskedDocuments, DocumentKind.Statutes);
        Assert.Equal((AskedDocument.Types.State.Received, 1, In(0)), (statutes.State, statutes.AskCount, statutes.ReceiveDate));
        Assert.Equal(@case, await journey.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));

        // What comes and what is asked after the case was last looked at is read from the register.
        service.Organisations.Add(@case.Organisation, DocumentKind.AuditReport, Document.Types.State.DeclaredNonexistent);
        var now = await journey.AsOfficer.GetAskedDocumentsAsync(new GetAskedDocumentsRequest { Name = @case.Name });
        Assert.Equal(AskedDocument.Types.State.DeclaredNonexistent, Of(now.AskedDocuments, DocumentKind.AuditReport).State);
        var memo = await journey.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        var told = memo.Sections.SelectMany(section => section.Tables).Single(table => table.Caption == "Handlingar som organisationerna har ombetts att lämna");
        Assert.Contains(told.Rows, row => row.Cells is ["Öppna Famnen", "Revisionsberättelse", "2", _, "Saknas"]);
    }

    [Fact]
    public async Task One_organisation_is_not_told_what_another_of_the_case_was_asked_for()
    {
        var second = service.Organisations.Add(EligibilityFixture.Gavle, displayName: "Andra Famnen", number: "899999-0024");
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.DraftAsync(facts => facts.Parties.Add(new Party { PartyId = "andra", Side = PartySide.CivilSociety, Organisation = second }));
        service.Organisations.Ask(@case.Organisation, DocumentKind.Statutes, dueInDays: 5);
        @case = await journey.AsOfficer.RequestDocumentsAsync(Asked(@case, daysAgo: 1, dueInDays: 10));
        Assert.Equal(2, @case.AskedDocuments.Select(asked => asked.Organisation).Distinct().Count());

        var chair = service.Cases(EligibilityFixture.Gavle, Roles.OrganisationRepresentative, "chair-2", second);
        Assert.All((await chair.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).AskedDocuments, asked => Assert.Equal(second, asked.Organisation));
        var seen = await chair.GetAskedDocumentsAsync(new GetAskedDocumentsRequest { Name = @case.Name });
        Assert.Equal([second], seen.AskedDocuments.Select(asked => asked.Organisation).Distinct());
    }

    private static AskedDocument Of(IEnumerable<AskedDocument> asked, DocumentKind kind) => asked.Single(document => document.Kind == kind);

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

    private static RequestDocumentsRequest Asked(Case @case, int daysAgo, int dueInDays, DocumentKind kind = DocumentKind.AuditReport) => new()
    {
        Name = @case.Name,
        Etag = @case.Etag,
        DocumentRequest = new DocumentRequest { Kinds = { kind, DocumentKind.FinancialReport }, RequestDate = In(-daysAgo), DueDate = In(dueInDays), Note = "Påminnelse" },
    };

    private static Date In(int days)
    {
        var date = new DateOnly(Journey.Today.Year, Journey.Today.Month, Journey.Today.Day).AddDays(days);
        return new Date { Year = date.Year, Month = date.Month, Day = date.Day };
    }

    private async Task<Case> DeclareAsync(Case @case, string person, ConflictKind kind, bool recused) => await _falun.AsOfficer.DeclareConflictOfInterestAsync(
        new DeclareConflictOfInterestRequest
        {
            Name = @case.Name,
            Etag = @case.Etag,
            Conflict = new ConflictOfInterest { PersonRef = person, Kind = kind, Recused = recused },
        });

    private static Task<Refused> RecusedAsync(Func<Task> call) => Refused.ByAsync(StatusCode.FailedPrecondition, "PERSON_RECUSED", call);
}
