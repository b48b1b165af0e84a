using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Testing;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>What the questions of law mean for the conclusion, and what the law remarks on the facts.</summary>
[Collection(nameof(Eligibility))]
public sealed class LegalQuestionTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    // law.md 2.12: what is not settled for the kind of activity does not become settled by a yes to the whole.
    [Theory]
    [InlineData("children", "children-register-extracts")]
    [InlineData("housing", "housing-licence")]
    [InlineData("care", "care-continuity")]
    [InlineData("health", "health-whistleblowing")]
    public async Task What_the_kind_of_activity_asks_for_and_is_not_settled_is_a_reservation(string tag, string question)
    {
        var assessed = await _falun.AssessedAsync(facts => facts.ActivityTags.Add(tag));
        await Refused.ForFieldAsync("legal_assessment.conclusion", "LEGAL_CONCLUSION_CONTRADICTED", () => _falun.LegallyAssessedAsync(assessed, assessment => LegalRecordTests.SetAll(assessment, question, false)));
        var @case = await _falun.LegallyAssessedAsync(assessed, assessment =>
        {
            LegalRecordTests.SetAll(assessment, question, false);
            (assessment.Conclusion, assessment.Reservations) = (LegalAssessment.Types.Conclusion.IopPossibleWithReservations, "Klarläggs innan avtalet tecknas");
        });
        Assert.Equal(State.Routed, @case.State);
    }

    // Exercise of authority is never handed over by a partnership, with or without reservations.
    [Fact]
    public async Task Care_in_which_authority_is_handed_over_is_no_partnership()
    {
        var assessed = await _falun.AssessedAsync(facts => facts.ActivityTags.Add("care"));
        await Refused.ForFieldAsync("legal_assessment.conclusion", "LEGAL_CONCLUSION_CONTRADICTED", () => _falun.LegallyAssessedAsync(assessed, assessment =>
        {
            LegalRecordTests.SetAll(assessment, "care-exercise-of-authority", false);
            (assessment.Conclusion, assessment.Reservations) = (LegalAssessment.Types.Conclusion.IopPossibleWithReservations, "Kommunen beslutar");
        }));
    }

    [Fact]
    public async Task A_renewed_check_that_is_silent_on_what_was_handed_over_leaves_it_handed_over()
    {
        var @case = await _falun.LegallyAssessedAsync(await _falun.AssessedAsync(), assessment => LegalRecordTests.SetAll(assessment, "municipal-matter-handed-over", true));
        @case = await _falun.AsDecider.DecideCaseAsync(_falun.Decide(await _falun.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag })));
        Assert.True((await _falun.LegallyAssessedAsync(@case, LegalRecordTests.Renewed)).FollowUpAndInsightRequired);

        @case = await _falun.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name });
        var taken = await _falun.LegallyAssessedAsync(@case, assessment =>
        {
            LegalRecordTests.Renewed(assessment);
            assessment.Answers.Add(new LegalAnswer { Question = "municipal-matter-handed-over", Yes = false, Reasoning = "Uppgiften har återgått till kommunen" });
        });
        Assert.False(taken.FollowUpAndInsightRequired);
    }

    [Fact]
    public async Task What_in_the_facts_resembles_a_purchase_is_told_with_what_a_mistake_would_cost()
    {
        var calm = await _falun.EvaluateAsync(await _falun.DraftAsync());
        Assert.DoesNotContain(calm.LawFindings, finding => finding.Code is "procurement-likeness" or "unlawful-direct-award");

        var evaluation = await _falun.EvaluateAsync(await _falun.DraftAsync(facts => facts.Contributions[1].Description = "Pris per besök, med vite"));
        var likeness = Assert.Single(evaluation.LawFindings, finding => finding.Code == "procurement-likeness");
        Assert.Contains("pris per enhet", likeness.Sentence.Sv, StringComparison.Ordinal);
        Assert.Contains("vite", likeness.Sentence.Sv, StringComparison.Ordinal);
        Assert.False(likeness.Blocking);
        Assert.Contains("LOU (2016:1145) 20–21 kap.", Assert.Single(evaluation.LawFindings, finding => finding.Code == "unlawful-direct-award").LawReferences);
    }

    // EU-domstolen C-436/20: activity in the municipality may be asked for, a seat may not.
    [Theory]
    [InlineData("Organisationen ska ha sitt säte i kommunen", true)]
    [InlineData("Organisationen ska vara verksam i kommunen", false)]
    public async Task A_demand_for_a_seat_in_the_municipality_is_warned_of(string text, bool warned)
    {
        var evaluation = await _falun.EvaluateAsync(await _falun.DraftAsync(facts => facts.AddedValue = text));
        Assert.Equal(warned, evaluation.LawFindings.Any(finding => finding.Code == "local-seat" && finding.LawReferences.Contains("EU-domstolen C-436/20")));
    }

    // law.md 2.1, LOU 19 kap. 25 a §: only services of Annex 2 are reserved, and not where the conditions are found wanting.
    [Theory]
    [InlineData(null, null, false)]
    [InlineData(false, null, false)]
    [InlineData(true, false, false)]
    [InlineData(true, null, true)]
    public async Task A_partnership_rests_on_reservation_only_where_the_service_may_be_reserved(bool? annexTwo, bool? conditions, bool allowed)
    {
        var @case = await _falun.AssessedAsync(facts =>
        {
            facts.ProcurementFacts = new ProcurementFacts { CpvCodes = { "85312000-9" } };
            if (annexTwo is { } isAnnexTwo)
            {
                facts.ProcurementFacts.AnnexTwoService = isAnnexTwo;
            }

            if (conditions is { } met)
            {
                facts.ProcurementFacts.ReservedConditionsMet = met;
            }
        });
        Task<Iop.Eligibility.V1.Case> AssessAsync() => _falun.LegallyAssessedAsync(@case, assessment => assessment.Ground = LegalGround.Reserved);
        if (allowed)
        {
            Assert.Equal(State.Routed, (await AssessAsync()).State);
        }
        else
        {
            await Refused.ForFieldAsync("legal_assessment.ground", "RESERVATION_NOT_SHOWN", AssessAsync);
        }
    }

    // law.md 2.1: the CPV code decides what may be reserved, and primary care in a system of choice never may.
    [Theory]
    [InlineData("", false, "SERVICE_CODE_MISSING")]
    [InlineData("45000000-7", false, "SERVICE_NOT_RESERVABLE")]
    [InlineData("85312000,45000000", false, "SERVICE_NOT_RESERVABLE")]
    [InlineData("85312000", true, "PRIMARY_CARE_NOT_RESERVABLE")]
    [InlineData("85312000", false, null)]
    public async Task A_service_that_is_not_listed_and_primary_care_by_choice_are_never_reserved(string codes, bool primaryCare, string? reason)
    {
        var @case = await _falun.AssessedAsync(facts => facts.ProcurementFacts = new ProcurementFacts
        {
            AnnexTwoService = true,
            SystemOfChoice = primaryCare,
            PrimaryCare = primaryCare,
            CpvCodes = { codes.Split(',', StringSplitOptions.RemoveEmptyEntries) },
        });
        Task<Iop.Eligibility.V1.Case> AssessAsync() => _falun.LegallyAssessedAsync(@case, assessment => assessment.Ground = LegalGround.Reserved);
        if (reason is null)
        {
            var routed = await AssessAsync();
            Assert.Equal((State.Routed, codes, false), (routed.State, Assert.Single(routed.ProcurementFacts.CpvCodes), routed.ProcurementFacts.PrimaryCare));
            return;
        }

        await Refused.ForFieldAsync("legal_assessment.ground", reason, AssessAsync);
    }

    [Fact]
    public async Task A_code_that_is_none_or_given_twice_is_refused()
    {
        foreach (var (codes, at, reason) in new (string[] Codes, int At, string Reason)[] { (["8531"], 0, "CPV_CODE_INVALID"), (["8531200a"], 0, "CPV_CODE_INVALID"), (["85312000", "85312000"], 1, "DUPLICATE_VALUE") })
        {
            await Refused.ForFieldAsync($"case.procurement_facts.cpv_codes[{at}]", reason, () => _falun.DraftAsync(facts => facts.ProcurementFacts = new ProcurementFacts { CpvCodes = { codes } }));
        }
    }

    // law.md 2.1: direct awards above 100 000 SEK are documented; told with the case's own value before and after the assessment.
    [Fact]
    public async Task A_direct_award_of_the_cases_own_value_is_said_to_need_documented_reasons_in_checklist_and_memorandum()
    {
        await _falun.EnterThresholdsAsync();
        var @case = await _falun.AssessedAsync(facts =>
        {
            facts.Contributions[1].Value = Journey.Sek(480_000);
            facts.ProcurementFacts = new ProcurementFacts { PurchaseKind = "sprakkafe", SameKindComplete = true };
        });
        var checklist = await _falun.AsLawyer.GetLegalChecklistAsync(new GetLegalChecklistRequest { Name = @case.Name });
        var told = Assert.Single(checklist.LawFindings, finding => finding.Code == "direct-award-documented");
        Assert.Equal("Värdet är 480\u00A0000\u00A0kr, vilket är mer än 100\u00A0000\u00A0kr. Skälen för en direktupphandling ska då dokumenteras.", told.Sentence.Sv);
        Assert.Contains(checklist.Thresholds, threshold => threshold is { Kind: ThresholdKind.DirectAwardDocumentation, Amount.Units: 100_000, Unverified: false });

        var assessed = await _falun.LegallyAssessedAsync(@case, assessment => (assessment.Ground, assessment.EstimatedValue) = (LegalGround.BelowDirectAwardLimit, Journey.Sek(480_000)));
        var memo = await _falun.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{assessed.Name}/decisionMemo" });
        var paragraph = Assert.Single(memo.Sections.Single(section => section.Key == "legal").Paragraphs, text => text.StartsWith("Dokumentation av direktupphandlingen: ", StringComparison.Ordinal));
        Assert.Contains("480\u00A0000\u00A0kr", paragraph, StringComparison.Ordinal);
        Assert.DoesNotContain("inte kontrollerad mot lagtexten", paragraph, StringComparison.Ordinal);
        Assert.Contains((await _falun.EvaluateAsync(assessed)).LawFindings, finding => finding.Code == "direct-award-documented");
    }

    // law.md 2.2: before it decides, the municipality establishes what an economic activity has had from every public giver.
    [Fact]
    public async Task An_economic_activity_is_not_decided_before_what_it_has_had_is_declared_whatever_the_aid_rests_on()
    {
        var @case = await _falun.LegallyAssessedAsync(
            await _falun.AssessedAsync(facts => facts.Declarations.Remove(facts.Declarations.Single(declaration => declaration is { PartyId: "famnen", Kind: DeclarationKind.DeMinimisDisclosed }))),
            assessment => LegalRecordTests.SetAll(assessment, "state-aid-economic-activity", true));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_NOT_SHOWN", () => _falun.AsOfficer.SubmitCaseAsync(
            new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag }).ResponseAsync);
        Assert.Equal("DECLARATION_MISSING", refused.Metadata["cause"]);
    }

    [Fact]
    public async Task The_memorandum_names_the_law_of_each_remark_and_of_each_question()
    {
        var @case = await _falun.LegallyAssessedAsync(await _falun.AssessedAsync());
        var memo = await _falun.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        var section = memo.Sections.First(found => found.Items.Any(item => item.StartsWith("Det är inte antecknat att andra organisationer", StringComparison.Ordinal)));
        Assert.Contains(section.Items, item => item.Contains("Kommunallagen (2017:725) 2 kap. 3 §", StringComparison.Ordinal) && item.Contains("C-436/20", StringComparison.Ordinal));
        Assert.Contains(memo.Sections.SelectMany(found => found.Tables).SelectMany(table => table.Rows), row => row.Cells[0] == "Är insatsen av allmänt intresse? Lagrum: Kommunallagen (2017:725) 2 kap. 1 §.");
    }

    // law.md 2.1: steps of openness are stored. That the matter was announced is not yet that anybody was heard.
    [Fact]
    public async Task That_a_partnership_was_announced_openly_is_kept_and_leaves_others_to_be_heard()
    {
        var request = Journey.Dialogue(await _falun.DraftAsync());
        request.Entry.Kind = DialogueKind.Announced;
        var @case = await _falun.AsOfficer.RecordDialogueAsync(request);
        Assert.Equal((DialogueKind.Announced, State.Draft), (Assert.Single(@case.DialogueEntries).Kind, @case.State));
        Assert.Contains((await _falun.EvaluateAsync(@case)).LawFindings, finding => finding.Code == "others-not-heard");
        var memo = await _falun.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo", Format = DecisionMemoFormat.Markdown });
        Assert.Contains("Öppet tillkännagivande", memo.Markdown, StringComparison.Ordinal);
    }
}
