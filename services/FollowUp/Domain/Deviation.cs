using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>What has been done about a deviation.</summary>
/// <param name="Description">What.</param>
/// <param name="By">The side that recorded it.</param>
/// <param name="Time">When.</param>
public sealed record DeviationStep(string Description, Side By, DateTimeOffset Time);

/// <summary>What is seen when a deviation is recorded.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Description">What has been seen.</param>
/// <param name="NoticedDate">The day on which it was noticed.</param>
/// <param name="DueDate">The day by which it shall be handled.</param>
public sealed record Observation(DeviationType Type, string Description, DateOnly NoticedDate, DateOnly DueDate);

/// <summary>Something that has not gone as agreed. The parties handle it; no sanction follows. Rule: he-deviations-and-disputes.</summary>
public sealed class Deviation : PlanItem
{
    /// <summary>The collection of deviations within a plan.</summary>
    public const string Collection = "deviations";

    /// <summary>Months that the parties have, where nobody has said another day.</summary>
    public const int MonthsToHandle = 1;

    private Deviation()
    {
    }

    /// <summary>Records a deviation.</summary>
    /// <exception cref="Refusal"><c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public Deviation(Plan plan, Observation seen, Side by)
        : base(plan, seen.DueDate)
    {
        plan.MustBeOpen();
        (Type, Description, NoticedDate, RecordedBy) = (seen.Type, seen.Description, seen.NoticedDate, by);
    }

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Collection}/{Id}";

    /// <summary>What kind it is.</summary>
    public DeviationType Type { get; private set; }

    /// <summary>What has been seen.</summary>
    public string Description { get; private set; } = "";

    /// <summary>The day on which it was noticed.</summary>
    public DateOnly NoticedDate { get; private set; }

    /// <summary>The side that recorded it.</summary>
    public Side RecordedBy { get; private set; }

    /// <summary>Where it stands.</summary>
    public DeviationState State { get; private set; }

    /// <summary>What has been done about it.</summary>
    public IReadOnlyList<DeviationStep> Steps { get; private set; } = [];

    /// <summary>Resource names of the disputes about it.</summary>
    public string[] Disputes { get; private set; } = [];

    /// <summary>Those of them that the parties have settled, or whose end came to be known before their beginning.</summary>
    public string[] SettledDisputes { get; private set; } = [];

    /// <summary>How it was resolved.</summary>
    public string Resolution { get; private set; } = "";

    /// <summary>The side that recorded the resolution.</summary>
    public Side? ResolvedBy { get; private set; }

    /// <summary>When it was resolved.</summary>
    public DateTimeOffset? ResolveTime { get; private set; }

    /// <inheritdoc/>
    public override bool IsWaitedFor => State != DeviationState.Resolved;

    /// <summary>Adds what is done about it.</summary>
    /// <exception cref="Refusal"><c>DEVIATION_STATE_NOT_ALLOWED</c>.</exception>
    public void Add(string step, Side by, DateTimeOffset now)
    {
        MustBeUnresolved();
        Steps = [.. Steps, new DeviationStep(step, by, now)];
    }

    /// <summary>Says how it was handled.</summary>
    /// <exception cref="Refusal"><c>DEVIATION_STATE_NOT_ALLOWED</c>.</exception>
    public void Resolve(string resolution, Side by, DateTimeOffset now)
    {
        MustBeUnresolved();
        (State, Resolution, ResolvedBy, ResolveTime) = (DeviationState.Resolved, resolution, by, now);
    }

    /// <summary>Links a dispute that was opened about it. What is resolved stays so.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Link(string dispute)
    {
        if (Disputes.Contains(dispute))
        {
            return false;
        }

        Disputes = [.. Disputes, dispute];
        State = IsWaitedFor && !SettledDisputes.Contains(dispute) ? DeviationState.Disputed : State;
        return true;
    }

    /// <summary>Takes in that a dispute about it is settled. With no other open, it is for the parties to handle again.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Settle(string dispute)
    {
        if (SettledDisputes.Contains(dispute))
        {
            return false;
        }

        SettledDisputes = [.. SettledDisputes, dispute];
        State = State == DeviationState.Disputed && !Disputes.Except(SettledDisputes).Any() ? DeviationState.Open : State;
        return true;
    }

    private void MustBeUnresolved()
    {
        if (!IsWaitedFor)
        {
            throw Refusal.State("DEVIATION_STATE_NOT_ALLOWED", Name, State.Code(), DeviationState.Open.Code(), DeviationState.Disputed.Code());
        }
    }
}
