using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>What the parties found when they evaluated their partnership.</summary>
/// <param name="Verdict">Whether the challenge was solved.</param>
/// <param name="Reasons">What the verdict builds on.</param>
/// <param name="OrganisationComment">The organisations' comment.</param>
/// <param name="MunicipalityComment">The municipality's comment.</param>
public sealed record EvaluationOutcome(Verdict Verdict, string Reasons, string OrganisationComment, string MunicipalityComment);

/// <summary>Whether the partnership solved its challenge. One per plan, under the plan's own id. Rule: he-evaluation-shows-solved.</summary>
public sealed class Evaluation : PlanItem
{
    /// <summary>The last part of its name.</summary>
    public const string Singleton = "evaluation";

    private Evaluation()
    {
    }

    /// <summary>Plans the evaluation.</summary>
    public Evaluation(Plan plan)
        : base(plan, plan.EvaluationDate, plan.Id)
    {
    }

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Singleton}";

    /// <summary>Where it stands.</summary>
    public EvaluationState State { get; private set; }

    /// <summary>What was found; null until it is completed.</summary>
    public EvaluationOutcome? Outcome { get; private set; }

    /// <summary>When it was completed.</summary>
    public DateTimeOffset? CompleteTime { get; private set; }

    /// <inheritdoc/>
    protected override bool IsWaitedFor => State == EvaluationState.Planned;

    /// <summary>Completes it, once and for all.</summary>
    /// <exception cref="Refusal"><c>EVALUATION_STATE_NOT_ALLOWED</c>.</exception>
    public void Complete(EvaluationOutcome outcome, DateTimeOffset now)
    {
        if (State != EvaluationState.Planned)
        {
            throw Refusal.State("EVALUATION_STATE_NOT_ALLOWED", Name, State.Code(), EvaluationState.Planned.Code());
        }

        (State, Outcome, CompleteTime) = (EvaluationState.Completed, outcome, now);
    }
}
