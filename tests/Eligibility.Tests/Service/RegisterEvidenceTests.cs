using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;
using Status = Iop.Eligibility.V1.Finding.Types.Status;

namespace Iop.Eligibility.Tests.Service;

/// <summary>What the register knows reaches the evaluation of a case, and those who may read it.</summary>
[Collection(nameof(Eligibility))]
public sealed class RegisterEvidenceTests(EligibilityFixture service)
{
    private static readonly DateOnly Today = TimeProvider.System.Today();
    private readonly Journey _eslov = new(service, EligibilityFixture.Eslov);
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    [Fact]
    public async Task A_young_organisation_is_new_whatever_is_answered_and_the_departure_is_motivated()
    {
        var @case = await _eslov.AnsweredAsync(await _eslov.InDialogueAsync(facts => service.Organisations.Found(facts.Organisation, Today.AddYears(-1), Today.AddMonths(-6))));
        var finding = Of(await _eslov.EvaluateAsync(@case), "es-established-actor");
        Assert.Equal((Status.NotMet, false), (finding.Status, finding.Blocking));
        Assert.Equal(["founded", "relations"], finding.Evidence.Select(evidence => evidence.Fact));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "EVALUATION_INCOMPLETE", () => _eslov.CompleteAsync(@case));

        @case = await _eslov.AsOfficer.AnswerCriteriaAsync(new AnswerCriteriaRequest
        {
            Name = @case.Name,
            Etag = @case.Etag,
            Motivations = { new Motivation { RuleId = finding.RuleId, Text = "Alla organisationer ska kunna komma i fråga." } },
        });
        @case = await _eslov.CompleteAsync(@case);

        // What was found is kept with what it rested on, and stands in the memorandum.
        Assert.Equal(finding.Evidence, Of(@case.PreliminaryAssessment.Evaluation, finding.RuleId).Evidence);
        var memo = await _eslov.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        Assert.Contains(memo.Sections.SelectMany(section => section.Tables).Single(table => table.Caption == "Det som redan är känt").Rows, row => row.Cells.Contains(finding.Evidence[0].Sentence.Sv));
    }

    [Fact]
    public async Task The_share_of_income_from_the_municipality_is_stated_by_the_organisation_and_shown_beside_the_answer()
    {
        var @case = await _falun.AnsweredAsync(await _falun.InDialogueAsync());
        Assert.Equal("income-unknown", Assert.Single(Of(await _falun.EvaluateAsync(@case), "fa-check-remains-independent").Evidence).Fact);

        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-i", @case.Organisation);
        UpdateCaseRequest Stating(string party, long total, long municipal) => new()
        {
            Case = new Case
            {
                Name = @case.Name,
                Etag = @case.Etag,
                OrganisationIncomes = { new OrganisationIncome { PartyId = party, FinancialYear = Today.Year - 1, TotalIncome = Journey.Sek(total), MunicipalIncome = Journey.Sek(municipal) } },
            },
        };
        await Refused.ForFieldAsync("case.organisation_incomes[0].party_id", "PARTY_UNKNOWN", () => chair.UpdateCaseAsync(Stating("arbete", 100, 1)).ResponseAsync);
        await Refused.ForFieldAsync("case.organisation_incomes[0].municipal_income", "INCOME_PART_ABOVE_WHOLE", () => chair.UpdateCaseAsync(Stating("famnen", 1, 100)).ResponseAsync);
        @case = await chair.UpdateCaseAsync(Stating("famnen", 1_600_000, 400_000));

        // 400 000 of 1 600 000 is 25 per cent; with 400 000 a year more it is 800 000 of 2 000 000.
        Assert.Equal(1_600_000, Assert.Single(@case.OrganisationIncomes).TotalIncome.Units);
        var finding = Of(await chair.EvaluateCaseAsync(new EvaluateCaseRequest { Name = @case.Name }), "fa-check-remains-independent");
        Assert.Equal(Status.Met, finding.Status);
        Assert.Contains("25 procent", finding.Evidence[0].Sentence.Sv, StringComparison.Ordinal);
        Assert.Contains("40 procent", finding.Evidence[1].Sentence.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisation_that_is_paid_for_the_same_cost_already_keeps_the_assessment_open()
    {
        var @case = await _falun.AnsweredAsync(await _falun.InDialogueAsync());
        var other = service.Organisations.Disclose(@case.Organisation, FundingForm.ProcuredContract, Today.AddYears(-1), Today.AddYears(1));
        Assert.Equal(Evaluation.Types.Outcome.Eligible, (await _falun.EvaluateAsync(@case)).Outcome);
        var same = service.Organisations.Disclose(@case.Organisation, FundingForm.Grant, Today.AddYears(-1), Today.AddYears(1), sameCost: true);

        var evaluation = await _falun.EvaluateAsync(@case);

        Assert.Equal(Evaluation.Types.Outcome.Incomplete, evaluation.Outcome);
        Assert.Equal(
            [(other, FundingFinding.Types.Standing.Allowed, false), (same, FundingFinding.Types.Standing.SameCost, true)],
            evaluation.FundingFindings.Select(finding => (finding.FundingDisclosure, finding.Standing, finding.Blocking)));
        Assert.Contains(evaluation.Counterfactual.Changes, change => change.Sentence.Sv.Contains("Lokalhyra", StringComparison.Ordinal));
        var refusal = await Refused.ByAsync(StatusCode.FailedPrecondition, "OTHER_FUNDING_IN_THE_WAY", () => _falun.CompleteAsync(@case));
        Assert.Equal(same, refusal.Metadata["disclosures"]);
    }

    // law.md 2.11: special reasons let an organisation through, and a ground that is at hand does not.
    [Theory]
    [InlineData(ConditionStatus.Excepted, Status.Met)]
    [InlineData(ConditionStatus.Failed, Status.NotMet)]
    public async Task What_the_municipality_has_decided_of_a_ground_of_exclusion_reaches_the_criterion(ConditionStatus decided, Status expected)
    {
        var gavle = new Journey(service, EligibilityFixture.Gavle);
        var @case = await gavle.InDialogueAsync();
        service.Organisations.Check(@case.Organisation, "board-checks", "inclusion", decided);
        Assert.Equal(expected, Of(await gavle.EvaluateAsync(@case), "ga-check-inclusion").Status);
    }

    [Fact]
    public async Task What_the_register_holds_of_one_organisation_is_not_told_to_another()
    {
        var second = service.Organisations.Add(EligibilityFixture.Falun, displayName: "Andra Famnen", number: "899999-0024");
        service.Organisations.Disclose(second, FundingForm.Grant, Today.AddYears(-1), Today.AddYears(1));
        var @case = await _falun.DraftAsync(facts => facts.Parties.Add(new Types.V1.Party { PartyId = "andra", Side = Types.V1.PartySide.CivilSociety, Organisation = second }));
        service.Organisations.Disclose(@case.Organisation, FundingForm.Grant, Today.AddYears(-1), Today.AddYears(1));
        Assert.Equal(2, (await _falun.EvaluateAsync(@case)).FundingFindings.Count);

        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-j", second);
        var seen = await chair.EvaluateCaseAsync(new EvaluateCaseRequest { Name = @case.Name });

        Assert.Equal(second, Assert.Single(seen.FundingFindings).Organisation);
        Assert.All(seen.Findings.SelectMany(finding => finding.Evidence), evidence => Assert.Equal(second, evidence.Organisation));
    }

    private static Finding Of(Evaluation evaluation, string rule) => evaluation.Findings.Single(finding => finding.RuleId == rule);
}
