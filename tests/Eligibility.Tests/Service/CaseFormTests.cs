using Iop.Eligibility.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

[Collection(nameof(Eligibility))]
public sealed class CaseFormTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    public static TheoryData<string, string, Action<Decision>> WrongDecisions => new()
    {
        { "decision.reference_number", "REFERENCE_NUMBER_FORMAT", decision => decision.ReferenceNumber = "123" },
        { "decision.reference_number", "FIELD_REQUIRED", decision => decision.ReferenceNumber = "" },
        { "decision.body", "FIELD_REQUIRED", decision => decision.Body = "" },
        { "decision.reasons", "FIELD_REQUIRED", decision => decision.Reasons = "" },
        { "decision.date", "DATE_IN_FUTURE", decision => decision.Date.Year++ },
        { "decision.date", "DATE_ORDER", decision => decision.Date.Year-- },
        { "decision.delegation", "DELEGATION_NOT_ALLOWED", decision => decision.Delegation = "3.2" },
        { "decision.organisation_heard", "ORGANISATION_NOT_HEARD", decision => decision.Outcome = Decision.Types.Outcome.Declined },
        { "decision.organisation_heard_date", "FIELD_REQUIRED", decision => decision.OrganisationHeard = true },
        { "decision.outcome", "ENUM_VALUE_REQUIRED", decision => decision.Outcome = Decision.Types.Outcome.Unspecified },
    };

    [Theory]
    [MemberData(nameof(WrongDecisions))]
    public async Task A_decision_that_lacks_something_is_refused(string field, string reason, Action<Decision> change)
    {
        var @case = await _falun.SubmittedAsync();
        await Refused.ForFieldAsync(field, reason, () => _falun.AsDecider.DecideCaseAsync(_falun.Decide(@case, change)).ResponseAsync);
        Assert.Equal(State.DecisionPending, (await _falun.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).State);
    }

    public static TheoryData<string, string, Action<LegalAssessment>> WrongAssessments => new()
    {
        { "legal_assessment.acquisition", "FIELD_REQUIRED", assessment => assessment.ClearAcquisition() },
        { "legal_assessment.procurement", "FIELD_REQUIRED", assessment => assessment.Procurement = "" },
        { "legal_assessment.state_aid", "FIELD_REQUIRED", assessment => assessment.StateAid = "" },
        { "legal_assessment.ground", "FIELD_REQUIRED", assessment => assessment.Ground = LegalGround.Unspecified },
        { "legal_assessment.reservations", "FIELD_REQUIRED", assessment => assessment.Conclusion = LegalAssessment.Types.Conclusion.IopPossibleWithReservations },
        { "legal_assessment.estimated_value", "MONEY_INVALID", assessment => assessment.Ground = LegalGround.BelowDirectAwardLimit },
        {
            "legal_assessment.ground", "LEGAL_GROUND_CONTRADICTED",
            assessment => assessment.Acquisition = assessment.Remuneration = assessment.EnforceablePerformance = assessment.DirectEconomicInterest = true
        },
    };

    [Theory]
    [MemberData(nameof(WrongAssessments))]
    public async Task A_legal_assessment_that_lacks_something_is_refused(string field, string reason, Action<LegalAssessment> change)
    {
        var @case = await _falun.AssessedAsync();
        await Refused.ForFieldAsync(field, reason, () => _falun.LegallyAssessedAsync(@case, change));
    }

    public static TheoryData<string, string, Action<Case>> WrongFacts => new()
    {
        { "case.title", "FIELD_REQUIRED", facts => facts.Title = " " },
        { "case.title", "TEXT_TOO_LONG", facts => facts.Title = new string('a', 201) },
        { "case.case_reference", "REFERENCE_NUMBER_FORMAT", facts => facts.CaseReference = "12" },
        { "case.organisation", "RESOURCE_NAME_INVALID", facts => facts.Organisation = "municipalities/1285/organisations/01a2017d-4137-73c8-937f-eee7e6f4631b" },
        { "case.organisation", "ORGANISATION_MUST_LEAD", facts => facts.Organisation = facts.Organisation[..^4] + "0000" },
        { "case.parties", "ONE_LEAD_EACH_SIDE", facts => facts.Parties.Add(new Party(facts.Parties[1]) { PartyId = "kultur" }) },
        { "case.parties[2].party_id", "DUPLICATE_VALUE", facts => facts.Parties.Add(new Party(facts.Parties[1]) { Lead = false }) },
        { "case.parties[1].party_id", "PARTY_ID_INVALID", facts => facts.Parties[1].PartyId = "Arbete" },
        { "case.parties[1].party_id", "PARTY_ID_INVALID", facts => facts.Parties[1].PartyId = "arbete\n" },
        { "case.parties[1].organisation", "FIELD_NOT_ALLOWED", facts => facts.Parties[1].Organisation = facts.Organisation },
        { "case.parties[0].budget_code", "FIELD_NOT_ALLOWED", facts => facts.Parties[0].BudgetCode = "1" },
        { "case.contributions[0].party_id", "PARTY_UNKNOWN", facts => facts.Contributions[0].PartyId = "okänd" },
        { "case.contributions[0].hours", "NUMBER_OUT_OF_RANGE", facts => facts.Contributions[0].Hours = -1 },
        { "case.contributions[0].hours", "NUMBER_OUT_OF_RANGE", facts => facts.Contributions[0].Hours = 1_000_001 },
        { "case.contributions[1].value", "MONEY_INVALID", facts => facts.Contributions[1].Value = Journey.Sek(0) },
        { "case.goals[0].agreed_party_ids[1]", "PARTY_UNKNOWN", facts => facts.Goals[0].AgreedPartyIds[1] = "okänd" },
        { "case.programme_links[0].uri", "ADDRESS_INVALID", facts => facts.ProgrammeLinks[0].Uri = "http://example.org" },
        { "case.domain", "DOMAIN_UNKNOWN", facts => facts.Domain = "rymdfart" },
        { "case.declarations[1].kind", "DUPLICATE_VALUE", facts => facts.Declarations[1].Kind = facts.Declarations[0].Kind },
        { "case.declarations[0].declare_date", "DATE_IN_FUTURE", facts => facts.Declarations[0].DeclareDate.Year++ },
        { "case.planned_start_date", "DATE_INVALID", facts => facts.PlannedStartDate = DateOnly.MaxValue.ToProto() },
        { "case.planned_start_date", "DATE_INVALID", facts => facts.PlannedStartDate = DateOnly.MinValue.ToProto() },
        { "case.planned_term_months", "NUMBER_OUT_OF_RANGE", facts => facts.PlannedTermMonths = 241 },
    };

    // A draft is saved as it is; what it lacks is named when its assessment is to be completed.
    [Fact]
    public async Task A_draft_keeps_rows_that_are_not_finished_and_is_not_assessed_before_they_are()
    {
        var @case = await _falun.AnsweredAsync(await _falun.InDialogueAsync(facts =>
        {
            facts.CaseReference = "";
            (facts.Contributions[0].Value, facts.Contributions[0].Hours, facts.Contributions[0].ValuationMethod) = (null, 0, "");
            facts.ContributionsComplete = true;
            facts.Parties[1].Lead = false;
            facts.Parties.Add(new Party(facts.Parties[1]) { PartyId = "kultur", DisplayName = "Kulturnämnden" });
        }));
        Assert.Null(@case.Contributions[0].Value);
        Assert.Single(@case.Parties, party => party.Lead);

        // Not known is not nothing: the organisation may yet contribute.
        var evaluation = await _falun.EvaluateAsync(@case);
        Assert.Equal(Finding.Types.Status.Unanswered, evaluation.Findings.Single(finding => finding.RuleId == "fa-both-contribute").Status);
        Assert.Equal(Evaluation.Types.Outcome.Incomplete, evaluation.Outcome);
        var refused = await Refused.ByAsync(Grpc.Core.StatusCode.FailedPrecondition, "EVALUATION_INCOMPLETE", () => _falun.CompleteAsync(@case));
        Assert.Equal("case_reference, parties.lead, contributions[0].value, contributions[0].hours, contributions[0].valuation_method", refused.Metadata["missing"]);

        // A person is told in words.
        Assert.StartsWith("Bedömningen är inte färdig. Det här återstår: ", refused.Swedish, StringComparison.Ordinal);
        Assert.Contains("Ärendet behöver ett diarienummer. Ange vilken part som leder på kommunens sida.", refused.Swedish, StringComparison.Ordinal);
        Assert.DoesNotContain('_', refused.Swedish);

        @case = await _falun.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest { Case = new Case { Name = @case.Name, Etag = @case.Etag, Need = "Sparas som det är" } });
        var whole = _falun.Facts(@case.Organisation);
        var update = new Case { Name = @case.Name, Etag = @case.Etag, CaseReference = whole.CaseReference, Contributions = { whole.Contributions } };
        update.Parties.AddRange(@case.Parties.Select(party => new Party(party) { Lead = party.PartyId != "kultur" }));
        @case = await _falun.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest { Case = update });
        Assert.Equal(State.LegalAssessment, (await _falun.CompleteAsync(@case)).State);
    }

    [Fact]
    public async Task What_the_activity_covers_and_does_not_is_kept_and_settles_the_criterion_of_a_delimited_activity()
    {
        var gavle = new Journey(service, EligibilityFixture.Gavle);
        var @case = await gavle.DraftAsync(facts => (facts.Scope, facts.OutOfScope) = ("Öppna kvällar", "Ingen behandling"));
        Assert.Equal(("Öppna kvällar", "Ingen behandling"), (@case.Scope, @case.OutOfScope));
        Assert.Equal(Finding.Types.Status.Met, (await gavle.EvaluateAsync(@case)).Findings.Single(finding => finding.RuleId == "ga-delimited-activity").Status);
    }

    [Theory]
    [MemberData(nameof(WrongFacts))]
    public async Task Facts_of_wrong_form_are_refused_by_field(string field, string reason, Action<Case> change) =>
        await Refused.ForFieldAsync(field, reason, () => _falun.DraftAsync(change));
}
