using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Errors;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>What the pinned pack lets be answered and motivated.</summary>
internal static class AnswerRules
{
    /// <summary>Holds answers and motivations to the pack.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with every answer that the pack does not know.</exception>
    public static void Check(IReadOnlyList<RecordedAnswer> answers, IReadOnlyList<RecordedMotivation> motivations, GuidelinePack pack, MotivationBy speaks)
    {
        var faults = new List<FieldFault>();
        for (var i = 0; i < answers.Count; i++)
        {
            if (FaultIn(answers[i], pack) is { } fault)
            {
                faults.Add(new FieldFault($"answers[{i}].{fault.Field}", fault.Reason));
            }
        }

        for (var i = 0; i < motivations.Count; i++)
        {
            if (FaultIn(motivations[i], pack, speaks) is { } reason)
            {
                faults.Add(new FieldFault($"motivations[{i}].rule_id", reason));
            }
        }

        if (faults.Count > 0)
        {
            throw Refusal.Input([.. faults]);
        }
    }

    /// <summary>Whether a pack knows all of these, whoever gave them.</summary>
    public static bool AreKnown(IReadOnlyList<RecordedAnswer> answers, IReadOnlyList<RecordedMotivation> motivations, GuidelinePack pack) =>
        answers.All(answer => FaultIn(answer, pack) is null) && motivations.All(motivation => FaultIn(motivation, pack, MotivationBy.Body) is null);

    private static (string Field, string Reason)? FaultIn(RecordedAnswer answer, GuidelinePack pack)
    {
        if (answer.QuestionKey.Length > 0)
        {
            return FaultInQuestion(answer, pack);
        }

        if (!pack.Criteria.Any(criterion => criterion.Id == answer.RuleId))
        {
            return ("rule_id", "RULE_UNKNOWN");
        }

        // C16: a checklist is true or not true.
        return answer.Value == Answer.Partly && pack.Answers.Scale == AnswerScale.Binary ? ("value", "ANSWER_NOT_IN_SCALE") : null;
    }

    private static (string Field, string Reason)? FaultInQuestion(RecordedAnswer answer, GuidelinePack pack)
    {
        var question = pack.Routing.Questions.FirstOrDefault(candidate => candidate.Key == answer.QuestionKey);
        if (question is null)
        {
            return ("question_key", "QUESTION_UNKNOWN");
        }

        var known = question.Options.Count == 0 ? answer.Value is not null : question.Options.Any(option => option.Key == answer.Option);
        return answer.IsEmpty || known ? null : ("option", "OPTION_UNKNOWN");
    }

    // A step of the process that is recommended can be departed from for stated reasons, like a criterion.
    private static string? FaultIn(RecordedMotivation motivation, GuidelinePack pack, MotivationBy speaks)
    {
        if (speaks == MotivationBy.Officer && pack.Criteria.Any(criterion => criterion.Id == motivation.RuleId && criterion.MotivatedBy == MotivationBy.Body))
        {
            return "MOTIVATION_OF_BODY";
        }

        var severities = pack.Criteria.Where(criterion => criterion.Id == motivation.RuleId).Select(criterion => criterion.Severity)
            .Concat(pack.Steps.Where(step => step.Provenance.RuleId == motivation.RuleId).Select(step => step.Severity))
            .ToList();
        return severities.Count == 0 ? "RULE_UNKNOWN"
            : severities.Contains(Severity.Recommended) ? null
            : "MOTIVATION_NOT_ALLOWED";
    }
}
