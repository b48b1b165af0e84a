using Grpc.Core;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Npgsql;
using Case = Iop.Eligibility.V1.Case;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>Each committee is an authority of its own: it decides its cases, and sees those of others where nothing keeps them.</summary>
[Collection(nameof(Eligibility))]
public sealed class CommitteeTests(EligibilityFixture service)
{
    private const string Social = "socialnamnden";
    private const string Culture = "kulturnamnden";
    private const string Board = "kommunstyrelsen";

    private readonly Journey _gavle = new(service, EligibilityFixture.Gavle);

    [Fact]
    public async Task A_case_of_a_committee_is_decided_by_that_committee_and_by_callers_without_one_as_before()
    {
        var @case = await AssignAsync(await _gavle.SubmittedAsync(withDocuments: true), Social);
        Assert.Equal(Social, @case.Committees.Responsible);

        var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_RESPONSIBLE", () => Decider(Culture).DecideCaseAsync(_gavle.Decide(@case)).ResponseAsync);
        Assert.Equal(Social, refused.Metadata["committee"]);
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_RESPONSIBLE", () => Decider(Culture).ReturnCaseAsync(
            new ReturnCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Inte vår" }).ResponseAsync);
        Assert.Equal(State.Approved, (await Decider(Culture, Social).DecideCaseAsync(_gavle.Decide(@case))).State);

        var other = await AssignAsync(await _gavle.SubmittedAsync(withDocuments: true), Social);
        Assert.Equal(State.Approved, (await _gavle.AsDecider.DecideCaseAsync(_gavle.Decide(other))).State);
    }

    [Fact]
    public async Task A_body_above_the_committees_takes_up_a_matter_in_which_it_is_concerned()
    {
        var @case = await AssignAsync(await _gavle.SubmittedAsync(withDocuments: true), Social, Board);
        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_RESPONSIBLE", () => Decider(Board).DecideCaseAsync(_gavle.Decide(@case)).ResponseAsync);

        var decided = await Decider(Board).DecideCaseAsync(_gavle.Decide(@case, decision => decision.BodyKind = DecidingBody.ExecutiveBoard));
        Assert.Equal(DecidingBody.ExecutiveBoard, decided.Decision.BodyKind);
    }

