using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Iop.Platform.Errors;

namespace Iop.Eligibility.Domain.Cases;

/// <content>What surrounds the assessment: impartiality, pauses, completion, and newer guidelines.</content>
public sealed partial class Case
{
    /// <summary>What persons have declared, one each.</summary>
    public IReadOnlyList<ConflictOfInterest> Conflicts { get; private set; } = [];

    public Pause? Pause { get; private set; }

    public Completion? Completion { get; private set; }

    public IReadOnlyList<DocumentRequest> DocumentRequests { get; private set; } = [];

    public IReadOnlyList<Reevaluation> Reevaluations { get; private set; } = [];

    /// <summary>
    /// Records what a person says of being partial. What the person said before stays in the revisions. Nobody who is recused
    /// lifts a recusal, least of all their own.
    /// </summary>
    public void Declare(ConflictOfInterest conflict)
    {
        if (!conflict.Recused && Conflicts.Any(before => before.Recused && before.Person == conflict.Person))
        {
            MustNotBeRecused(conflict.DeclaredBy);
            if (conflict.Note.Length == 0)
            {
                throw Refusal.Input(new FieldFault("conflict.note", "FIELD_REQUIRED"));
            }
        }

        Conflicts = [.. Conflicts.Where(other => other.Person != conflict.Person), conflict];
    }

    /// <summary>Holds the work still; the state waits.</summary>
    public void Hold(Pause pause)
    {
        MustBeIn(Undecided);
        Pause = pause;
    }

    /// <summary>Takes the work up again.</summary>
    public void Resume()
    {
        if (Pause is null)
        {
            throw Refusal.Precondition("CASE_NOT_PAUSED", Name);
        }

        Pause = null;
    }

    /// <summary>Says that what a returned case lacked has come.</summary>
    public void Resubmit(string note, string actor, DateTimeOffset now)
    {
        MustBeIn(CaseState.PreliminaryAssessment);
        if (Completion is not { IsOpen: true } open)
        {
            throw Refusal.Precondition("CASE_NOT_AWAITING_COMPLETION", Name);
        }

        Completion = open with { Note = note, ResubmittedBy = actor, ResubmitTime = now };
    }

    /// <summary>Records that documents were asked for.</summary>
    public void Record(DocumentRequest request)
    {
        MustBeInEvenPaused(Undecided);
        DocumentRequests = [.. DocumentRequests, request with { Number = DocumentRequests.Count + 1 }];
    }

    /// <summary>
    /// Tries the case under a newer pack and keeps both evaluations. The pin stays unless the case moves; then what the
    /// newer pack does not know is left behind, and lawyers look at the case anew.
    /// </summary>
    public void Reevaluate(GuidelinePack pinned, GuidelineVersion newer, GuidelinePack pack, Thresholds thresholds, bool move, string actor, DateTimeOffset now)
    {
        MustBeIn(move ? Editable : [.. Undecided, CaseState.Approved, CaseState.Declined]);
        newer.MustBeNewerThan(pinned, GuidelinePack);
        Reevaluations =
        [
            .. Reevaluations,
            new Reevaluation(
                newer.Name, Evaluate(pack, thresholds), GuidelinePack, Evaluate(pinned, thresholds),
                Motivations.ToDictionary(motivation => motivation.RuleId, motivation => motivation.Text), move, actor, now),
        ];
        if (move)
        {
            Move(newer.Name, pack);
        }
    }

    private void Move(string name, GuidelinePack pack)
    {
        GuidelinePack = name;
        CommitteesOnly |= pack.Committees?.OwnSightOnly == true;
        Facts = Facts with { Rationales = [.. Facts.Rationales.Where(key => pack.Rationales.Any(rationale => rationale.Key == key))] };
        Answers = [.. Answers.Where(answer => AnswerRules.AreKnown([answer], [], pack))];
        Motivations = [.. Motivations.Where(motivation => AnswerRules.AreKnown([], [motivation], pack))];
        LegalAssessments = [.. LegalAssessments.Select(assessment => assessment with { Superseded = true })];
    }

    /// <summary>Holds a person to what was declared (kommunallagen 6 kap. 28 §): one who is partial takes no part.</summary>
    public void MustNotBeRecused(string actor)
    {
        if (Conflicts.Any(conflict => conflict.Recused && conflict.Person == actor))
        {
            throw Refusal.Precondition("PERSON_RECUSED", Name);
        }
    }
}
