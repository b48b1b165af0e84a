using Iop.Platform.Persistence;

namespace Iop.FollowUp.Data;

/// <summary>Something that was told of an agreement, kept so that all of it can be taken in in its order.</summary>
public sealed class ToldNews : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>Its place among what was told of the agreement.</summary>
    public required long Sequence { get; init; }

    /// <summary>Name of the event's type.</summary>
    public required string Type { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreateTime { get; init; }
}

/// <summary>A learning note of another municipality, in a row of the reader's own.</summary>
public sealed class SharedLearningNote : ITenantOwned
{
    /// <summary>Code of the reader's municipality.</summary>
    public string Municipality { get; private set; } = "";

    /// <summary>Id of the note.</summary>
    public Guid Id { get; private set; }

    /// <summary>Code of the municipality that shares it.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>Heading.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The lesson.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Code of the domain.</summary>
    public string Domain { get; private set; } = "";

    /// <summary>Codes of the challenges.</summary>
    public string[] ChallengeCodes { get; private set; } = [];

    /// <summary>Codes of those whom the partnership is for.</summary>
    public string[] TargetGroupCodes { get; private set; } = [];

    /// <summary>When it was published.</summary>
    public DateTimeOffset PublishTime { get; private set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreateTime { get; private set; }
}

/// <summary>Why a reminder is sent.</summary>
public enum ReminderOccasion
{
    /// <summary>The day draws near.</summary>
    Before,

    /// <summary>The day has just passed: other services are told, nobody is reminded.</summary>
    Overdue,

    /// <summary>The day has passed.</summary>
    After,

    /// <summary>The day passed long ago: the next in line is told.</summary>
    Escalation,
}

/// <summary>Where a reminder stands.</summary>
public enum ReminderState
{
    /// <summary>To be sent on its day.</summary>
    Planned,

    /// <summary>Sent.</summary>
    Sent,

    /// <summary>Left out for a later one.</summary>
    Skipped,

    /// <summary>Not needed any more.</summary>
    Withdrawn,
}

/// <summary>A reminder of something expected, planned when its day is set.</summary>
public sealed class Reminder : ITenantOwned
{
    /// <inheritdoc/>
    public string Municipality { get; private set; } = "";

    /// <summary>Its id, made by the database and in no order.</summary>
    public Guid Id { get; private set; }

    /// <summary>The plan.</summary>
    public Guid PlanId { get; private set; }

    /// <summary>Id of what it reminds of.</summary>
    public Guid ItemId { get; private set; }

    /// <summary>Number of the action within its check-in; 0 for everything else.</summary>
    public int Number { get; private set; }

    /// <summary>What is expected, as a code of the contract.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The day by which it shall be done.</summary>
    public DateOnly DueDate { get; private set; }

    /// <summary>The day on which it is sent.</summary>
    public DateOnly RemindDate { get; private set; }

    /// <summary>Why it is sent.</summary>
    public ReminderOccasion Occasion { get; private set; }

    /// <summary>Role that it is sent to.</summary>
    public string Role { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public ReminderState State { get; private set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SendTime { get; private set; }

    /// <summary>Sorts by the day on which it is sent, earliest first.</summary>
    public Guid RemindKey { get; private set; }

    /// <summary>Opaque reference of the person whom it was sent to; empty when it was sent to the role.</summary>
    public string PersonRef { get; private set; } = "";

    /// <summary>Says that it was sent.</summary>
    public void Sent(DateTimeOffset now, string personRef = "") => (State, SendTime, PersonRef) = (ReminderState.Sent, now, personRef);

    /// <summary>Leaves it out for a later one of the same thing.</summary>
    public void Skip() => State = ReminderState.Skipped;

    /// <summary>Says that it is not needed any more.</summary>
    public void Withdraw() => State = ReminderState.Withdrawn;
}
