using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;
using Standing = Iop.Eligibility.V1.SameKindReview.Types.Standing;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>The year's purchases of one kind as a case, a lawyer and a decision meet them. Eslöv has limits of its own here.</summary>
[Collection(nameof(Eligibility))]
public sealed class SameKindApiTests(EligibilityFixture service)
{
    private readonly Journey _eslov = new(service, EligibilityFixture.Eslov);

    [Fact]
    public async Task A_case_that_would_be_bought_is_not_completed_before_the_years_purchases_of_its_kind_are_known()
    {
        await _eslov.EnterThresholdsAsync();
        var @case = await OrderedAsync(600_000, new ProcurementFacts { AnnexTwoService = false });

        var evaluation = await _eslov.EvaluateAsync(@case);
        Assert.Equal(Standing.Unanswered, evaluation.SameKind.Standing);
        Assert.Contains(evaluation.LawFindings, finding => finding is { Code: "same-kind-unanswered", Blocking: true });
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "SAME_KIND_VALUE_MISSING", () => _eslov.CompleteAsync(@case));
        Assert.Equal($"{Journey.Today.Year}", refused.Metadata["year"]);

        @case = await TellAsync(@case, complete: true);
        Assert.Contains(Instrument.DirectAward, (await _eslov.EvaluateAsync(@case)).Alternatives);
        @case = await TellAsync(@case, complete: true, Bought(100_001));
        evaluation = await _eslov.EvaluateAsync(@case);
        Assert.DoesNotContain(Instrument.DirectAward, evaluation.Alternatives);
        Assert.Equal((Standing.AboveTogether, 700_001, 700_000), (evaluation.SameKind.Standing, evaluation.SameKind.AggregateValue.Units, evaluation.SameKind.Limit.Units));
        Assert.Contains(evaluation.LawFindings, finding => finding.Code == "same-kind-above-limit");
        @case = await _eslov.CompleteAsync(@case);
        Assert.Equal((State.Routed, Instrument.Procurement), (@case.State, @case.RoutedInstrument));
        Assert.Equal(Standing.AboveTogether, @case.PreliminaryAssessment.Evaluation.SameKind.Standing);
    }

    [Fact]
    public async Task Purchases_of_other_years_are_kept_and_not_added_up()
    {
        await _eslov.EnterThresholdsAsync();
        var last = Bought(500_000);
        last.Year--;
        var @case = await TellAsync(await OrderedAsync(600_000), complete: true, last);
        Assert.Equal((0, Standing.Within), ((await _eslov.EvaluateAsync(@case)).SameKind.OtherValue.Units, (await _eslov.EvaluateAsync(@case)).SameKind.Standing));
    }

    [Fact]
    public async Task What_the_platform_knows_of_a_kind_is_added_from_other_cases_and_an_approval_looks_once_more()
    {
        await _eslov.EnterThresholdsAsync();
        var kind = $"k-{Guid.NewGuid():N}"[..20];
        var first = await RestingOnTheLimitAsync(kind, 400_000);
        var second = await RestingOnTheLimitAsync(kind, 290_000);
        Assert.Equal((0, 400_000), (OtherOf(first), OtherOf(second)));
        Assert.Equal([first.Name], second.LegalAssessments[^1].SameKind.Purchases.Select(purchase => purchase.Case));
        Assert.Equal("Arbetsmarknadsnämnden", second.LegalAssessments[^1].SameKind.Purchases[0].Administration);

        // The third passes the limit together with the two before it, though it is the smallest.
        var third = await AssessedAsync(kind, 20_000);
        var refused = await Refused.ForFieldAsync("legal_assessment.estimated_value", "SAME_KIND_ABOVE_LIMIT", () => _eslov.LegallyAssessedAsync(third, OnTheLimit(20_000)));
        var checklist = await _eslov.AsLawyer.GetLegalChecklistAsync(new GetLegalChecklistRequest { Name = third.Name });
        Assert.Equal((690_000, 710_000, Standing.AboveTogether), (checklist.SameKind.OtherValue.Units, checklist.SameKind.AggregateValue.Units, checklist.SameKind.Standing));
        Assert.Contains(checklist.RedFlags, flag => flag is { Code: "value-above-threshold", Proposed: true });
        Assert.Empty((await _eslov.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = third.Name })).LegalAssessments);

        // A withdrawn case is bought no more; while it stood, another that came to the limit could not be approved.
        second = await SubmitAsync(second);
        first = await SubmitAsync(first);
        var late = await RestingAnywayAsync(kind, 300_000);
        late = await SubmitAsync(late);
        var above = await Refused.ByAsync(StatusCode.FailedPrecondition, "SAME_KIND_ABOVE_LIMIT", () => _eslov.AsDecider.DecideCaseAsync(_eslov.Decide(second)).ResponseAsync);
        Assert.Equal(("990000", "700000"), (above.Metadata["sum"], above.Metadata["limit"]));
        await _eslov.AsOfficer.WithdrawCaseAsync(new WithdrawCaseRequest { Name = late.Name, Etag = late.Etag, Reason = "Det blev för mycket" });
        Assert.Equal(State.Approved, (await _eslov.AsDecider.DecideCaseAsync(_eslov.Decide(second))).State);
        Assert.Equal(State.Approved, (await _eslov.AsDecider.DecideCaseAsync(_eslov.Decide(first))).State);
        Assert.NotNull(refused);
    }

    [Fact]
    public async Task A_case_led_elsewhere_than_to_an_award_or_of_another_kind_or_municipality_is_not_added()
    {
        await _eslov.EnterThresholdsAsync();
        var kind = $"k-{Guid.NewGuid():N}"[..20];
        await RestingOnTheLimitAsync($"{kind}-x", 400_000);
        var ordered = await TellAsync(await OrderedAsync(1_200_000), complete: true, kind: kind);
        Assert.Equal(Instrument.Procurement, (await _eslov.CompleteAsync(ordered)).RoutedInstrument);
        var falun = new Journey(service, EligibilityFixture.Falun);
        await falun.EnterThresholdsAsync();
        await falun.LegallyAssessedAsync(await falun.AssessedAsync(facts => facts.ProcurementFacts = new ProcurementFacts { PurchaseKind = kind }));

        Assert.Equal(0, OtherOf(await RestingOnTheLimitAsync(kind, 100_000)));
    }

    [Theory]
    [InlineData("", true, "legal_assessment.same_kind.purchase_kind", "FIELD_REQUIRED")]
    [InlineData("Åka", true, "legal_assessment.same_kind.purchase_kind", "PURCHASE_KIND_INVALID")]
    [InlineData("resor", null, "legal_assessment.same_kind.complete", "SAME_KIND_UNANSWERED")]
    [InlineData("resor", false, "legal_assessment.same_kind.complete", "SAME_KIND_UNANSWERED")]
    public async Task A_legal_assessment_that_rests_on_the_limit_names_the_kind_and_says_that_its_sum_is_whole(string kind, bool? complete, string field, string reason)
    {
        await _eslov.EnterThresholdsAsync();
        var @case = await _eslov.AssessedAsync();
        await Refused.ForFieldAsync(field, reason, () => _eslov.LegallyAssessedAsync(@case, assessment =>
        {
            OnTheLimit(100_000)(assessment);
            assessment.SameKind = new SameKindReview { PurchaseKind = kind };
            if (complete is { } said)
            {
                assessment.SameKind.Complete = said;
            }
        }));
    }

    [Fact]
    public async Task Four_tests_that_show_a_purchase_ask_for_the_sum_whatever_is_concluded()
    {
        await _eslov.EnterThresholdsAsync();
        var @case = await _eslov.AssessedAsync(facts => facts.Contributions[1].Value = Journey.Sek(600_000));
        await Refused.ForFieldAsync("legal_assessment.same_kind.complete", "SAME_KIND_UNANSWERED", () => _eslov.LegallyAssessedAsync(@case, Journey.NotPossible));
        @case = await _eslov.LegallyAssessedAsync(@case, assessment =>
        {
            Journey.NotPossible(assessment);
            assessment.SameKind = new SameKindReview { PurchaseKind = "resor", Purchases = { Bought(50_000) }, Complete = true };
        });
        var record = Assert.Single(@case.LegalAssessments);
        Assert.Equal((600_000, 650_000, Standing.Within), (record.EstimatedValue.Units, record.SameKind.AggregateValue.Units, record.SameKind.Standing));
        Assert.Equal("resor", @case.ProcurementFacts.PurchaseKind);
    }

    [Theory]
    [InlineData("description", "FIELD_REQUIRED")]
    [InlineData("administration", "FIELD_REQUIRED")]
    [InlineData("year", "NUMBER_OUT_OF_RANGE")]
    [InlineData("value", "MONEY_INVALID")]
    public async Task A_purchase_has_what_it_was_who_made_it_the_year_and_the_value(string field, string reason)
    {
        var purchase = Bought(1);
        switch (field)
        {
            case "description": purchase.Description = ""; break;
            case "administration": purchase.Administration = " "; break;
            case "year": purchase.Year = 0; break;
            default: purchase.Value = null; break;
        }

        await Refused.ForFieldAsync($"case.procurement_facts.same_kind_purchases[0].{field}", reason, () => _eslov.DraftAsync(facts =>
            facts.ProcurementFacts = new ProcurementFacts { PurchaseKind = "resor", SameKindPurchases = { purchase } }));
    }

    [Fact]
    public async Task A_representative_sees_the_sums_and_no_other_case_and_the_memorandum_names_none()
    {
        await _eslov.EnterThresholdsAsync();
        var kind = $"k-{Guid.NewGuid():N}"[..20];
        var other = await RestingOnTheLimitAsync(kind, 100_000);
        var @case = await RestingOnTheLimitAsync(kind, 100_000, Bought(30_000));
        var chair = service.Cases(EligibilityFixture.Eslov, Roles.OrganisationRepresentative, "chair-k", @case.Organisation);

        var seen = (await chair.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).LegalAssessments[0].SameKind;
        Assert.Equal((130_000, ""), (seen.OtherValue.Units, Assert.Single(seen.Purchases).Case));
        Assert.DoesNotContain(other.Name, (await chair.ListCaseRevisionsAsync(new ListCaseRevisionsRequest { Parent = @case.Name })).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(other.Name, (await chair.EvaluateCaseAsync(new EvaluateCaseRequest { Name = @case.Name })).ToString(), StringComparison.Ordinal);
        var memo = await chair.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        var table = memo.Sections.SelectMany(section => section.Tables).Single(found => found.Caption == "Årets andra inköp av samma slag i kommunen");
        Assert.Equal(["Bussresor", "Ett annat ärende om partnerskap"], table.Rows.Select(row => row.Cells[0]));
        Assert.Contains(memo.Sections.SelectMany(section => section.Paragraphs), text => text.StartsWith("Årets inköp av samma slag: tillsammans 230", StringComparison.Ordinal));
    }

    // law.md 2.5: read through the register; voluntary and never required.
    [Fact]
    public async Task What_the_register_says_of_the_act_decides_where_nobody_has_looked_and_is_told_either_way()
    {
        await _eslov.EnterThresholdsAsync();
        var @case = await OrderedAsync(9_000_000, new ProcurementFacts { AnnexTwoService = true, CpvCodes = { "85312000-9" } });
        Assert.Equal(Instrument.Procurement, (await _eslov.EvaluateAsync(@case)).Instrument);

        service.Organisations.Enrol(@case.Organisation, ActRegistration.Types.Status.Registered, new DateOnly(2024, 3, 1));
        var evaluation = await _eslov.EvaluateAsync(@case);
        Assert.Equal(Instrument.ReservedProcurement, evaluation.Instrument);
        Assert.Contains(evaluation.Reasons, reason => reason.RuleId == "law-act-registration" && reason.Sentence.Sv.Contains("sedan 2024-03-01", StringComparison.Ordinal));
        service.Organisations.Enrol(@case.Organisation, ActRegistration.Types.Status.Deregistered, new DateOnly(2025, 5, 2));
        evaluation = await _eslov.EvaluateAsync(@case);
        Assert.Equal(Instrument.Procurement, evaluation.Instrument);
        Assert.Contains(evaluation.Instruments.Single(finding => finding.Instrument == Instrument.ReservedProcurement).Reasons,
            reason => reason.Sentence.Sv.Contains("avregistrerades enligt lagen 2025-05-02", StringComparison.Ordinal));
        Assert.Equal(Instrument.Procurement, (await _eslov.CompleteAsync(@case)).RoutedInstrument);
    }

    private static SameKindPurchase Bought(long value) =>
        new() { Description = "Bussresor", Administration = "Kulturförvaltningen", Year = Journey.Today.Year, Value = Journey.Sek(value) };

    private static long OtherOf(Case @case) => @case.LegalAssessments[^1].SameKind.OtherValue.Units;

    private static Action<LegalAssessment> OnTheLimit(long value) => assessment =>
        (assessment.Ground, assessment.EstimatedValue) = (LegalGround.BelowDirectAwardLimit, Journey.Sek(value));

    // The administration's own order, and so a purchase by the guideline.
    private async Task<Case> OrderedAsync(long value, ProcurementFacts? facts = null) => await _eslov.AnsweredAsync(
        await _eslov.InDialogueAsync(@case =>
        {
            @case.ProcurementFacts = facts;
            @case.Contributions[1].Value = Journey.Sek(value);
        }),
        "es-crit-1-not-an-order");

    private async Task<Case> TellAsync(Case @case, bool complete, SameKindPurchase? bought = null, string kind = "bussresor")
    {
        var facts = new ProcurementFacts { PurchaseKind = kind, SameKindComplete = complete, AnnexTwoService = false };
        facts.SameKindPurchases.AddRange(bought is null ? [] : new[] { bought });
        return await _eslov.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag, ProcurementFacts = facts } });
    }

    private Task<Case> AssessedAsync(string kind, long value, SameKindPurchase? bought = null) => _eslov.AssessedAsync(facts =>
    {
        facts.Contributions[1].Value = Journey.Sek(value);
        facts.ProcurementFacts = new ProcurementFacts { PurchaseKind = kind, SameKindComplete = true };
        facts.ProcurementFacts.SameKindPurchases.AddRange(bought is null ? [] : new[] { bought });
    });

    private async Task<Case> RestingOnTheLimitAsync(string kind, long value, SameKindPurchase? bought = null) =>
        await _eslov.LegallyAssessedAsync(await AssessedAsync(kind, value, bought), OnTheLimit(value));

    private async Task<Case> RestingAnywayAsync(string kind, long value) => await _eslov.LegallyAssessedAsync(await AssessedAsync(kind, value));

    private async Task<Case> SubmitAsync(Case @case) => await _eslov.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });
}
