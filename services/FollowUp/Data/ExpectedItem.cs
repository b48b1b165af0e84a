using Iop.Platform.Persistence;

namespace Iop.FollowUp.Data;

/// <summary>Something expected and not done, as the view of that name gathers it from every kind of item.</summary>
public sealed class ExpectedItem : ITenantOwned
{
    /// <inheritdoc/>
    public string Municipality { get; private set; } = "";

    /// <summary>The plan.</summary>
    public Guid PlanId { get; private set; }

    /// <summary>Resource name of the agreement.</summary>
    public string Agreement { get; private set; } = "";

    /// <summary>The day from which the agreement is paused.</summary>
    public DateOnly? SuspendedDate { get; private set; }

    /// <summary>Id of the check-in, report, evaluation or deviation.</summary>
    public Guid ItemId { get; private set; }

    /// <summary>Number of the action within its check-in; 0 for everything else.</summary>
    public int Number { get; private set; }

    /// <summary>What is expected, as a code of the contract.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The day by which it shall be done.</summary>
    public DateOnly DueDate { get; private set; }

    /// <summary>Whether it is for the organisations to do. What both sides do together is not.</summary>
    public bool ByOrganisation { get; private set; }

    /// <summary>Whether both sides do it together.</summary>
    public bool ByBoth { get; private set; }

    /// <summary>The day on which it is told to the next in line; null for never.</summary>
    public DateOnly? EscalationDate { get; private set; }

    /// <summary>Opaque reference of the person whom the responsible side has named; empty when it has named nobody.</summary>
    public string ResponsiblePerson { get; private set; } = "";

    /// <summary>Sorts by due date, earliest first.</summary>
    public Guid DueKey { get; private set; }
}
