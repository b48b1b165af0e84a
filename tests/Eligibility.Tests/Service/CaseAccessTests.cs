using System.Reflection;
using Grpc.Core;
using Iop.Eligibility.Api;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class CaseAccessTests(EligibilityFixture service)
{
    private readonly Journey _eslov = new(service, EligibilityFixture.Eslov);

    public static TheoryData<string, string> Methods
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var api in new[] { typeof(CasesApi), typeof(GuidelinesApi), typeof(PrecedentsApi) })
            {
                foreach (var method in api.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                {
                    data.Add(api.Name, method.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_says_who_may_call_it_and_the_operator_may_call_none(string api, string method)
    {
        var access = typeof(CasesApi).Assembly.GetType($"{typeof(CasesApi).Namespace}.{api}")!.GetMethod(method)!.GetCustomAttribute<AccessAttribute>();
        Assert.NotNull(access);
        Assert.DoesNotContain(Roles.Operator, access.Roles);
    }

    [Theory]
    [InlineData(Roles.CaseOfficer)]
    [InlineData(Roles.DecisionMaker)]
    [InlineData(Roles.OrganisationRepresentative)]
    public async Task Only_a_lawyer_records_a_legal_assessment(string role)
    {
        var @case = await _eslov.AssessedAsync();
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () =>
            service.Cases(EligibilityFixture.Eslov, role).RecordLegalAssessmentAsync(Journey.Legal(@case)).ResponseAsync);
    }

    [Theory]
    [InlineData(Roles.CaseOfficer)]
    [InlineData(Roles.Lawyer)]
    public async Task Only_a_decision_maker_decides(string role)
    {
        var @case = await _eslov.SubmittedAsync();
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () =>
            service.Cases(EligibilityFixture.Eslov, role).DecideCaseAsync(_eslov.Decide(@case)).ResponseAsync);
    }

    [Fact]
    public async Task A_representative_of_another_organisation_sees_nothing_and_is_not_told_what_exists()
    {
        var @case = await _eslov.DraftAsync();
        var other = service.Cases(EligibilityFixture.Eslov, Roles.OrganisationRepresentative, "chair-2", service.Organisations.Add(EligibilityFixture.Eslov));

        Task Denied(Func<Task> call) => Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", call);
        await Denied(() => other.GetCaseAsync(new GetCaseRequest { Name = @case.Name }).ResponseAsync);
        await Denied(() => other.GetCaseAsync(new GetCaseRequest { Name = $"{_eslov.Parent}/cases/{Guid.CreateVersion7()}" }).ResponseAsync);
        await Denied(() => other.EvaluateCaseAsync(new EvaluateCaseRequest { Name = @case.Name }).ResponseAsync);
        await Denied(() => other.UpdateCaseAsync(new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag, Need = "Annat" } }).ResponseAsync);
        await Denied(() => other.WithdrawCaseAsync(new WithdrawCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Nej" }).ResponseAsync);
        await Denied(() => other.ListCaseRevisionsAsync(new ListCaseRevisionsRequest { Parent = @case.Name }).ResponseAsync);
        await Denied(() => other.GetCaseRevisionAsync(new GetCaseRevisionRequest { Name = $"{@case.Name}/revisions/1" }).ResponseAsync);
        await Denied(() => other.CreateCaseAsync(new CreateCaseRequest { Parent = _eslov.Parent, Case = _eslov.Facts(@case.Organisation) }).ResponseAsync);
        Assert.Empty((await other.ListCasesAsync(new ListCasesRequest { Parent = _eslov.Parent })).Cases);
    }

    [Fact]
    public async Task A_representative_cannot_bring_in_or_hand_over_to_an_organisation_of_others()
    {
        var own = service.Organisations.Add(EligibilityFixture.Eslov);
        var foreign = service.Organisations.Add(EligibilityFixture.Eslov);
        var cases = service.Cases(EligibilityFixture.Eslov, Roles.OrganisationRepresentative, "chair-3", own);
        var @case = await cases.CreateCaseAsync(new CreateCaseRequest { Parent = _eslov.Parent, Case = new Case { Title = "En idé", Organisation = own } });

        var update = new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag, Organisation = foreign, Parties = { } }, UpdateMask = new() { Paths = { "organisation", "parties" } } };
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => cases.UpdateCaseAsync(update).ResponseAsync);
    }

    [Fact]
    public async Task The_auditor_reads_and_changes_nothing()
    {
        var @case = await _eslov.DraftAsync();
        var auditor = service.Cases(EligibilityFixture.Eslov, Roles.Auditor);
        Assert.Equal(@case, await auditor.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () =>
            auditor.WithdrawCaseAsync(new WithdrawCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Nej" }).ResponseAsync);
    }

    [Fact]
    public async Task Another_municipality_is_refused_before_it_is_looked_whether_the_case_exists()
    {
        var @case = await _eslov.DraftAsync();
        var falun = service.Cases(EligibilityFixture.Falun);
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => falun.GetCaseAsync(new GetCaseRequest { Name = @case.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "CASE_NOT_FOUND", () => falun.GetCaseAsync(
            new GetCaseRequest { Name = @case.Name.Replace(EligibilityFixture.Eslov, EligibilityFixture.Falun, StringComparison.Ordinal) }).ResponseAsync);
    }

    [Fact]
    public async Task A_stale_or_missing_etag_is_refused()
    {
        var @case = await _eslov.DraftAsync();
        await _eslov.AsOfficer.RecordDialogueAsync(Journey.Dialogue(@case));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => _eslov.AsOfficer.RecordDialogueAsync(Journey.Dialogue(@case)).ResponseAsync);
        @case.Etag = "";
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => _eslov.AsOfficer.RecordDialogueAsync(Journey.Dialogue(@case)).ResponseAsync);
    }

    [Fact]
    public async Task A_repeated_request_answers_as_the_first_and_a_reused_id_is_refused()
    {
        var @case = await _eslov.DraftAsync();
        var request = Journey.Dialogue(@case);
        request.RequestId = Guid.NewGuid().ToString();

        var first = await _eslov.AsOfficer.RecordDialogueAsync(request);
        Assert.Equal(first, await _eslov.AsOfficer.RecordDialogueAsync(request));
        Assert.Single((await _eslov.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).DialogueEntries);

        request.Entry.OtherOutcome = "Mer";
        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => _eslov.AsOfficer.RecordDialogueAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task Lists_turn_pages_and_are_narrowed_by_state_and_organisation()
    {
        var organisation = service.Organisations.Add(EligibilityFixture.Eslov);
        for (var i = 0; i < 3; i++)
        {
            await _eslov.DraftAsync(facts => facts.Organisation = facts.Parties[0].Organisation = organisation);
        }

        var request = new ListCasesRequest { Parent = _eslov.Parent, PageSize = 2, Filter = $"state = \"DRAFT\" AND organisation = \"{organisation}\"" };
        var first = await _eslov.AsOfficer.ListCasesAsync(request);
        var second = await _eslov.AsOfficer.ListCasesAsync(new ListCasesRequest(request) { PageToken = first.NextPageToken });
        Assert.Equal((2, 1, ""), (first.Cases.Count, second.Cases.Count, second.NextPageToken));

        var own = service.Cases(EligibilityFixture.Eslov, Roles.OrganisationRepresentative, "chair-4", organisation);
        Assert.Equal(3, (await own.ListCasesAsync(new ListCasesRequest { Parent = _eslov.Parent })).Cases.Count);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => _eslov.AsOfficer.ListCasesAsync(
            new ListCasesRequest { Parent = _eslov.Parent, Filter = "title = \"x\"" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => _eslov.AsOfficer.ListCasesAsync(
            new ListCasesRequest { Parent = _eslov.Parent, Filter = "state = \"OPEN\"" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => _eslov.AsOfficer.ListCasesAsync(
            new ListCasesRequest { Parent = _eslov.Parent, PageToken = first.NextPageToken }).ResponseAsync);
    }

    [Fact]
    public async Task Revisions_show_the_case_as_it_stood_page_by_page()
    {
        var @case = await _eslov.InDialogueAsync();
        @case = await _eslov.AnsweredAsync(@case);

        var first = await _eslov.AsOfficer.ListCaseRevisionsAsync(new ListCaseRevisionsRequest { Parent = @case.Name, PageSize = 2 });
        var second = await _eslov.AsOfficer.ListCaseRevisionsAsync(new ListCaseRevisionsRequest { Parent = @case.Name, PageSize = 2, PageToken = first.NextPageToken });
        Assert.Equal([3, 2, 1], first.CaseRevisions.Concat(second.CaseRevisions).Select(revision => revision.RevisionNumber));
        Assert.Empty(second.NextPageToken);

        var opened = await _eslov.AsOfficer.GetCaseRevisionAsync(new GetCaseRevisionRequest { Name = $"{@case.Name}/revisions/1" });
        Assert.Equal((Case.Types.State.Draft, "CreateCase", Journey.Officer, _eslov.Parent), (opened.Snapshot.State, opened.Action, opened.Actor, opened.OnBehalfOf));
        await Refused.ByAsync(StatusCode.NotFound, "CASE_REVISION_NOT_FOUND", () => _eslov.AsOfficer.GetCaseRevisionAsync(
            new GetCaseRevisionRequest { Name = $"{@case.Name}/revisions/9" }).ResponseAsync);
        await Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => _eslov.AsOfficer.GetCaseRevisionAsync(
            new GetCaseRevisionRequest { Name = $"{@case.Name}/revisions/x" }).ResponseAsync);
    }

    [Fact]
    public async Task A_mask_changes_what_it_names_and_a_star_changes_all()
    {
        var @case = await _eslov.DraftAsync();
        var sent = new Case { Name = @case.Name, Etag = @case.Etag, Need = "Annat", Title = "Ny titel" };
        @case = await _eslov.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest { Case = sent, UpdateMask = new() { Paths = { "need", "state", "challenge" } } });
        Assert.Equal(("Annat", "Öppna kvällar för unga vuxna", "", Case.Types.State.Draft), (@case.Need, @case.Title, @case.Challenge, @case.State));

        sent.Etag = @case.Etag;
        sent.Organisation = @case.Organisation;
        @case = await _eslov.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest { Case = sent, UpdateMask = new() { Paths = { "*" } } });
        Assert.Equal(("Ny titel", 0, 0), (@case.Title, @case.Goals.Count, @case.PlannedTermMonths));
        await Refused.ForFieldAsync("update_mask", "UPDATE_MASK_INVALID", () => _eslov.AsOfficer.UpdateCaseAsync(
            new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag }, UpdateMask = new() { Paths = { "colour" } } }).ResponseAsync);
    }
}
