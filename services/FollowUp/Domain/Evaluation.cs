using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>What the parties found when they evaluated their partnership.</summary>
/// <param name="Verdict">Whether the challenge was solved.</param>
/// <param name="Reasons">What the verdict builds on.</param>
/// <param name="OrganisationComment">The organisations' comment.</param>
/// <param name="MunicipalityComment">The municipality's comment.</param>
public sealed record EvaluationOutcome(Verdict Verdict, string Reasons, string OrganisationComment, string MunicipalityComment)
{
    /// <summary>Answers to the guideline's questions, in their order.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];
}

/// <summary>What an evaluation before this one found.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="CompleteTime">When.</param>
public sealed record EarlierOutcome(EvaluationOutcome Outcome, DateTimeOffset CompleteTime)
{
    /// <summary>Why the parties wanted another one; empty where an extension called for it.</summary>
    public string RepeatReason { get; init; } = "";
}

/// <summary>
/// Whether the partnership solved its challenge. One per plan, under the plan's own id; an extension calls for it anew,
/// and the parties may, where it was too early to say.
/// Nothing follows from a poor verdict but that it is known. Rule: he-evaluation-shows-solved.
/// </summary>
public sealed class Evaluation : PlanItem
{
    /// <summary>The last part of its name.</summary>
    public const string Singleton = "evaluation";

    private Evaluation()
    {
    }

    /// <summary>Plans the evaluation.</summary>
    public Evaluation(Plan plan)
        : base(plan, plan.EvaluationDate, plan.Id) => Questions = plan.Rules.EvaluationQuestions;

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Singleton}";

    /// <summary>Where it stands.</summary>
    public EvaluationState State { get; private set; }

    /// <summary>What was found; null until it is completed.</summary>
    public EvaluationOutcome? Outcome { get; private set; }

    /// <summary>When it was completed.</summary>
    public DateTimeOffset? CompleteTime { get; private set; }

    /// <inheritdoc/>
    public override bool IsWaitedFor => State == EvaluationState.Planned;

    /// <summary>The guideline's questions.</summary>
    public IReadOnlyList<string> Questions { get; private set; } = [];

    /// <summary>What the organisations have said before it is completed.</summary>
    public string OrganisationComment { get; private set; } = "";

    /// <summary>What the municipality has said before it is completed.</summary>
    public string MunicipalityComment { get; private set; } = "";

    /// <summary>What evaluations before this one found, first one first.</summary>
    public IReadOnlyList<EarlierOutcome> Earlier { get; private set; } = [];

    /// <summary>The agreement's day, where the parties have set another of their own; otherwise null.</summary>
    public DateOnly? SetAgainst { get; private set; }

    /// <summary>Its number, from 1.</summary>
    public int Number => Earlier.Count + 1;

    /// <summary>Completes it, once and for all.</summary>
    /// <param name="verdict">Whether the challenge was solved.</param>
    /// <param name="reasons">What the verdict builds on.</param>
    /// <param name="answers">Answers to the questions.</param>
    /// <param name="comment">The comment of the side that completes it; empty keeps what it has said.</param>
    /// <param name="by">The side.</param>
    /// <param name="now">When.</param>
    /// <exception cref="Refusal"><c>EVALUATION_STATE_NOT_ALLOWED</c>.</exception>
    public void Complete(Verdict verdict, string reasons, IReadOnlyList<string> answers, string comment, Side by, DateTimeOffset now)
    {
        if (State != EvaluationState.Planned)
        {
            throw Refusal.State("EVALUATION_STATE_NOT_ALLOWED", Name, State.Code(), EvaluationState.Planned.Code());
        }

        if (comment.Length > 0)
        {
            Comment(comment, by);
        }

        Outcome = new EvaluationOutcome(verdict, reasons, OrganisationComment, MunicipalityComment) { Answers = answers };
        (State, CompleteTime) = (EvaluationState.Completed, now);
    }

    /// <summary>Expects another one. What was found stays among the earlier ones.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="due">The day by which the next one shall be done.</param>
    /// <param name="reason">Why.</param>
    /// <param name="today">The day.</param>
    /// <exception cref="Refusal"><c>EVALUATION_NOT_COMPLETED</c> or <c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public void Repeat(Plan plan, DateOnly due, string reason, DateOnly today)
    {
        if (State != EvaluationState.Completed)
        {
            throw Refusal.State("EVALUATION_NOT_COMPLETED", Name, State.Code(), EvaluationState.Completed.Code());
        }

        plan.MustBeOpen();
        BeginAnew(reason);
        SetAgainst = plan.EvaluationDate;
        Ask(plan.Rules.EvaluationQuestions);
        MoveTo(due, today);
    }

    /// <summary>Says what a side thinks, before or after it is completed. Nobody writes for the other side.</summary>
    public void Comment(string comment, Side by)
    {
        (OrganisationComment, MunicipalityComment) = by == Side.CivilSociety ? (comment, MunicipalityComment) : (OrganisationComment, comment);
        if (Outcome is { } found)
        {
            Outcome = by == Side.CivilSociety ? found with { OrganisationComment = comment } : found with { MunicipalityComment = comment };
        }
    }

    /// <summary>Expects it by another day, with the questions as they now are: moves it while it lies ahead, and begins anew when it is done.</summary>
    /// <returns>Whether anything changed.</returns>
    internal bool Expect(DateOnly due, IReadOnlyList<string> questions, DateOnly today)
    {
        // What the parties have set stands until the agreement itself says another day.
        var isSet = due == SetAgainst;
        if (IsWaitedFor)
        {
            return Ask(questions) | (!isSet && DueDate >= today && due >= today && Agreed(due, today));
        }

        if (isSet || due <= DueDate || due < today)
        {
            return false;
        }

        BeginAnew("");
        return Ask(questions) | Agreed(due, today);
    }

    private bool Agreed(DateOnly due, DateOnly today)
    {
        SetAgainst = null;
        return MoveTo(due, today);
    }

    private void BeginAnew(string reason)
    {
        Earlier = [.. Earlier, new EarlierOutcome(Outcome!, CompleteTime!.Value) { RepeatReason = reason }];
        (State, Outcome, CompleteTime, OrganisationComment, MunicipalityComment) = (EvaluationState.Planned, null, null, "", "");
    }

    private bool Ask(IReadOnlyList<string> questions)
    {
        var other = !Questions.SequenceEqual(questions);
        Questions = other ? questions : Questions;
        return other;
    }
}
