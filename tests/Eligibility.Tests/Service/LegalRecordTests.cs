using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Kind = Iop.Eligibility.V1.LegalAssessment.Types.Kind;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>The lawyer's assessment as a record, and the decision that rests on it.</summary>
[Collection(nameof(Eligibility))]
public sealed class LegalRecordTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    [Fact]
    public async Task The_checklist_asks_what_the_activity_asks_for_and_proposes_the_flags_that_the_facts_show()
    {
        var @case = await _falun.DraftAsync(facts =>
        {
            facts.ActivityTags.Add("children");
            facts.Contributions[1].Description = "Pris per besök";
        });

        var checklist = await _falun.AsLawyer.GetLegalChecklistAsync(new GetLegalChecklistRequest { Name = @case.Name });
        Assert.Contains(checklist.Questions, question => question is { Question: "children-register-extracts", ActivityTag: "children" });
        Assert.DoesNotContain(checklist.Questions, question => question.ActivityTag == "housing");
        Assert.Equal(["price-per-unit"], checklist.RedFlags.Where(flag => flag.Proposed && flag.Code != "value-above-threshold").Select(flag => flag.Code));
        Assert.Equal(1_200_000, checklist.EstimatedValue.Units);

        // law.md 2.4: the official guidance stands among what is read, with where it is, after what the guideline itself refers to.
        Assert.Equal("fa-example-library", checklist.References[0].RuleId);
        Assert.Contains(checklist.References, text => text is { RuleId: "", Kind: "reference", Uri: "https://data.riksdagen.se/dokument/H7B356d2.html" } && text.Text.Sv.Contains("SOU 2019:56", StringComparison.Ordinal));
        Assert.All(checklist.References.Where(text => text.RuleId.Length == 0), text => Assert.StartsWith("https://", text.Uri, StringComparison.Ordinal));
        Assert.Equal(4, checklist.Thresholds.Count + checklist.MissingThresholds.Count);
    }

    public static TheoryData<string, string, Action<LegalAssessment>> WrongRecords => new()
    {
        { "legal_assessment.answers", "LEGAL_QUESTION_UNANSWERED", assessment => assessment.Answers.RemoveAt(0) },
        { "legal_assessment.answers[0].question", "LEGAL_QUESTION_UNKNOWN", assessment => assessment.Answers[0].Question = "children-rights" },
        { "legal_assessment.answers[1].question", "DUPLICATE_VALUE", assessment => assessment.Answers[1].Question = assessment.Answers[0].Question },
        { "legal_assessment.answers[0].yes", "FIELD_REQUIRED", assessment => assessment.Answers[0].ClearYes() },
        { "legal_assessment.answers[0].reasoning", "FIELD_REQUIRED", assessment => assessment.Answers[0].Reasoning = " " },
        { "legal_assessment.state_aid_basis", "FIELD_REQUIRED", assessment => assessment.StateAidBasis = StateAidBasis.Unspecified },
        { "legal_assessment.state_aid_basis", "STATE_AID_CONTRADICTED", assessment => SetAll(assessment, "state-aid-", true) },
        { "legal_assessment.de_minimis_amount", "MONEY_INVALID", assessment => assessment.StateAidBasis = StateAidBasis.DeMinimis },
        { "legal_assessment.de_minimis_amount", "FIELD_NOT_ALLOWED", assessment => assessment.DeMinimisAmount = Journey.Sek(1) },
        { "legal_assessment.conclusion", "LEGAL_CONCLUSION_CONTRADICTED", assessment => SetAll(assessment, "municipal-general-interest", false) },
        { "legal_assessment.conclusion", "LEGAL_CONCLUSION_CONTRADICTED", assessment => SetAll(assessment, "municipal-equal-treatment", false) },
        { "legal_assessment.conclusion", "LEGAL_CONCLUSION_CONTRADICTED", assessment => SetAll(assessment, "municipal-individual-support", true) },
        { "legal_assessment.conclusion", "LEGAL_CONCLUSION_CONTRADICTED", assessment => SetAll(assessment, "municipal-exercise-of-authority", true) },
        {
            "legal_assessment.conclusion", "LEGAL_CONCLUSION_CONTRADICTED",
            assessment =>
            {
                SetAll(assessment, "municipal-exercise-of-authority", true);
                (assessment.Conclusion, assessment.Reservations) = (LegalAssessment.Types.Conclusion.IopPossibleWithReservations, "Beslut fattas av kommunen");
            }
        },
        { "legal_assessment.conclusion", "LEGAL_CONCLUSION_CONTRADICTED", assessment => SetAll(assessment, "activity-vat", false) },
        { "legal_assessment.state_aid_basis", "SGEI_BASIS_CONTRADICTED", assessment => assessment.StateAidBasis = StateAidBasis.SgeiDecision },
        { "legal_assessment.state_aid_basis", "SGEI_BASIS_CONTRADICTED", assessment => (assessment.StateAidBasis, assessment.DeMinimisAmount) = (StateAidBasis.SgeiDeMinimis, Journey.Sek(1)) },
        { "legal_assessment.red_flag_codes[0]", "CODE_UNKNOWN", assessment => assessment.RedFlagCodes.Add("för dyrt") },
        {
            "legal_assessment.acquisition", "LEGAL_ANSWER_CONTRADICTED",
            assessment => assessment.Answers.Add(new LegalAnswer { Question = "procurement-acquisition", Yes = true, Reasoning = "Kommunen får en tjänst" })
        },
    };

    [Theory, MemberData(nameof(WrongRecords))]
    public async Task A_record_that_lacks_an_answer_or_contradicts_itself_is_refused(string field, string reason, Action<LegalAssessment> change)
    {
        var @case = await _falun.AssessedAsync();
        await Refused.ForFieldAsync(field, reason, () => _falun.LegallyAssessedAsync(@case, change));
        Assert.Empty((await _falun.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).LegalAssessments);
    }

    [Fact]
    public async Task The_four_tests_of_procurement_may_be_given_as_answers_with_reasons()
    {
        var @case = await _falun.LegallyAssessedAsync(await _falun.AssessedAsync(), assessment =>
        {
            assessment.ClearAcquisition();
            assessment.Answers.Add(new LegalAnswer { Question = "procurement-acquisition", Yes = false, Reasoning = "Inget utförs åt kommunen" });
            assessment.RedFlagCodes.Add("fixed-yearly-fee");
        });
        var record = Assert.Single(@case.LegalAssessments);
        Assert.True(record is { HasAcquisition: true, Acquisition: false });
        Assert.Equal(["fixed-yearly-fee"], record.RedFlagCodes);
        Assert.Equal(StateAidBasis.NoAid, record.StateAidBasis);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_municipal_matter_that_is_handed_over_makes_follow_up_and_insight_mandatory(bool handedOver)
    {
        var @case = await _falun.LegallyAssessedAsync(await _falun.AssessedAsync(), assessment => SetAll(assessment, "municipal-matter-handed-over", handedOver));
        Assert.Equal((handedOver, handedOver), (@case.FollowUpAndInsightRequired, @case.LegalAssessments[0].FollowUpAndInsightRequired));
        Assert.Equal(handedOver, @case.LegalAssessments[0].RedFlagCodes.Contains("municipal-matter-handed-over"));
        var evaluation = await _falun.EvaluateAsync(@case);
        Assert.Equal(handedOver, evaluation.LawFindings.Any(finding => finding.Code == "municipal-matter-handed-over"));

        // The body that decides reads what follows of it, though the evaluation of the facts was completed before.
        var memo = await _falun.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        var legal = memo.Sections.Single(section => section.Key == "legal").ToString();
        Assert.Equal(handedOver, legal.Contains("Avtalet ska låta kommunen följa upp verksamheten", StringComparison.Ordinal));
        Assert.Equal(handedOver, legal.Contains("upphandlingsskadeavgift", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_renewed_check_is_made_of_an_approved_case_any_number_of_times_and_the_newest_holds()
    {
        var @case = await _falun.AsDecider.DecideCaseAsync(_falun.Decide(await _falun.SubmittedAsync()));
        @case = await _falun.LegallyAssessedAsync(@case, Renewed);
        @case = await _falun.LegallyAssessedAsync(@case, assessment =>
        {
            Renewed(assessment);
            Journey.NotPossible(assessment);
        });

        Assert.Equal(State.Approved, @case.State);
        var renewals = @case.LegalAssessments.Where(assessment => assessment.Kind == Kind.Renewal).ToList();
        Assert.Equal([true, false], renewals.Select(assessment => assessment.Superseded));
        Assert.False(@case.LegalAssessments.Single(assessment => assessment.Kind == Kind.Full).Superseded);
        var submitted = await _falun.SubmittedAsync();
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_STATE_NOT_ALLOWED", () => _falun.LegallyAssessedAsync(submitted, Renewed));
        await Refused.ForFieldAsync("legal_assessment.state_aid_basis", "FIELD_REQUIRED", () => _falun.LegallyAssessedAsync(@case, assessment =>
        {
            Renewed(assessment);
            assessment.StateAidBasis = StateAidBasis.Unspecified;
        }));
    }

    // li-decision-basis-documents: four documents and the version are cited, whatever else is added.
    [Fact]
    public async Task A_decision_cites_the_guidelines_and_the_documents_that_they_rest_on()
    {
        var journey = new Journey(service, EligibilityFixture.Linkoping);
        var decided = await journey.AsDecider.DecideCaseAsync(journey.Decide(await journey.SubmittedAsync(), decision =>
        {
            decision.BasisDocuments.Add(new BasisDocument { Type = "guidelines", ReferenceNumber = "KS 2016-313" });
            decision.BasisDocuments.Add(new BasisDocument { Title = "Juridisk bedömning" });
        }));

        Assert.Equal(decided.GuidelinePack, decided.Decision.GuidelinePack);
        Assert.Equal(["iop-information", "guidelines", "local-compact", "programme", ""], decided.Decision.BasisDocuments.Select(document => document.Type));
        Assert.Equal(4, decided.Decision.BasisDocuments.Count(document => document.RuleId == "li-decision-basis-documents"));
        Assert.Equal("KS 2016-313", decided.Decision.BasisDocuments[1].ReferenceNumber);
        var other = await journey.SubmittedAsync();
        await Refused.ForFieldAsync("decision.basis_documents[0].type", "DOCUMENT_TYPE_UNKNOWN", () => journey.AsDecider.DecideCaseAsync(
            journey.Decide(other, decision => decision.BasisDocuments.Add(new BasisDocument { Type = "statutes" }))).ResponseAsync);
    }

    [Fact]
    public async Task A_no_takes_two_persons_and_reasons_from_the_one_who_proposes_it()
    {
        var @case = await _falun.LegallyAssessedAsync(await _falun.AssessedAsync());
        var both = service.Cases(EligibilityFixture.Falun, Roles.CaseOfficer, "both-1");
        var submit = new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag, ProposedOutcome = Decision.Types.Outcome.Declined };
        await Refused.ForFieldAsync("proposed_reasons", "FIELD_REQUIRED", () => both.SubmitCaseAsync(submit).ResponseAsync);
        submit.ProposedReasons = "Behovet möts redan";
        @case = await both.SubmitCaseAsync(submit);
        Assert.Equal((Decision.Types.Outcome.Declined, "Behovet möts redan", "both-1"), (@case.Proposal.Outcome, @case.Proposal.Reasons, @case.Proposal.ProposedBy));

        var no = _falun.Decide(@case, decision =>
        {
            (decision.Outcome, decision.OrganisationHeard, decision.OrganisationHeardDate) = (Decision.Types.Outcome.Declined, true, Journey.Today);
        });
        await Refused.ByAsync(StatusCode.FailedPrecondition, "PROPOSER_CANNOT_DECLINE", () =>
            service.Cases(EligibilityFixture.Falun, Roles.DecisionMaker, "both-1").DecideCaseAsync(no).ResponseAsync);
        Assert.Equal(State.Declined, (await _falun.AsDecider.DecideCaseAsync(no)).State);
    }

    [Fact]
    public async Task Who_has_handled_a_case_does_not_decide_it_whatever_roles_the_person_has()
    {
        var both = service.Cases(EligibilityFixture.Linkoping, Roles.CaseOfficer, "both-2");
        var journey = new Journey(service, EligibilityFixture.Linkoping);
        var @case = await journey.LegallyAssessedAsync(await journey.AssessedAsync());
        @case = await both.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });

        await Refused.ByAsync(StatusCode.FailedPrecondition, "HANDLER_CANNOT_DECIDE", () =>
            service.Cases(EligibilityFixture.Linkoping, Roles.DecisionMaker, "both-2").DecideCaseAsync(journey.Decide(@case)).ResponseAsync);
        Assert.Equal(State.Approved, (await journey.AsDecider.DecideCaseAsync(journey.Decide(@case))).State);
    }

    [Theory]
    [InlineData(EligibilityFixture.Linkoping, DecidingBody.Administration, false)]
    [InlineData(EligibilityFixture.Linkoping, DecidingBody.CompanyBoard, false)]
    [InlineData(EligibilityFixture.Linkoping, DecidingBody.Committee, true)]
    [InlineData(EligibilityFixture.Eslov, DecidingBody.Administration, true)]
    [InlineData(EligibilityFixture.Falun, DecidingBody.ExecutiveBoard, true)]
    public async Task The_body_that_decides_is_one_that_the_guideline_lets_decide(string municipality, DecidingBody body, bool allowed)
    {
        var journey = new Journey(service, municipality);
        var request = journey.Decide(await journey.SubmittedAsync(), decision => decision.BodyKind = body);

        if (!allowed)
        {
            await Refused.ForFieldAsync("decision.body_kind", "DECISION_BODY_NOT_ALLOWED", () => journey.AsDecider.DecideCaseAsync(request).ResponseAsync);
            request.Decision.BodyKind = DecidingBody.Unspecified;
        }

        var expected = allowed ? body : DecidingBody.Committee;
        Assert.Equal(expected, (await journey.AsDecider.DecideCaseAsync(request)).Decision.BodyKind);
    }

    internal static void Renewed(LegalAssessment assessment)
    {
        assessment.Kind = Kind.Renewal;
        (assessment.StateAid, assessment.MunicipalAct) = ("", "");
        assessment.Answers.Clear();
    }

    internal static void SetAll(LegalAssessment assessment, string prefix, bool yes)
    {
        foreach (var answer in assessment.Answers.Where(answer => answer.Question.StartsWith(prefix, StringComparison.Ordinal)))
        {
            answer.Yes = yes;
        }
    }
}
