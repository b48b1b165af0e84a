using Iop.Eligibility.V1;
using Instrument = Iop.Eligibility.V1.Instrument;

namespace Iop.Journey;

/// <summary>
/// The case is tried against the guideline: everything that it asks is answered, whatever the municipality, and a lawyer
/// looks at it.
/// </summary>
public sealed class AssessCase(Stage stage)
{
    private static readonly string[] Needed = ["municipal-general-interest", "municipal-local-link", "municipal-equal-treatment"];

    /// <summary>From dialogue to the choice of instrument.</summary>
    public async Task<(Case Case, Evaluation Evaluation)> RunAsync(Case @case, CancellationToken cancellation)
    {
        if (stage.Pack.DecisionRule.ProcurementGateFirst)
        {
            @case = await AssessLegallyAsync(@case, LegalAssessment.Types.Kind.ProcurementGate, cancellation);
        }

        @case = await AnswerAsync(@case, cancellation);
        var evaluation = await EvaluateAsync(@case, cancellation);
        @case = await CompleteAsync(@case, cancellation);
        if (@case.State == Case.Types.State.LegalAssessment)
        {
            @case = await AssessLegallyAsync(@case, LegalAssessment.Types.Kind.Full, cancellation);
        }

        stage.Tell("instrument chosen", $"{@case.RoutedInstrument}");
        return (@case, evaluation);
    }

    /// <summary>Answers every criterion and question that the guideline asks a person, and what the story has to say of others.</summary>
    public async Task<Case> AnswerAsync(Case @case, CancellationToken cancellation)
    {
        var request = new AnswerCriteriaRequest { Name = @case.Name, Etag = @case.Etag, RequestId = Stage.NewRequestId() };
        request.Answers.AddRange(stage.Pack.Criteria.Where(criterion => criterion.Asked || Told(criterion)).Select(AnswerTo));
        request.Answers.AddRange(stage.Pack.Questions.Select(AnswerTo));
        var answered = await stage.People.Officer.Cases.AnswerCriteriaAsync(request, cancellationToken: cancellation);
        stage.Tell("criteria answered", $"{request.Answers.Count} answers");
        return answered;
    }

    /// <summary>Tries the case as it stands.</summary>
    public async Task<Evaluation> EvaluateAsync(Case @case, CancellationToken cancellation)
    {
        var evaluation = await stage.People.Officer.Cases.EvaluateCaseAsync(new EvaluateCaseRequest { Name = @case.Name }, cancellationToken: cancellation);
        stage.Tell("case evaluated", $"{evaluation.Outcome}, {evaluation.Findings.Count(finding => finding.Status == Finding.Types.Status.Met)} of {evaluation.Findings.Count} met");
        return evaluation;
    }

    /// <summary>Completes the preliminary assessment.</summary>
    public async Task<Case> CompleteAsync(Case @case, CancellationToken cancellation) =>
        await stage.People.Officer.Cases.CompletePreliminaryAssessmentAsync(
            new CompletePreliminaryAssessmentRequest { Name = @case.Name, Etag = @case.Etag, RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);

    /// <summary>Records the lawyer's assessment.</summary>
    public async Task<Case> AssessLegallyAsync(Case @case, LegalAssessment.Types.Kind kind, CancellationToken cancellation)
    {
        var assessment = stage.Story.LegalAssessment.Clone();
        assessment.Kind = kind;
        assessment.Answers.AddRange(TestsOf(assessment).Where(answer => !assessment.Answers.Any(given => given.Question == answer.Question)));
        if (kind == LegalAssessment.Types.Kind.Full)
        {
            var checklist = await stage.People.Lawyer.Cases.GetLegalChecklistAsync(new GetLegalChecklistRequest { Name = @case.Name }, cancellationToken: cancellation);
            assessment.Answers.AddRange(checklist.Questions.Where(question => Open(assessment, question)).Select(question => AnswerTo(question, assessment)));
        }

        var assessed = await stage.People.Lawyer.Cases.RecordLegalAssessmentAsync(
            new RecordLegalAssessmentRequest { Name = @case.Name, LegalAssessment = assessment, Etag = @case.Etag, RequestId = Stage.NewRequestId() },
            cancellationToken: cancellation);
        stage.Tell("legally assessed", $"{kind} {assessment.Conclusion}");
        return assessed;
    }

    // Each of the four tests of procurement with its reasons, as a lawyer would give them.
    private static IEnumerable<LegalAnswer> TestsOf(LegalAssessment assessment) =>
        new (string Question, bool Yes)[]
        {
            ("procurement-acquisition", assessment.Acquisition),
            ("procurement-remuneration", assessment.Remuneration),
            ("procurement-enforceable", assessment.EnforceablePerformance),
            ("procurement-economic-interest", assessment.DirectEconomicInterest),
        }.Select(test => new LegalAnswer { Question = test.Question, Yes = test.Yes, Reasoning = assessment.Procurement });

    private static bool Open(LegalAssessment assessment, LegalQuestion question) =>
        question.Area != LegalArea.Procurement && !assessment.Answers.Any(answer => answer.Question == question.Question);

    // Unless the story says otherwise: what a partnership needs is there, and what would stand in its way is not.
    private static LegalAnswer AnswerTo(LegalQuestion question, LegalAssessment assessment) => new()
    {
        Question = question.Question,
        Yes = question.Area == LegalArea.Activity || Needed.Contains(question.Question),
        Reasoning = question.Area == LegalArea.StateAid ? assessment.StateAid : assessment.MunicipalAct,
    };

    private bool Told(Criterion criterion) => stage.Story.Answers.Exists(answer => answer.RuleId == criterion.RuleId);

    private CriterionAnswer AnswerTo(Criterion criterion) =>
        stage.Story.Answers.FirstOrDefault(answer => answer.RuleId == criterion.RuleId)?.Clone()
        ?? new CriterionAnswer { RuleId = criterion.RuleId, Value = AnswerValue.Yes };

    private CriterionAnswer AnswerTo(RoutingQuestion question) =>
        stage.Story.Answers.FirstOrDefault(answer => answer.QuestionKey == question.Key)?.Clone()
        ?? new CriterionAnswer { QuestionKey = question.Key, Option = question.Answers.MaxBy(Favour)!.Option };

    // Unless the story says otherwise: what speaks for a partnership, then what speaks for nothing.
    private static int Favour(RoutingAnswer answer) => (answer.Instrument, answer.Effect) switch
    {
        (Instrument.Iop, RoutingEffect.Supports or RoutingEffect.LeadsTo) => 3,
        (Instrument.Iop or Instrument.Unspecified, RoutingEffect.Unspecified) => 2,
        (_, RoutingEffect.Unspecified) => 1,
        _ => 0,
    };
}
