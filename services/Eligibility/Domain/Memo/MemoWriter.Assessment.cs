using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Memo;

/// <content>What was found, by criteria and in law.</content>
public sealed partial class MemoWriter
{
    /// <summary>Whether what the register holds of an organisation may be told to the reader.</summary>
    public Func<string, bool> IsShown { get; init; } = _ => true;

    private MemoSection Assessment()
    {
        var section = new SectionDraft("assessment");
        section = @case.PreliminaryAssessment is { } completed
            ? section.Say("completed", Swedish.Date(completed.CompleteTime), Words.For(_evaluation.Outcome).Sv)
            : section.Say("standing", Words.For(_evaluation.Outcome).Sv);
        var motivations = @case.PreliminaryAssessment?.Motivations
            ?? @case.Motivations.ToDictionary(motivation => motivation.RuleId, motivation => motivation.Text, StringComparer.Ordinal);
        return section
            .SayIf(@case.CurrentAssessment(LegalAssessmentKind.Full) is null, "preliminary")
            .SayIf(_evaluation.MissingThresholds.Count > 0, "missingThreshold")
            .List(_evaluation.LawFindings.Select(finding => WithLaw(finding.Sentence.Sv, finding.Law)))
            .Table("criteria", [.. _evaluation.Findings.Select<Finding, IReadOnlyList<string>>(finding =>
                [StatementOf(finding), Words.For(finding.Status).Sv, finding.RuleId, finding.SourceLine])])
            .Table("evidence", [.. _evaluation.Findings.SelectMany(finding => finding.Evidence, (finding, evidence) => (finding, evidence)).Where(pair => IsShown(pair.evidence.Organisation))
                .Select<(Finding Finding, FindingEvidence Evidence), IReadOnlyList<string>>(pair => [pair.Finding.RuleId, pair.Evidence.Sentence.Sv])])
            .Table("funding", [.. _evaluation.FundingFindings.Where(finding => IsShown(finding.Organisation))
                .Select<FundingFinding, IReadOnlyList<string>>(finding => [finding.Sentence.Sv, YesOrNo(finding.IsBlocking)])])
            .Table("motivations", [.. motivations.Select<KeyValuePair<string, string>, IReadOnlyList<string>>(motivation => [motivation.Key, motivation.Value])])
            .Table("answers", [.. @case.Answers.Where(answer => answer.Reasoning.Length > 0 || answer.Evidence.Length > 0)
                .Select<RecordedAnswer, IReadOnlyList<string>>(answer =>
                    [answer.RuleId.Length > 0 ? answer.RuleId : QuestionOf(answer), AnswerOf(answer), OrNone(answer.Reasoning), OrNone(answer.Evidence)])])
            .SayIf(@case.Reevaluations.Count > 0, "reevaluated")
            .Table("reevaluations", [.. @case.Reevaluations.Select(RowOf)])
            .Done();
    }

    // A case keeps its guidelines; that it was tried under newer ones is told with what both said.
    private static IReadOnlyList<string> RowOf(Reevaluation reevaluation) =>
    [
        Swedish.Date(reevaluation.Time),
        reevaluation.PinnedEvaluation.PackVersion,
        Words.For(reevaluation.PinnedEvaluation.Outcome).Sv,
        reevaluation.Evaluation.PackVersion,
        Words.For(reevaluation.Evaluation.Outcome).Sv,
        YesOrNo(reevaluation.Moved),
    ];

    private MemoSection Routing()
    {
        var routing = _evaluation.Routing;
        var instrument = @case.RoutedInstrument ?? routing.Recommended;
        var section = new SectionDraft("routing")
            .Tell("instrument", instrument is { } chosen ? Words.For(chosen).Sv : MemoTexts.Of("routing.undecided"))
            .TellIf("alternatives", Swedish.List([.. routing.Alternatives.Select(alternative => Words.For(alternative).Sv)]));
        if (instrument == Instrument.Iop)
        {
            return section.Say(routing.Reasons.Count > 0 ? "reasons" : "noReasons").List(routing.Reasons.Select(ReasonOf)).Done();
        }

        var counterfactual = Counterfactual.Of(CaseMeasures.Of(@case, pack, thresholds), pack);
        return section
            .SayIf(routing.Reasons.Count == 0, "noReasons")
            .Table("reasonsTable", [.. routing.Reasons.Select<RoutingReason, IReadOnlyList<string>>(reason =>
                [reason.Sentence.Sv, Words.For(reason.Instrument).Sv, OrNone(reason.RuleId), OrNone(Swedish.List(reason.Law))])])
            .Say(counterfactual.IsPossible ? "counterfactual" : "noCounterfactual")
            .List(counterfactual.Changes.Select(change => change.Sentence.Sv))
            .Done();
    }

