using Iop.Eligibility.V1;
using Iop.Testing;
using Kind = Iop.Eligibility.V1.LegalAssessment.Types.Kind;

namespace Iop.Eligibility.Tests.Service;

/// <summary>No answer that matters without its reasons.</summary>
[Collection(nameof(Eligibility))]
public sealed class LegalReasoningTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    // law.md 2.1: acquisition, remuneration, enforceable performance and direct economic interest, each with reasoning.
    [Theory]
    [InlineData("acquisition", "procurement-acquisition")]
    [InlineData("remuneration", "procurement-remuneration")]
    [InlineData("enforceable_performance", "procurement-enforceable")]
    [InlineData("direct_economic_interest", "procurement-economic-interest")]
    public async Task A_test_of_procurement_without_reasons_is_refused_in_every_kind_of_assessment(string field, string question)
    {
        var @case = await _falun.AssessedAsync();
        foreach (var kind in new[] { Kind.Full, Kind.ProcurementGate })
        {
            var request = Journey.Legal(@case, assessment =>
            {
                if (kind == Kind.ProcurementGate)
                {
                    Journey.AsGate(assessment);
                }
            });
            var (answers, reasoned) = (request.LegalAssessment.Answers, request.LegalAssessment.Answers.Single(answer => answer.Question == question));
            answers.Remove(reasoned);
            await Refused.ForFieldAsync($"legal_assessment.{field}", "LEGAL_REASONING_REQUIRED", () => _falun.AsLawyer.RecordLegalAssessmentAsync(request).ResponseAsync);

            answers.Add(new LegalAnswer(reasoned) { Reasoning = " " });
            await Refused.ForFieldAsync($"legal_assessment.answers[{answers.Count - 1}].reasoning", "FIELD_REQUIRED", () => _falun.AsLawyer.RecordLegalAssessmentAsync(request).ResponseAsync);
        }

        Assert.Empty((await _falun.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name })).LegalAssessments);
    }

    // law.md 2.2: what an agreement must then entrust (2012/21/EU).
    [Theory]
    [InlineData(StateAidBasis.NoAid, false)]
    [InlineData(StateAidBasis.SgeiDecision, true)]
    public async Task An_assessment_tells_whether_it_rests_on_an_entrustment(StateAidBasis basis, bool isTold)
    {
        var @case = await _falun.LegallyAssessedAsync(await _falun.AssessedAsync(), assessment =>
        {
            assessment.StateAidBasis = basis;
            assessment.Answers.Single(answer => answer.Question == Domain.Law.LegalQuestions.Sgei).Yes = basis == StateAidBasis.SgeiDecision;
        });

        Assert.Equal([isTold], (await service.AssessmentsOfAsync(@case.Name, 1)).Select(told => told.RestsOnEntrustment));
    }
}
