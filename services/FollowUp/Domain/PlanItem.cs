using Iop.Platform.Persistence;

namespace Iop.FollowUp.Domain;

/// <summary>
/// Something that a plan expects by a day. Each is saved by itself, so that the parties can work on different ones at
/// the same time without standing in each other's way.
/// </summary>
public abstract class PlanItem : Aggregate
{
    /// <summary>For EF Core.</summary>
    protected PlanItem()
    {
    }

    /// <summary>Begins an item of a plan.</summary>
    protected PlanItem(Plan plan, DateOnly due, Guid id = default)
        : base(plan.Municipality, id) =>
        (PlanId, DueDate) = (plan.Id, due);

    /// <summary>The plan.</summary>
    public Guid PlanId { get; private set; }

    /// <summary>The day by which it is expected. Set once and never recomputed; what is overdue follows from it.</summary>
    public DateOnly DueDate { get; private set; }

    /// <summary>Whether it is still waited for although its day has passed.</summary>
    public bool IsOverdueOn(DateOnly today) => IsWaitedFor && DueDate < today;

    /// <summary>Whether somebody still has it to do.</summary>
    protected abstract bool IsWaitedFor { get; }
}