    private IEnumerable<MemoSection> Legal()
    {
        var current = @case.LegalAssessments.Where(assessment => !assessment.Superseded).ToList();
        if (current.Count == 0)
        {
            yield return new SectionDraft("legal").Say("none").Done();
        }

        // What the assessment brought with it, which the completed evaluation of the facts could not say.
        var added = LawJudge.OfAssessment(CaseMeasures.Of(@case, pack, thresholds), isProcured: false)
            .ExceptBy(_evaluation.LawFindings.Select(finding => finding.Code), finding => finding.Code)
            .Select(finding => WithLaw(finding.Sentence.Sv, finding.Law)).ToList();
        foreach (var assessment in current)
        {
            yield return new SectionDraft("legal")
                .Say("kind", Words.For(assessment.Kind).Sv, Swedish.Date(assessment.Date), Words.For(assessment.Conclusion).Sv)
                .TellIf("ground", assessment.Ground is { } ground ? Words.For(ground).Sv : "")
                .Tell("procurement", assessment.Procurement)
                .TellIf("stateAid", assessment.StateAid)
                .TellIf("municipalAct", assessment.MunicipalAct)
                .TellIf("stateAidBasis", assessment.StateAidBasis is { } basis ? Words.For(basis).Sv : "")
                .TellIf("deMinimis", assessment.DeMinimisAmount is { } aid ? Swedish.Sum(aid) : "")
                .SayIf(assessment.RedFlags.Count + assessment.RedFlagCodes.Count > 0, "redFlags")
                .List(RedFlags.All.Where(flag => assessment.RedFlagCodes.Contains(flag.Code)).Select(flag => flag.Text.Sv).Concat(assessment.RedFlags))
                .TellIf("value", assessment.EstimatedValue is { } value ? Swedish.Sum(value) : "")
                .TellIf("sameKind", SumOf(assessment.SameKind))
                .TellIf("documentation", DocumentationOf(assessment))
                .TellIf("reservations", assessment.Reservations)
                .SayIf(assessment == current[^1] && added.Count > 0, "added")
                .List(assessment == current[^1] ? added : [])
                .Table("purchases", [.. (assessment.SameKind?.Purchases ?? []).Select<SameKindPurchase, IReadOnlyList<string>>(purchase =>
                    [purchase.Case.Length > 0 ? MemoTexts.Of("legal.otherCase") : purchase.Description, OrNone(purchase.Administration), $"{purchase.Year}", Swedish.Sum(purchase.Value)])])
                .Table("tests",
                [
                    [MemoTexts.Of("legal.acquisition"), YesOrNo(assessment.Acquisition), ReasoningOn(LegalQuestions.Acquisition)],
                    [MemoTexts.Of("legal.remuneration"), YesOrNo(assessment.Remuneration), ReasoningOn(LegalQuestions.Remuneration)],
                    [MemoTexts.Of("legal.performance"), YesOrNo(assessment.EnforceablePerformance), ReasoningOn(LegalQuestions.Enforceable)],
                    [MemoTexts.Of("legal.interest"), YesOrNo(assessment.DirectEconomicInterest), ReasoningOn(LegalQuestions.EconomicInterest)],
                ])
                .Table("questions", [.. assessment.Answers.Where(answer => !LegalQuestions.TestsOfProcurement.Contains(answer.Question)).Select<LegalAnswer, IReadOnlyList<string>>(answer =>
                    [LegalQuestion(answer.Question), YesOrNo(answer.Yes), OrNone(answer.Reasoning)])])
                .Done();

            string ReasoningOn(string question) => OrNone(assessment.Answers.FirstOrDefault(answer => answer.Question == question)?.Reasoning ?? "");
        }
    }

