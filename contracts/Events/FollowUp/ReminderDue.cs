namespace Iop.Contracts.Events.FollowUp;

/// <summary>
/// Somebody is to be reminded of what a plan expects. The subject is the reminder. Who holds the role, and how they are
/// reached, is for the receiver to know.
/// </summary>
public sealed record ReminderDue : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>Resource name of what is expected.</summary>
    public required string Item { get; init; }

    /// <summary>What is expected, as a code: the name of an <c>iop.followup.v1.DueItem.Kind</c> without its prefix.</summary>
    public required string Kind { get; init; }

    /// <summary>The day by which it shall be done.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>Why, as a code: <c>BEFORE</c>, <c>AFTER</c> or <c>ESCALATION</c>.</summary>
    public required string Occasion { get; init; }

    /// <summary>Role to remind.</summary>
    public required string Role { get; init; }

    /// <summary>Whether that role's side has named a person for it. Who it is, the reminder tells those who may read it.</summary>
    public bool PersonNamed { get; init; }

    /// <summary>
    /// Codes of the committees that the agreement belongs to, the one that answers for it first: those whose people hold a role of
    /// the public side in it. Empty: not said.
    /// </summary>
    public IReadOnlyList<string> Committees { get; init; } = [];

    /// <summary>Whether callers of other committees have no part in it, and are therefore not to be reminded.</summary>
    public bool CommitteesOnly { get; init; }

    /// <summary>Resource names of the organisations, where their representatives are reminded; otherwise empty.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }
}
