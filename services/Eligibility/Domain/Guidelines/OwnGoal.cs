using Iop.Platform.Errors;

namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>What an entry of the municipality's list is.</summary>
public enum GoalKind { Goal, Priority, Programme }

/// <summary>The states of an entry.</summary>
public enum GoalState { Active, Retired }

/// <summary>What an entry says, and the days that it holds.</summary>
/// <param name="Mandate">The mandate period that it belongs to; empty where it belongs to none.</param>
/// <param name="ValidTo">Null: until it is retired.</param>
public sealed record GoalRow(string Code, GoalKind Kind, LocalizedText Text, string Mandate, DateOnly ValidFrom, DateOnly? ValidTo, string Source)
{
    public bool Overlaps(GoalRow other) => !(ValidTo < other.ValidFrom) && !(other.ValidTo < ValidFrom);
}

/// <summary>
/// A goal, priority or programme that the municipality has entered itself, for cases to be linked to
/// (li-municipal-goal-link, es-crit-2-municipal-priorities). It is retired and never changed, as cases rely on it.
/// </summary>
public sealed class OwnGoal : Platform.Persistence.Aggregate
{
    private OwnGoal()
    {
    }

    /// <summary>Enters a goal. The active ones of its code must leave its days free.</summary>
    public OwnGoal(string municipality, GoalRow row, IEnumerable<OwnGoal> active)
        : base(municipality)
    {
        if (active.FirstOrDefault(other => other.Row.Overlaps(row)) is { } taken)
        {
            throw Refusal.Precondition("MUNICIPAL_GOAL_PERIOD_TAKEN", Name, ("other", taken.Name));
        }

        (Code, Row) = (row.Code, row);
    }

    public string Code { get; private set; } = "";

    public GoalRow Row { get; private set; } = null!;

    public GoalState State { get; private set; }

    public string RetireReason { get; private set; } = "";

    public override string Name => $"municipalities/{Municipality}/municipalGoals/{Id}";

    /// <summary>Takes it out of use. A case that is linked to it is then linked to nothing that holds.</summary>
    public void Retire(string reason)
    {
        if (State != GoalState.Active)
        {
            throw Refusal.State("MUNICIPAL_GOAL_STATE_NOT_ALLOWED", Name, "RETIRED", "ACTIVE");
        }

        (State, RetireReason) = (GoalState.Retired, reason);
    }
}
