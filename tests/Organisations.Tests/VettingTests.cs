using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>Conditions declared by the organisation, verified or failed by the municipality. Source: law.md 2.11; complaint 26.</summary>
[Collection(Register.Name)]
public sealed class VettingTests(RegisterFixture register)
{
    private const string Democracy = "democracy-conditions";

    [Fact]
    public async Task Nothing_answered_is_incomplete_and_never_a_no()
    {
        var organisation = await register.RegisterAsync();

        var evaluation = await EvaluateAsync(organisation.Name);

        Assert.Equal((GuidelinesDouble.Current, VettingOutcome.Incomplete), (evaluation.GuidelinePack, evaluation.Outcome));
        Assert.Equal([(Democracy, "xx-democracy", 2), ("formal-conditions", "xx-formal", 1)], evaluation.Sets.Select(set => (set.SetKey, set.RuleId, set.Conditions.Count)));
        Assert.All(evaluation.Sets.SelectMany(set => set.Conditions), finding => Assert.Equal((ConditionStatus.Unanswered, VettingOutcome.Incomplete), (finding.Status, finding.Outcome)));
        Assert.Contains("open-membership, inclusive, no-tax-debt", evaluation.Explanation.Sv, StringComparison.Ordinal);
        Assert.All(evaluation.Sets[0].Conditions, finding => Assert.True(finding is { RuleId: "xx-democracy", Text.Sv.Length: > 0, Explanation.Sv.Length: > 0, Explanation.En.Length: > 0 }));
    }

    [Fact]
    public async Task The_organisations_word_meets_a_condition_where_the_guideline_accepts_it_and_not_where_it_asks_for_a_check()
    {
        var organisation = await register.RegisterAsync();
        var representative = register.VettingBy(Roles.OrganisationRepresentative, organisation.Name);
        await RecordAsync(representative, organisation.Name, [Declared("open-membership"), Declared("inclusive")]);
        await RecordAsync(representative, organisation.Name, [Declared("no-tax-debt")], set: "formal-conditions");

        var (accepted, asked) = (await EvaluateAsync(organisation.Name), await EvaluateAsync(organisation.Name, GuidelinesDouble.Strict));

        Assert.Equal(VettingOutcome.Met, accepted.Outcome);
        Assert.Equal((VettingOutcome.Incomplete, ConditionStatus.Verified, "committee"), (asked.Outcome, asked.Sets[0].Accepts, asked.Sets[0].CheckedBy));
        Assert.Equal((ConditionStatus.Declared, VettingOutcome.Incomplete), (asked.Sets[0].Conditions[0].Status, asked.Sets[0].Conditions[0].Outcome));
        Assert.Equal(VettingOutcome.Met, asked.Sets[1].Outcome);
    }

    [Fact]
    public async Task A_check_by_the_board_verifies_with_evidence_and_tolerance()
    {
        var organisation = await register.RegisterAsync();
        var statutes = await register.UploadAsync(RegisterFixture.Header(organisation.Name), SampleDocuments.Pdf());
        var board = register.VettingBy(Roles.DecisionMaker);
        var verified = new ConditionRecord { ConditionKey = "open-membership", Status = ConditionStatus.Verified, EvidenceDocument = statutes.Name, CheckDate = RegisterFixture.Today(-2) };
        var tolerated = new ConditionRecord { ConditionKey = "inclusive", Status = ConditionStatus.Verified, ToleranceNote = "Lokalen byggs om i vår" };

        var check = await RecordAsync(board, organisation.Name, [tolerated, verified], GuidelinesDouble.Strict);
        var set = (await EvaluateAsync(organisation.Name, GuidelinesDouble.Strict)).Sets[0];

        Assert.Equal(["open-membership", "inclusive"], check.Conditions.Select(c => c.ConditionKey));
        Assert.Equal(VettingOutcome.Met, set.Outcome);
        Assert.Equal((statutes.Name, RegisterFixture.Today(-2)), (set.Conditions[0].EvidenceDocument, set.Conditions[0].CheckDate));
        Assert.Equal("Lokalen byggs om i vår", set.Conditions[1].ToleranceNote);
        Assert.NotEqual(set.Conditions[0].Explanation.Sv, set.Conditions[1].Explanation.Sv);
        Assert.Equal(check, await board.GetConditionCheckAsync(new GetConditionCheckRequest { Name = check.Name }));
        Assert.Equal(check, Assert.Single((await board.ListConditionChecksAsync(new ListConditionChecksRequest { Parent = organisation.Name })).ConditionChecks));
        Assert.Equal($"{organisation.Name}/conditionChecks/{Democracy}", check.Name);
    }

