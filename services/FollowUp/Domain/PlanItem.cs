using Iop.Platform.Persistence;

namespace Iop.FollowUp.Domain;

/// <summary>
/// Something that belongs to a plan. Each is saved by itself, so that the parties can work on different ones at the same
/// time without standing in each other's way.
/// </summary>
public abstract class PlanPart : Aggregate
{
    /// <summary>For EF Core.</summary>
    protected PlanPart()
    {
    }

    /// <summary>Begins a part of a plan.</summary>
    protected PlanPart(Plan plan, Guid id = default)
        : base(plan.Municipality, id) => PlanId = plan.Id;

    /// <summary>The plan.</summary>
    public Guid PlanId { get; private set; }
}

/// <summary>Something that a plan expects by a day.</summary>
public abstract class PlanItem : PlanPart
{
    /// <summary>For EF Core.</summary>
    protected PlanItem()
    {
    }

    /// <summary>Begins an item of a plan.</summary>
    protected PlanItem(Plan plan, DateOnly due, Guid id = default)
        : base(plan, id) => DueDate = due;

    /// <summary>The day by which it is expected. A stored fact; what is overdue follows from it.</summary>
    public DateOnly DueDate { get; private set; }

    /// <summary>Sorts by due date, earliest first, and then by id, where lists come by falling key. Kept by the database.</summary>
    public Guid DueKey { get; private set; }

    /// <summary>Whether it is still waited for although its day has passed.</summary>
    public virtual bool IsOverdueOn(DateOnly today) => IsWaitedFor && DueDate < today;

    /// <summary>Whether somebody still has it to do.</summary>
    public abstract bool IsWaitedFor { get; }

    /// <summary>Moves the day, to another one that lies ahead.</summary>
    /// <returns>Whether anything changed.</returns>
    internal bool MoveTo(DateOnly due, DateOnly today)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(due, today);
        var moved = due != DueDate;
        DueDate = due;
        return moved;
    }
}
