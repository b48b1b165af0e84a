using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>Thresholds of a municipality's own, and what happens where none is known. Linköping keeps them, Gävle has none.</summary>
[Collection(nameof(Eligibility))]
public sealed class ThresholdTests(EligibilityFixture service)
{
    private static readonly string Linkoping = $"municipalities/{EligibilityFixture.Linkoping}";

    [Fact]
    public async Task The_shipped_thresholds_are_read_by_name_and_listed_beside_the_municipalitys_own()
    {
        var guidelines = service.Guidelines(EligibilityFixture.Linkoping, Roles.CaseOfficer);
        var listed = await guidelines.ListThresholdsAsync(new ListThresholdsRequest { Parent = Linkoping });

        Assert.Equal(7, listed.Shipped.Count);
        Assert.DoesNotContain(listed.Shipped, threshold => threshold.Unverified);
        Assert.All(listed.Shipped, threshold => Assert.True(threshold.Shipped && threshold.Source.Length > 0));
        var annexTwo = await guidelines.GetThresholdAsync(new GetThresholdRequest { Name = $"{Linkoping}/thresholds/lou-annex-two-2024" });
        Assert.Equal((ThresholdKind.AnnexTwoServices, 8_109_450), (annexTwo.Kind, annexTwo.Amount.Units));
        Assert.Equal((2025, 12, 31), (annexTwo.ValidUntil.Year, annexTwo.ValidUntil.Month, annexTwo.ValidUntil.Day));
    }