    // law.md 2.12: kinds of activity that ask for more, such as whether the best interests of the child have been assessed.
    private MemoSection Particular()
    {
        var tags = _facts.ActivityTags;
        var section = new SectionDraft("particular");
        var pointedTo = ActivitySuggestions.For(_facts, pack);
        section.SayIf(pointedTo.Count > 0, "pointedTo").List(pointedTo.Select(suggestion => MemoTexts.Of(
            "particular.because", suggestion.Activity.Text.Sv, Swedish.List([.. suggestion.Causes.Select(cause => cause.Text.Sv.ToLowerInvariant())]))));
        if (tags.Count == 0)
        {
            return section.Say("none").Done();
        }

        var answered = @case.LegalAssessments.Where(assessment => !assessment.Superseded).SelectMany(assessment => assessment.Answers).ToList();
        return section
            .Tell("tags", Swedish.List([.. Classification.ActivityTags.Where(tag => tags.Contains(tag.Key)).Select(tag => tag.Text.Sv)]))
            .Table("questions", [.. LegalQuestions.For(tags).Where(question => question.Tag.Length > 0).Select<LegalQuestion, IReadOnlyList<string>>(question =>
                answered.FindLast(answer => answer.Question == question.Code) is { } answer
                    ? [WithLaw(question.Text.Sv, question.Law), YesOrNo(answer.Yes), OrNone(answer.Reasoning)]
                    : [WithLaw(question.Text.Sv, question.Law), MemoTexts.Of("form.cellMissing"), MemoTexts.Of("form.none")])])
            .Done();
    }

    // law.md 2.1: the sum of the year and not each purchase is held to the limit.
    private static string SumOf(SameKindReview? review) => review is null or { Complete: null, Purchases: [] } ? ""
        : MemoTexts.Of("legal.sameKindSum", Swedish.Sum((review.OwnValue ?? 0) + review.OtherValue), Words.For(review.Standing).Sv);

    // law.md 2.1: a partnership that rests on the limit of direct award is documented like one.
    private string DocumentationOf(LegalAssessment assessment)
    {
        if (assessment is not { IsPositive: true, Ground: LegalGround.BelowDirectAwardLimit })
        {
            return "";
        }

        var procurement = CaseMeasures.Of(@case, pack, thresholds).Procurement with { EstimatedValue = assessment.EstimatedValue };
        return string.Join(' ', LawJudge.Documentation(procurement).Select(finding => finding.Sentence.Sv));
    }

    private static string LegalQuestion(string code) =>
        LegalQuestions.All.FirstOrDefault(question => question.Code == code) is { } known ? WithLaw(known.Text.Sv, known.Law) : code;

    private static string WithLaw(string sentence, IReadOnlyList<string> law) =>
        law.Count == 0 ? sentence : MemoTexts.Of("routing.reasonWithLawOnly", sentence, Swedish.List(law));

    private string StatementOf(Finding finding) =>
        pack.Criteria.FirstOrDefault(criterion => criterion.Id == finding.RuleId)?.Statement.Sv ?? finding.Sentence.Sv;

    private string QuestionOf(RecordedAnswer answer) =>
        pack.Routing.Questions.FirstOrDefault(question => question.Key == answer.QuestionKey)?.Text.Sv ?? answer.QuestionKey;

    private static string ReasonOf(RoutingReason reason) => reason switch
    {
        { RuleId: null, Law: [] } => reason.Sentence.Sv,
        { RuleId: null } => MemoTexts.Of("routing.reasonWithLawOnly", reason.Sentence.Sv, Swedish.List(reason.Law)),
        { Law: [] } => MemoTexts.Of("routing.reason", reason.Sentence.Sv, reason.RuleId),
        _ => MemoTexts.Of("routing.reasonWithLaw", reason.Sentence.Sv, reason.RuleId, Swedish.List(reason.Law)),
    };

    private string AnswerOf(RecordedAnswer answer) => answer.Value is { } value
        ? Words.For(value).Sv
        : pack.Routing.Questions.Where(question => question.Key == answer.QuestionKey).SelectMany(question => question.Options)
            .FirstOrDefault(option => option.Key == answer.Option)?.Text.Sv ?? answer.Option;
}