    [Fact]
    public async Task Nobody_is_found_wanting_without_reasons_and_without_having_been_heard()
    {
        var organisation = await register.RegisterAsync();
        var officer = register.VettingBy(Roles.CaseOfficer);
        var failed = new ConditionRecord { ConditionKey = "inclusive", Status = ConditionStatus.Failed, Reason = "Stadgarna stänger ute", HeardDate = RegisterFixture.Today(-1) };

        await Refused.ForFieldAsync("conditions[0].reason", "REASON_REQUIRED", () => RecordAsync(officer, organisation.Name, [new(failed) { Reason = "" }]));
        await Refused.ForFieldAsync("conditions[0].heard_date", "HEARING_REQUIRED", () => RecordAsync(officer, organisation.Name, [new(failed) { HeardDate = null }]));
        await Refused.ForFieldAsync("conditions[0].heard_date", "HEARING_REQUIRED", () => RecordAsync(officer, organisation.Name, [new(failed) { HeardDate = RegisterFixture.Today(1) }]));
        await RecordAsync(officer, organisation.Name, [failed]);

        var evaluation = await EvaluateAsync(organisation.Name);
        Assert.Equal((VettingOutcome.NotMet, VettingOutcome.NotMet), (evaluation.Outcome, evaluation.Sets[0].Outcome));
    }

    [Fact]
    public async Task What_the_municipality_has_checked_the_organisation_cannot_undo()
    {
        var organisation = await register.RegisterAsync();
        var representative = register.VettingBy(Roles.OrganisationRepresentative, organisation.Name);
        var first = await RecordAsync(register.VettingBy(Roles.CaseOfficer), organisation.Name, [new() { ConditionKey = "inclusive", Status = ConditionStatus.Verified }]);

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "CONDITION_ALREADY_CHECKED", () => RecordAsync(representative, organisation.Name, [Declared("open-membership"), Declared("inclusive")], etag: first.Etag));

