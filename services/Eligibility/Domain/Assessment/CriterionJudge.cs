using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>Judges each criterion: the facts first, then the answer, then exceptions and motivations.</summary>
internal static class CriterionJudge
{
    private static readonly IReadOnlyList<FindingEvidence> Nothing = [];

    /// <summary>One finding per criterion.</summary>
    /// <param name="assumedMet">Criteria that are taken as met, whatever the facts say.</param>
    public static IReadOnlyList<Finding> Judge(CaseFacts facts, GuidelinePack pack, IReadOnlySet<string> assumedMet)
    {
        var findings = new Finding[pack.Criteria.Count];
        for (var i = 0; i < findings.Length; i++)
            findings[i] = Judge(pack.Criteria[i], facts, pack, assumedMet);
        return findings;
    }

    private static Finding Judge(Criterion criterion, CaseFacts facts, GuidelinePack pack, IReadOnlySet<string> assumedMet)
    {
        var status = assumedMet.Contains(criterion.Id) ? FindingStatus.Met : Status(criterion, facts, pack);
        string? clearedBy = null;
        if (status == FindingStatus.NotMet && IsCleared(criterion, facts, pack, assumedMet))
        {
            clearedBy = criterion.ClearedBy;
            status = FindingStatus.Motivated;
        }
        else if (status == FindingStatus.NotMet && criterion.Severity == Severity.Recommended
            && facts.Motivations.TryGetValue(criterion.Id, out var motivation) && !string.IsNullOrWhiteSpace(motivation))
        {
            status = FindingStatus.Motivated;
        }

        var isBlocking = status == FindingStatus.NotMet
            && criterion.Severity is Severity.Prohibited or Severity.Mandatory or Severity.Conditional;
        var needsMotivation = status == FindingStatus.NotMet && criterion.Severity == Severity.Recommended;
        var against = status == FindingStatus.NotMet && Measuring.IsSpokenAgainst(criterion.Measure, facts) ? criterion.Sentences.Against : null;
        return new Finding(criterion.Id, criterion.Key, criterion.Severity, status, isBlocking, needsMotivation,
            criterion.SourceLine, against ?? criterion.Sentences.For(status), clearedBy)
        {
            Evidence = facts.Evidence.GetValueOrDefault(criterion.Id, Nothing),
        };
    }

    private static bool IsCleared(Criterion criterion, CaseFacts facts, GuidelinePack pack, IReadOnlySet<string> assumedMet)
    {
        if (criterion.ClearedBy is null || criterion.Severity == Severity.Prohibited)
            return false;
        foreach (var other in pack.Criteria)
        {
            if (other.Id == criterion.ClearedBy)
                return assumedMet.Contains(other.Id) || Status(other, facts, pack) == FindingStatus.Met;
        }

        return false;
    }

    private static FindingStatus Status(Criterion criterion, CaseFacts facts, GuidelinePack pack)
    {
        var answer = Answered(criterion, facts, pack.Answers);
        if (criterion.Severity == Severity.Question)
            return answer is null ? FindingStatus.Unanswered : FindingStatus.Met;
        // The stricter wins: neither can a yes undo what the facts show, nor the facts a no.
        if (answer == FindingStatus.NotMet)
            return FindingStatus.NotMet;

        // What the parties agree on is first said, and then shown.
        if (criterion.Measure.By == MeasureKind.Consensus && answer is null)
            return FindingStatus.Unanswered;

        var measured = Measuring.Of(criterion.Measure, facts, pack);
        return measured == FindingStatus.Unanswered && Measuring.IsAnswerEnough(criterion.Measure, facts)
            ? answer ?? FindingStatus.Unanswered
            : measured;
    }

    private static FindingStatus? Answered(Criterion criterion, CaseFacts facts, AnswerRule rule)
    {
        if (!facts.Answers.TryGetValue(criterion.Id, out var given))
            return null;
        return given.Value switch
        {
            // es-crit-4-no-market-competition: that there is no market is shown by an analysis, not by a tick.
            Answer.Yes when criterion.IsEvidenceRequired && string.IsNullOrWhiteSpace(given.Evidence + given.Reasoning) => null,
            Answer.Yes => FindingStatus.Met,
            Answer.No => FindingStatus.NotMet,
            // A binary checklist knows no partly, so the item is still to be answered.
            Answer.Partly when rule.Scale == AnswerScale.Binary => null,
            Answer.Partly => rule.PartlyMeets ? FindingStatus.Met : FindingStatus.NotMet,
            _ => null,
        };
    }
}
