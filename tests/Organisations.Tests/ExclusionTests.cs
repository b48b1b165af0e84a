using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>Grounds that shut an organisation out, special reasons against it, and the decision. Source: law.md 2.11.</summary>
[Collection(Register.Name)]
public sealed class ExclusionTests(RegisterFixture register)
{
    private const string Set = "democracy-exclusions";
    private const string Ground = "violates-rights";

    private static readonly ConditionRecord Excluded = new()
    {
        ConditionKey = Ground,
        Status = ConditionStatus.Failed,
        Reason = "Företrädare har vid två tillfällen hotat andra.",
        HeardDate = RegisterFixture.Today(-3),
        DecisionReference = "12/2026",
    };

    private static readonly ConditionRecord Excepted = new(Excluded) { Status = ConditionStatus.Excepted, SpecialReasons = "Styrelsen har bytts ut och tagit avstånd." };

    [Fact]
    public async Task An_organisation_declares_that_no_ground_is_at_hand_and_is_told_so_in_words_of_its_own()
    {
        var organisation = await register.RegisterAsync();
        Assert.Equal(VettingOutcome.Incomplete, (await EvaluateAsync(organisation.Name)).Outcome);
        await RecordAsync(register.VettingBy(Roles.OrganisationRepresentative, organisation.Name), organisation.Name, [Declared(Ground), Declared("works-against-democracy")]);

        var evaluation = await EvaluateAsync(organisation.Name);

        var set = Assert.Single(evaluation.Sets);
        Assert.Equal((VettingOutcome.Met, true), (evaluation.Outcome, set.Exclusions));
        Assert.All(set.Conditions, finding => Assert.Contains("hindret inte finns", finding.Explanation.Sv, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ground_is_at_hand_by_a_decision_with_reasons_after_a_hearing_and_by_nothing_less()
    {
        var organisation = await register.RegisterAsync();
        var board = register.VettingBy(Roles.DecisionMaker);

        await Refused.ForFieldAsync("conditions[0].decision_reference", "DECISION_REQUIRED", () => RecordAsync(board, organisation.Name, [new(Excluded) { DecisionReference = "" }]));
        await Refused.ByAsync(StatusCode.InvalidArgument, "CASE_REFERENCE_FORMAT", () => RecordAsync(board, organisation.Name, [new(Excluded) { DecisionReference = "tolv" }]));
        await Refused.ForFieldAsync("conditions[0].reason", "REASON_REQUIRED", () => RecordAsync(board, organisation.Name, [new(Excluded) { Reason = "" }]));
        await Refused.ForFieldAsync("conditions[0].heard_date", "HEARING_REQUIRED", () => RecordAsync(board, organisation.Name, [new(Excluded) { HeardDate = null }]));
        await Refused.ForFieldAsync("conditions[0].special_reasons", "FIELD_NOT_ALLOWED", () => RecordAsync(board, organisation.Name, [new(Excluded) { SpecialReasons = "x" }]));
        await Refused.ByAsync(StatusCode.PermissionDenied, "CHECKER_ROLE_REQUIRED", () => RecordAsync(register.VettingBy(Roles.CaseOfficer), organisation.Name, [Excluded]));
        await RecordAsync(board, organisation.Name, [Excluded]);

        var evaluation = await EvaluateAsync(organisation.Name, register.VettingBy(Roles.OrganisationRepresentative, organisation.Name));
        var finding = evaluation.Sets[0].Conditions[0];
        Assert.Equal((VettingOutcome.NotMet, VettingOutcome.NotMet), (evaluation.Outcome, finding.Outcome));
        Assert.Equal((Excluded.Reason, "12/2026", ""), (finding.Reason, finding.DecisionReference, finding.SpecialReasons));
        Assert.Contains("hindret finns", finding.Explanation.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Special_reasons_let_an_organisation_through_and_are_told_with_the_decision()
    {
        var organisation = await register.RegisterAsync();
        var board = register.VettingBy(Roles.DecisionMaker);
        await Refused.ForFieldAsync("conditions[0].special_reasons", "SPECIAL_REASONS_REQUIRED", () => RecordAsync(board, organisation.Name, [new(Excepted) { SpecialReasons = " " }]));
        await Refused.ForFieldAsync("conditions[0].decision_reference", "DECISION_REQUIRED", () => RecordAsync(board, organisation.Name, [new(Excepted) { DecisionReference = "" }]));
        await Refused.ForFieldAsync("conditions[0].reason", "REASON_REQUIRED", () => RecordAsync(board, organisation.Name, [new(Excepted) { Reason = "" }]));

        var check = await RecordAsync(board, organisation.Name, [Excepted, new() { ConditionKey = "works-against-democracy", Status = ConditionStatus.Verified }]);
        var evaluation = await EvaluateAsync(organisation.Name);

        Assert.Equal((VettingOutcome.Met, ConditionStatus.Excepted), (evaluation.Outcome, evaluation.Sets[0].Conditions[0].Status));
        Assert.Equal(Excepted.SpecialReasons, evaluation.Sets[0].Conditions[0].SpecialReasons);
        Assert.Contains("särskilda skäl", evaluation.Sets[0].Conditions[0].Explanation.Sv, StringComparison.Ordinal);
        Assert.Equal((Excepted.SpecialReasons, "12/2026"), (check.Conditions[0].SpecialReasons, check.Conditions[0].DecisionReference));
        var told = (await register.Ear.OfAsync(organisation.Name, 1)).OfType<OrganisationVettingChanged>();
        Assert.Equal([(Set, "MET")], told.Select(e => (e.SetKey, e.Outcome)));

        // What the municipality has decided the organisation cannot declare away.
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CONDITION_ALREADY_CHECKED", () =>
            RecordAsync(register.VettingBy(Roles.OrganisationRepresentative, organisation.Name), organisation.Name, [Declared(Ground)], check.Etag));
    }

    [Fact]
    public async Task A_condition_that_must_hold_knows_no_special_reasons()
    {
        var organisation = await register.RegisterAsync();
        await Refused.ForFieldAsync("conditions[0].status", "EXCEPTION_NOT_APPLICABLE", () => register.VettingBy(Roles.DecisionMaker).RecordConditionCheckAsync(new RecordConditionCheckRequest
        {
            Parent = organisation.Name,
            GuidelinePack = GuidelinesDouble.Strict,
            SetKey = "democracy-conditions",
            Conditions = { new ConditionRecord(Excepted) { ConditionKey = "inclusive" } },
        }).ResponseAsync);
    }

    private static ConditionRecord Declared(string key) => new() { ConditionKey = key, Status = ConditionStatus.Declared };

    private static Task<ConditionCheck> RecordAsync(VettingService.VettingServiceClient by, string parent, ConditionRecord[] records, string etag = "") =>
        by.RecordConditionCheckAsync(new RecordConditionCheckRequest { Parent = parent, GuidelinePack = GuidelinesDouble.Excluding, SetKey = Set, Conditions = { records }, Etag = etag }).ResponseAsync;

    private Task<EvaluateVettingResponse> EvaluateAsync(string name, VettingService.VettingServiceClient? by = null) =>
        (by ?? register.VettingBy(Roles.CaseOfficer)).EvaluateVettingAsync(new EvaluateVettingRequest { Name = name, GuidelinePack = GuidelinesDouble.Excluding }).ResponseAsync;
}