        Assert.Equal("inclusive", refused.Metadata["condition"]);
        Assert.Equal(first, await representative.GetConditionCheckAsync(new GetConditionCheckRequest { Name = first.Name }));
        Assert.Equal(2, (await RecordAsync(representative, organisation.Name, [Declared("open-membership")], etag: first.Etag)).Conditions.Count);
    }

    [Fact]
    public async Task What_the_committee_has_found_no_officer_takes_back_by_a_declaration()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var (officer, board) = (register.VettingBy(Roles.CaseOfficer), register.VettingBy(Roles.DecisionMaker));
        var failed = new ConditionRecord { ConditionKey = "inclusive", Status = ConditionStatus.Failed, Reason = "Stadgarna stänger ute", HeardDate = RegisterFixture.Today(-1) };
        var found = await RecordAsync(board, organisation, [failed], GuidelinesDouble.Strict);

        await Refused.ByAsync(StatusCode.PermissionDenied, "CHECKER_ROLE_REQUIRED", () => RecordAsync(officer, organisation, [Declared("inclusive")], GuidelinesDouble.Strict, etag: found.Etag));

        Assert.Equal(ConditionStatus.Declared, Assert.Single((await RecordAsync(board, organisation, [Declared("inclusive")], GuidelinesDouble.Strict, etag: found.Etag)).Conditions).Status);
    }

    [Theory]
    [InlineData(ConditionStatus.Declared)]
    [InlineData(ConditionStatus.Verified)]
    public async Task Nor_by_way_of_another_guideline_that_leaves_the_check_to_officers(ConditionStatus status)
    {
        var organisation = (await register.RegisterAsync()).Name;
        var failed = new ConditionRecord { ConditionKey = "inclusive", Status = ConditionStatus.Failed, Reason = "Stadgarna stänger ute", HeardDate = RegisterFixture.Today(-1) };
        var found = await RecordAsync(register.VettingBy(Roles.DecisionMaker), organisation, [failed], GuidelinesDouble.Strict);

        var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "CHECKER_ROLE_REQUIRED", () =>
            RecordAsync(register.VettingBy(Roles.CaseOfficer), organisation, [new() { ConditionKey = "inclusive", Status = status }], GuidelinesDouble.Current, etag: found.Etag));

        Assert.Equal("committee", refused.Metadata["role"]);
        Assert.Equal(VettingOutcome.NotMet, (await EvaluateAsync(organisation, GuidelinesDouble.Strict)).Sets[0].Outcome);
    }

    [Fact]
    public async Task What_one_guideline_lets_an_officer_verify_is_no_more_than_declared_where_another_asks_the_committee()
    {
        var organisation = (await register.RegisterAsync()).Name;
        var check = await RecordAsync(
            register.VettingBy(Roles.CaseOfficer), organisation, [.. new[] { "open-membership", "inclusive" }.Select(key => new ConditionRecord { ConditionKey = key, Status = ConditionStatus.Verified })]);
        Assert.Equal(VettingOutcome.Met, (await EvaluateAsync(organisation)).Sets[0].Outcome);

        var asked = (await EvaluateAsync(organisation, GuidelinesDouble.Strict)).Sets[0];
        Assert.Equal((VettingOutcome.Incomplete, ConditionStatus.Declared), (asked.Outcome, asked.Conditions[0].Status));

        await RecordAsync(register.VettingBy(Roles.DecisionMaker), organisation, [.. check.Conditions], GuidelinesDouble.Strict, etag: check.Etag);
        Assert.Equal(VettingOutcome.Met, (await EvaluateAsync(organisation, GuidelinesDouble.Strict)).Sets[0].Outcome);
    }

    [Theory]
    [InlineData(Roles.OrganisationRepresentative, GuidelinesDouble.Current, "CHECKER_ROLE_REQUIRED")]
    [InlineData(Roles.Lawyer, GuidelinesDouble.Current, "CHECKER_ROLE_REQUIRED")]
    [InlineData(Roles.CaseOfficer, GuidelinesDouble.Strict, "CHECKER_ROLE_REQUIRED")]
    [InlineData(Roles.Auditor, GuidelinesDouble.Current, "SCOPE_MISSING")]
    [InlineData(Roles.Integration, GuidelinesDouble.Current, "SCOPE_MISSING")]
    public async Task Only_the_role_that_the_guideline_names_verifies(string role, string pack, string reason)
    {
        var organisation = await register.RegisterAsync();

        await Refused.ByAsync(StatusCode.PermissionDenied, reason, () =>
            RecordAsync(register.VettingBy(role, organisation.Name), organisation.Name, [new() { ConditionKey = "inclusive", Status = ConditionStatus.Verified }], pack));
        await Refused.ByAsync(StatusCode.NotFound, "CONDITION_CHECK_NOT_FOUND", () =>
            register.VettingBy(Roles.CaseOfficer).GetConditionCheckAsync(new GetConditionCheckRequest { Name = $"{organisation.Name}/conditionChecks/{Democracy}" }).ResponseAsync);
    }

    [Fact]
    public async Task A_change_is_told_with_its_codes_and_what_changes_nothing_is_not()
    {
        var organisation = await register.RegisterAsync();
        var officer = register.VettingBy(Roles.CaseOfficer);
        var first = await RecordAsync(officer, organisation.Name, [Declared("open-membership")]);
        var second = await RecordAsync(officer, organisation.Name, [Declared("open-membership")], etag: first.Etag);
        await RecordAsync(officer, organisation.Name, [Declared("inclusive")], etag: second.Etag);

        var told = (await register.Ear.OfAsync(organisation.Name, 2)).OfType<OrganisationVettingChanged>();

        Assert.Equal([(GuidelinesDouble.Current, Democracy, "INCOMPLETE", 2L), (GuidelinesDouble.Current, Democracy, "MET", 3L)], told.Select(e => (e.GuidelinePack, e.SetKey, e.Outcome, e.Sequence)));
    }

    [Fact]
    public async Task That_the_committee_has_found_the_same_as_the_officer_is_a_change_where_only_its_check_counts()
    {
        var organisation = (await register.RegisterAsync()).Name;
        ConditionRecord[] verified = [.. new[] { "open-membership", "inclusive" }.Select(key => new ConditionRecord { ConditionKey = key, Status = ConditionStatus.Verified })];
        var check = await RecordAsync(register.VettingBy(Roles.CaseOfficer), organisation, verified);
        await RecordAsync(register.VettingBy(Roles.DecisionMaker), organisation, verified, GuidelinesDouble.Strict, etag: check.Etag);

        var told = (await register.Ear.OfAsync(organisation, 2)).OfType<OrganisationVettingChanged>();

        Assert.Equal([(GuidelinesDouble.Current, "MET"), (GuidelinesDouble.Strict, "MET")], told.Select(e => (e.GuidelinePack, e.Outcome)));
    }

    [Fact]
    public async Task A_check_is_changed_in_the_version_last_read()
    {
        var organisation = await register.RegisterAsync();
        var officer = register.VettingBy(Roles.CaseOfficer);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => RecordAsync(officer, organisation.Name, [Declared("inclusive")], etag: "\"1\""));
        await RecordAsync(officer, organisation.Name, [Declared("inclusive")]);

        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => RecordAsync(officer, organisation.Name, [Declared("inclusive")]));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => RecordAsync(officer, organisation.Name, [Declared("inclusive")], etag: "\"1\""));
    }

    public static TheoryData<string, string, ConditionRecord[]> Faults => new()
    {
        { "conditions", "NUMBER_OUT_OF_RANGE", [] },
        { "conditions[0].condition_key", "CONDITION_UNKNOWN", [Declared("x")] },
        { "conditions[1].condition_key", "DUPLICATE_VALUE", [Declared("inclusive"), Declared("inclusive")] },
        { "conditions[0].status", "ENUM_VALUE_REQUIRED", [new() { ConditionKey = "inclusive", Status = ConditionStatus.Unanswered }] },
        { "conditions[0].check_date", "DATE_IN_FUTURE", [new(Declared("inclusive")) { CheckDate = RegisterFixture.Today(3) }] },
        { "conditions[0].tolerance_note", "FIELD_NOT_ALLOWED", [new(Declared("inclusive")) { ToleranceNote = "x" }] },
        { "conditions[0].evidence_document", "X", [new(Declared("inclusive")) { EvidenceDocument = "x" }] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_wrong_is_told_by_field(string field, string reason, ConditionRecord[] records)
    {
        var organisation = await register.RegisterAsync();
        var (at, expected) = reason == "X" ? ($"{field}[0]", "RESOURCE_NAME_INVALID") : (field, reason);

        await Refused.ForFieldAsync(at, expected, () => RecordAsync(register.VettingBy(Roles.CaseOfficer), organisation.Name, records));
    }

    [Fact]
    public async Task Sets_evidence_and_organisations_that_are_not_there_are_refused()
    {
        var (organisation, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var officer = register.VettingBy(Roles.CaseOfficer);
        var returned = await register.UploadAsync(RegisterFixture.Header(organisation.Name), SampleDocuments.Pdf());
        await register.Documents.ReturnDocumentAsync(new ReturnDocumentRequest { Name = returned.Name, Reason = "x", Etag = returned.Etag });

        await Refused.ForFieldAsync("set_key", "CONDITION_UNKNOWN", () => RecordAsync(officer, organisation.Name, [Declared("inclusive")], set: "x"));
        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => RecordAsync(officer, organisation.Name, [new(Declared("inclusive")) { EvidenceDocument = $"{organisation.Name}/documents/{Guid.CreateVersion7()}" }]));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DOCUMENT_STATE_NOT_ALLOWED", () => RecordAsync(officer, organisation.Name, [new(Declared("inclusive")) { EvidenceDocument = returned.Name }]));
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => EvaluateAsync($"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => EvaluateAsync(other.Name, by: register.VettingBy(Roles.OrganisationRepresentative, organisation.Name)));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => EvaluateAsync(other.Name, by: new(register.As("0580", Roles.CaseOfficer))));
    }

    private static ConditionRecord Declared(string key) => new() { ConditionKey = key, Status = ConditionStatus.Declared };

    private static Task<ConditionCheck> RecordAsync(
        VettingService.VettingServiceClient by, string parent, ConditionRecord[] records, string pack = "", string set = Democracy, string etag = "") =>
        by.RecordConditionCheckAsync(new RecordConditionCheckRequest { Parent = parent, GuidelinePack = pack, SetKey = set, Conditions = { records }, Etag = etag }).ResponseAsync;

    private Task<EvaluateVettingResponse> EvaluateAsync(string name, string pack = "", VettingService.VettingServiceClient? by = null) =>
        (by ?? register.VettingBy(Roles.CaseOfficer)).EvaluateVettingAsync(new EvaluateVettingRequest { Name = name, GuidelinePack = pack }).ResponseAsync;
}
