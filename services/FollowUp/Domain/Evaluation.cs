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
public sealed record EarlierOutcome(EvaluationOutcome Outcome, DateTimeOffset CompleteTime);

/// <summary>
/// Whether the partnership solved its challenge. One per plan, under the plan's own id; an extension calls for it anew.
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
        if (IsWaitedFor)
        {
            return Ask(questions) | (DueDate >= today && due >= today && MoveTo(due, today));
        }

        if (due <= DueDate || due < today)
        {
            return false;
        }

        Earlier = [.. Earlier, new EarlierOutcome(Outcome!, CompleteTime!.Value)];
        (State, Outcome, CompleteTime, OrganisationComment, MunicipalityComment) = (EvaluationState.Planned, null, null, "", "");
        return Ask(questions) | MoveTo(due, today);
    }

    private bool Ask(IReadOnlyList<string> questions)
    {
        var other = !Questions.SequenceEqual(questions);
        Questions = other ? questions : Questions;
        return other;
    }
}