    [Fact]
    public async Task A_threshold_is_entered_and_retired_and_two_never_hold_on_the_same_day()
    {
        var guidelines = service.Guidelines(EligibilityFixture.Linkoping);
        var request = new CreateThresholdRequest
        {
            Parent = Linkoping,
            Threshold = Journey.ThresholdOf(ThresholdKind.ServicesEu, 2_400_000),
            RequestId = Guid.NewGuid().ToString(),
        };
        var created = await guidelines.CreateThresholdAsync(request);
        Assert.Equal(created, await guidelines.CreateThresholdAsync(request));
        Assert.Equal((Threshold.Types.State.Active, false), (created.State, created.Shipped));
        var again = await Refused.ByAsync(StatusCode.FailedPrecondition, "THRESHOLD_PERIOD_TAKEN", () => guidelines.CreateThresholdAsync(
            new CreateThresholdRequest { Parent = Linkoping, Threshold = request.Threshold }).ResponseAsync);
        Assert.Equal(created.Name, again.Metadata["other"]);

        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => guidelines.RetireThresholdAsync(
            new RetireThresholdRequest { Name = created.Name, Etag = "\"1\"", Reason = "Fel belopp" }).ResponseAsync);
        var retired = await guidelines.RetireThresholdAsync(new RetireThresholdRequest { Name = created.Name, Etag = created.Etag, Reason = "Fel belopp" });
        Assert.Equal((Threshold.Types.State.Retired, "Fel belopp"), (retired.State, retired.RetireReason));
        Assert.Equal(retired, await guidelines.GetThresholdAsync(new GetThresholdRequest { Name = created.Name }));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "THRESHOLD_STATE_NOT_ALLOWED", () => guidelines.RetireThresholdAsync(
            new RetireThresholdRequest { Name = created.Name, Etag = retired.Etag, Reason = "Igen" }).ResponseAsync);
        Assert.NotEqual(created.Name, (await guidelines.CreateThresholdAsync(new CreateThresholdRequest { Parent = Linkoping, Threshold = request.Threshold })).Name);
    }

    public static TheoryData<string, string, Action<Threshold>> Wrong => new()
    {
        { "threshold.law", "ENUM_VALUE_REQUIRED", threshold => threshold.Law = ProcurementLaw.Unspecified },
        { "threshold.kind", "ENUM_VALUE_REQUIRED", threshold => threshold.Kind = ThresholdKind.Unspecified },
        { "threshold.valid_until", "FIELD_REQUIRED", threshold => threshold.ValidUntil = null },
        { "threshold.valid_until", "DATE_ORDER", threshold => threshold.ValidUntil.Year -= 1 },
        { "threshold.amount", "MONEY_INVALID", threshold => threshold.Amount = Journey.Sek(0) },
        { "threshold.source", "FIELD_REQUIRED", threshold => threshold.Source = "" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_threshold_that_lacks_something_is_refused(string field, string reason, Action<Threshold> change)
    {
        var threshold = Journey.ThresholdOf(ThresholdKind.ServicesEu, 1);
        change(threshold);
        await Refused.ForFieldAsync(field, reason, () => service.Guidelines(EligibilityFixture.Gavle).CreateThresholdAsync(
            new CreateThresholdRequest { Parent = $"municipalities/{EligibilityFixture.Gavle}", Threshold = threshold }).ResponseAsync);
    }

    [Fact]
    public async Task A_shipped_threshold_is_nobodys_to_retire_and_one_of_others_is_nobodys_to_see()
    {
        var name = $"{Linkoping}/thresholds/lou-direct-award-2024";
        await Refused.ByAsync(StatusCode.FailedPrecondition, "THRESHOLD_STATE_NOT_ALLOWED", () => service.Guidelines(EligibilityFixture.Linkoping)
            .RetireThresholdAsync(new RetireThresholdRequest { Name = name, Etag = "\"1\"", Reason = "Fel" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => service.Guidelines(EligibilityFixture.Falun)
            .GetThresholdAsync(new GetThresholdRequest { Name = name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "THRESHOLD_NOT_FOUND", () => service.Guidelines(EligibilityFixture.Linkoping)
            .GetThresholdAsync(new GetThresholdRequest { Name = $"{Linkoping}/thresholds/{Guid.CreateVersion7()}" }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => service.Guidelines(EligibilityFixture.Linkoping, Roles.CaseOfficer)
            .CreateThresholdAsync(new CreateThresholdRequest { Parent = Linkoping, Threshold = Journey.ThresholdOf(ThresholdKind.DirectAward, 1) }).ResponseAsync);
    }

    [Fact]
    public async Task Where_the_way_out_hangs_on_a_threshold_that_is_not_known_the_assessment_cannot_be_completed()
    {
        var journey = new Journey(service, EligibilityFixture.Gavle);
        var @case = await journey.AnsweredAsync(await journey.InDialogueAsync(), "ga-route-other-form-more-suitable");
        @case = await journey.AsOfficer.AnswerCriteriaAsync(new AnswerCriteriaRequest
        {
            Name = @case.Name,
            Etag = @case.Etag,
            Answers = { new CriterionAnswer { QuestionKey = "activity-purpose", Option = "buy-service" } },
        });

        var evaluation = await journey.EvaluateAsync(@case);
        Assert.Equal(ThresholdKind.DirectAward, Assert.Single(evaluation.MissingThresholds).Kind);
        Assert.Contains(evaluation.LawFindings, finding => finding is { Code: "threshold-missing", Blocking: true });
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "THRESHOLD_MISSING", () => journey.CompleteAsync(@case));
        Assert.Equal(("LOU", "DIRECT_AWARD", $"{Journey.Today.Year:0000}-{Journey.Today.Month:00}-{Journey.Today.Day:00}"),
            (refused.Metadata["law"], refused.Metadata["kind"], refused.Metadata["date"]));
    }

    // The limit that counts is the one of the day of the decision: a new year may have come since the lawyer looked.
    [Fact]
    public async Task An_approval_that_rests_on_a_limit_holds_it_to_the_one_of_the_day_of_the_decision()
    {
        var journey = new Journey(service, EligibilityFixture.Falun);
        var guidelines = service.Guidelines(EligibilityFixture.Falun);
        async Task<Threshold> EnteredAsync(long amount) => await guidelines.CreateThresholdAsync(
            new CreateThresholdRequest { Parent = journey.Parent, Threshold = Journey.ThresholdOf(ThresholdKind.DirectAward, amount) });
        async Task RetireAsync(Threshold threshold) => await guidelines.RetireThresholdAsync(new RetireThresholdRequest { Name = threshold.Name, Etag = threshold.Etag, Reason = "Ett nytt år" });

        foreach (var earlier in (await guidelines.ListThresholdsAsync(new ListThresholdsRequest { Parent = journey.Parent })).Thresholds
            .Where(threshold => threshold is { Kind: ThresholdKind.DirectAward, State: Threshold.Types.State.Active }))
        {
            await RetireAsync(earlier);
        }

        var then = await EnteredAsync(700_000);
        var @case = await journey.LegallyAssessedAsync(await journey.AssessedAsync(), assessment =>
            (assessment.Ground, assessment.EstimatedValue, assessment.SameKind) =
            (LegalGround.BelowDirectAwardLimit, Journey.Sek(600_000), new SameKindReview { PurchaseKind = "dagens-grans", Complete = true }));
        @case = await journey.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });

        await RetireAsync(then);
        var missing = await Refused.ByAsync(StatusCode.FailedPrecondition, "THRESHOLD_MISSING", () => journey.AsDecider.DecideCaseAsync(journey.Decide(@case)).ResponseAsync);
        Assert.Equal("DIRECT_AWARD", missing.Metadata["kind"]);

        var lower = await EnteredAsync(500_000);
        var above = await Refused.ByAsync(StatusCode.FailedPrecondition, "SAME_KIND_ABOVE_LIMIT", () => journey.AsDecider.DecideCaseAsync(journey.Decide(@case)).ResponseAsync);
        Assert.Equal(("600000", "500000"), (above.Metadata["sum"], above.Metadata["limit"]));
        await RetireAsync(lower);

        var now = await EnteredAsync(650_000);
        Assert.Equal(State.Approved, (await journey.AsDecider.DecideCaseAsync(journey.Decide(@case))).State);
        await RetireAsync(now);
    }

    [Fact]
    public async Task A_partnership_that_rests_on_the_limit_of_direct_award_needs_the_limit_to_be_known()
    {
        var journey = new Journey(service, EligibilityFixture.Linkoping);
        static void Below(LegalAssessment assessment, long value) =>
            (assessment.Ground, assessment.EstimatedValue, assessment.SameKind) =
            (LegalGround.BelowDirectAwardLimit, Journey.Sek(value), new SameKindReview { PurchaseKind = "motesplatser", Complete = true });

        var early = await journey.AssessedAsync();
        var refused = await Refused.ByAsync(
            StatusCode.FailedPrecondition, "THRESHOLD_MISSING", () => journey.LegallyAssessedAsync(early, assessment => Below(assessment, 600_000)));
        Assert.Equal("DIRECT_AWARD", refused.Metadata["kind"]);
        await journey.EnterThresholdsAsync();
        await Refused.ForFieldAsync("legal_assessment.estimated_value", "VALUE_ABOVE_LIMIT",
            () => journey.LegallyAssessedAsync(early, assessment => Below(assessment, 700_000)));
        var assessed = await journey.LegallyAssessedAsync(early, assessment => Below(assessment, 699_999));
        Assert.Equal(State.Routed, assessed.State);
        var threshold = await service.Guidelines(EligibilityFixture.Linkoping).GetThresholdAsync(
            new GetThresholdRequest { Name = Assert.Single(assessed.LegalAssessments).Threshold });
        Assert.Equal(700_000, threshold.Amount.Units);
    }
}