    [Fact]
    public async Task A_case_that_is_kept_to_its_committees_is_refused_to_others_whatever_they_ask_of_it()
    {
        var @case = await AssignAsync(await _gavle.DraftAsync(), Social, Board, only: true);
        Task Denied(Func<Task> call) => Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", call);
        foreach (var outside in new[] { Decider(Culture), _gavle.AsDecider, Officer(Culture) })
        {
            await Denied(() => outside.GetCaseAsync(new GetCaseRequest { Name = @case.Name }).ResponseAsync);
            await Denied(() => outside.GetLegalChecklistAsync(new GetLegalChecklistRequest { Name = @case.Name }).ResponseAsync);
            await Denied(() => outside.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" }).ResponseAsync);
            await Denied(() => outside.ListCaseRevisionsAsync(new ListCaseRevisionsRequest { Parent = @case.Name }).ResponseAsync);
            await Denied(() => outside.GetCaseRevisionAsync(new GetCaseRevisionRequest { Name = $"{@case.Name}/revisions/1" }).ResponseAsync);
            Assert.DoesNotContain(await ListedAsync(outside, ""), listed => listed.Name == @case.Name);
        }

        await Denied(() => Officer(Culture).AssignCommitteesAsync(new AssignCommitteesRequest { Name = @case.Name, Etag = @case.Etag, Responsible = Culture }).ResponseAsync);
        await Denied(() => new PrecedentsService.PrecedentsServiceClient(service.AsOf(EligibilityFixture.Gavle, Roles.CaseOfficer, [Culture])).PublishPrecedentAsync(
            new PublishPrecedentRequest { Parent = _gavle.Parent, Reviewed = true, Precedent = new Precedent { Case = @case.Name, Title = "T", Summary = "S" } }).ResponseAsync);

        var representative = service.Cases(EligibilityFixture.Gavle, Roles.OrganisationRepresentative, "chair-9", @case.Organisation);
        var auditor = new CasesService.CasesServiceClient(service.AsOf(EligibilityFixture.Gavle, Roles.Auditor, [Culture]));
        foreach (var inside in new[] { Decider(Social), Decider(Board), Officer(Social), _gavle.AsOfficer, _gavle.AsLawyer, representative, auditor })
        {
            Assert.Equal(@case.Name, (await inside.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).Name);
            Assert.Contains(await ListedAsync(inside, ""), listed => listed.Name == @case.Name);
        }
    }

    [Fact]
    public async Task What_is_published_of_a_case_that_is_kept_to_its_committees_stays_with_those_who_see_the_case()
    {
        var @case = await AssignAsync(await _gavle.SubmittedAsync(withDocuments: true), Social, only: true);
        @case = await Decider(Social).DecideCaseAsync(_gavle.Decide(@case));
        var publish = new PublishPrecedentRequest { Parent = _gavle.Parent, Reviewed = true, Precedent = new Precedent { Case = @case.Name, Title = "Boende", Summary = "Så blev det.", Shared = true } };
        await Refused.ForFieldAsync("precedent.shared", "FIELD_NOT_ALLOWED", () => Precedents(Roles.CaseOfficer, Social).PublishPrecedentAsync(publish).ResponseAsync);
        publish.Precedent.Shared = false;
        var precedent = await Precedents(Roles.CaseOfficer, Social).PublishPrecedentAsync(publish);

        var stranger = new PrecedentsService.PrecedentsServiceClient(service.As(EligibilityFixture.Gavle, Roles.OrganisationRepresentative, "stranger", organisations: [$"{_gavle.Parent}/organisations/{Guid.NewGuid()}"]));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ReadAsync(stranger));
        Assert.DoesNotContain(precedent.Name, await NamesAsync(stranger));
        foreach (var outside in new[] { Precedents(Roles.CaseOfficer, Culture), Precedents(Roles.DecisionMaker) })
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => ReadAsync(outside));
            Assert.DoesNotContain(precedent.Name, await NamesAsync(outside));
        }

        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => Precedents(Roles.CaseOfficer, Culture).WithdrawPrecedentAsync(
            new WithdrawPrecedentRequest { Name = precedent.Name, Etag = precedent.Etag, Reason = "Inte vår" }).ResponseAsync);
        var party = new PrecedentsService.PrecedentsServiceClient(service.As(EligibilityFixture.Gavle, Roles.OrganisationRepresentative, "chair-9", organisations: [@case.Organisation]));
        foreach (var inside in new[] { Precedents(Roles.DecisionMaker, Social), Precedents(Roles.CaseOfficer), Precedents(Roles.Auditor, Culture), party })
        {
            Assert.Equal(precedent.Name, (await ReadAsync(inside)).Name);
            Assert.Contains(precedent.Name, await NamesAsync(inside));
        }

        Task<Precedent> ReadAsync(PrecedentsService.PrecedentsServiceClient by) => by.GetPrecedentAsync(new GetPrecedentRequest { Name = precedent.Name }).ResponseAsync;

        async Task<IReadOnlyList<string>> NamesAsync(PrecedentsService.PrecedentsServiceClient by) =>
            [.. (await by.ListPrecedentsAsync(new ListPrecedentsRequest { Parent = _gavle.Parent, PageSize = 200 })).Precedents.Select(one => one.Name)];
    }

    [Fact]
    public async Task What_was_shared_of_a_case_is_taken_back_when_it_is_kept_to_its_committees()
    {
        var @case = await _gavle.AsDecider.DecideCaseAsync(_gavle.Decide(await _gavle.SubmittedAsync(withDocuments: true)));
        var precedent = await Precedents(Roles.CaseOfficer).PublishPrecedentAsync(
            new PublishPrecedentRequest { Parent = _gavle.Parent, Reviewed = true, Precedent = new Precedent { Case = @case.Name, Title = "Boende", Summary = "Så blev det.", Shared = true } });

        await AssignAsync(@case, Social, only: true);

        Assert.False((await Precedents(Roles.CaseOfficer).GetPrecedentAsync(new GetPrecedentRequest { Name = precedent.Name })).Shared);
        await using var owner = NpgsqlDataSource.Create(service.OwnerConnectionString);
        await using var left = owner.CreateCommand($"SELECT count(*) FROM precedent_share WHERE id = '{precedent.Name[^36..]}'");
        Assert.Equal(0L, await left.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Whoever_sees_every_committee_sees_their_cases_side_by_side()
    {
        var mine = await AssignAsync(await _gavle.DraftAsync(), "miljonamnden");
        await AssignAsync(await _gavle.DraftAsync(), Social);
        Assert.Equal([mine.Name], (await ListedAsync(_gavle.AsOfficer, "responsible_committee = \"miljonamnden\"")).Select(listed => listed.Name));
    }

    [Fact]
    public async Task A_case_that_an_officer_of_one_committee_opens_is_that_committees()
    {
        Case Sent() => _gavle.Facts(service.Organisations.Add(EligibilityFixture.Gavle));
        var own = await Officer(Culture).CreateCaseAsync(new CreateCaseRequest { Parent = _gavle.Parent, Case = Sent() });
        Assert.Equal((Culture, false), (own.Committees.Responsible, own.Committees.Only));
        var ofMany = new CasesService.CasesServiceClient(service.AsOf(EligibilityFixture.Gavle, Roles.CaseOfficer, [Culture, Social]));
        Assert.Null((await ofMany.CreateCaseAsync(new CreateCaseRequest { Parent = _gavle.Parent, Case = Sent() })).Committees);
    }

    [Fact]
    public async Task Those_who_keep_what_comes_of_a_case_are_told_whose_it_is()
    {
        var @case = await AssignAsync(await _gavle.DraftAsync(), Social, Board, only: true);

        var told = Assert.IsType<CaseCommitteesAssigned>(Assert.Single(await service.EventsOfAsync(@case.Name)));
        Assert.Equal((Social, true), (told.Responsible, told.Only));
        Assert.Equal([Board], told.Concerned);
    }

    public static TheoryData<string, string, AssignCommitteesRequest> Wrong => new()
    {
        { "responsible", "FIELD_REQUIRED", new AssignCommitteesRequest() },
        { "responsible", "COMMITTEE_CODE_INVALID", new AssignCommitteesRequest { Responsible = "Socialnämnden" } },
        { "concerned[0]", "COMMITTEE_CODE_INVALID", new AssignCommitteesRequest { Responsible = Social, Concerned = { "x" } } },
        { "concerned[0]", "DUPLICATE_VALUE", new AssignCommitteesRequest { Responsible = Social, Concerned = { Social } } },
        { "concerned", "TOO_MANY_ITEMS", new AssignCommitteesRequest { Responsible = Social, Concerned = { Enumerable.Range(10, 11).Select(i => $"namnd-{i}") } } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task Committees_are_told_by_the_municipalitys_codes_each_once(string field, string reason, AssignCommitteesRequest request)
    {
        var @case = await _gavle.DraftAsync();
        (request.Name, request.Etag) = (@case.Name, @case.Etag);
        await Refused.ForFieldAsync(field, reason, () => _gavle.AsOfficer.AssignCommitteesAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task Where_the_guideline_has_committees_each_case_is_one_of_theirs_and_kept_to_it()
    {
        const string Municipality = "1480";
        var text = Packs.TextOf(EligibilityFixture.Linkoping).Replace("municipality: \"0580\"", $"municipality: \"{Municipality}\"", StringComparison.Ordinal)
            .Replace("aggregateRule:\n", $"committees:\n  default: true\n  sight: own\n  all:\n    - {{key: {Social}, text: {{sv: Socialnämnden, en: Social Welfare Committee}}}}\n    - {{key: {Culture}, text: {{sv: Kulturnämnden, en: Culture Committee}}}}\naggregateRule:\n", StringComparison.Ordinal);
        var pack = await PublishAsync(Municipality, text);
        Assert.Equal((true, "Kulturnämnden"), (pack.CommitteeRule.OwnSightOnly, pack.CommitteeRule.Committees[1].Text.Sv));

        var journey = new Journey(service, Municipality, Domain.Guidelines.GuidelinePackReader.Read(text).Pack!);
        var @case = await journey.AnsweredAsync(await journey.InDialogueAsync());
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_INCOMPLETE", () => journey.CompleteAsync(@case));
        Assert.Contains("committees.responsible", refused.Metadata["missing"], StringComparison.Ordinal);
        await Refused.ForFieldAsync("responsible", "COMMITTEE_UNKNOWN", () => journey.AsOfficer.AssignCommitteesAsync(
            new AssignCommitteesRequest { Name = @case.Name, Etag = @case.Etag, Responsible = "byggnadsnamnden" }).ResponseAsync);

        @case = await journey.AsOfficer.AssignCommitteesAsync(new AssignCommitteesRequest { Name = @case.Name, Etag = @case.Etag, Responsible = Social, Reason = "Ansvarar för målgruppen" });
        Assert.True(@case.Committees.Only);
        @case = await journey.LegallyAssessedAsync(await journey.CompleteAsync(@case));
        @case = await journey.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });
        var memo = await journey.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo", Format = DecisionMemoFormat.Markdown });
        Assert.Contains("Socialnämnden beslutar att ingå", memo.Markdown, StringComparison.Ordinal);

        await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", () => journey.AsDecider.DecideCaseAsync(journey.Decide(@case)).ResponseAsync);
        var decider = new CasesService.CasesServiceClient(service.AsOf(Municipality, Roles.DecisionMaker, [Social], "decider-9"));
        Assert.Equal(State.Approved, (await decider.DecideCaseAsync(journey.Decide(@case))).State);
    }

    private async Task<GuidelinePack> PublishAsync(string municipality, string text)
    {
        var guidelines = service.Guidelines(municipality);
        var draft = await guidelines.CreateGuidelinePackAsync(new CreateGuidelinePackRequest { Parent = $"municipalities/{municipality}", GuidelinePack = new GuidelinePack { Document = text } });
        return await guidelines.PublishGuidelinePackAsync(new PublishGuidelinePackRequest { Name = draft.Name, Etag = draft.Etag });
    }

    private CasesService.CasesServiceClient Decider(params string[] committees) =>
        new(service.AsOf(EligibilityFixture.Gavle, Roles.DecisionMaker, committees, $"decider-{string.Join('-', committees)}"));

    private PrecedentsService.PrecedentsServiceClient Precedents(string role, params string[] committees) => new(service.AsOf(EligibilityFixture.Gavle, role, committees));

    private CasesService.CasesServiceClient Officer(string committee) => new(service.AsOf(EligibilityFixture.Gavle, Roles.CaseOfficer, [committee]));

    private Task<Case> AssignAsync(Case @case, string responsible, string concerned = "", bool only = false)
    {
        var request = new AssignCommitteesRequest { Name = @case.Name, Etag = @case.Etag, Responsible = responsible, Only = only };
        request.Concerned.AddRange(concerned.Length > 0 ? [concerned] : []);
        return _gavle.AsOfficer.AssignCommitteesAsync(request).ResponseAsync;
    }

    private async Task<IReadOnlyList<Case>> ListedAsync(CasesService.CasesServiceClient cases, string filter) =>
        (await cases.ListCasesAsync(new ListCasesRequest { Parent = _gavle.Parent, PageSize = 200, Filter = filter })).Cases;
}
