using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>What came in.</summary>
/// <param name="PartyId">Key of the party within the agreement.</param>
/// <param name="Type">The type as a code.</param>
/// <param name="Description">What, in words.</param>
/// <param name="PeriodStartDate">First day of the period.</param>
/// <param name="PeriodEndDate">Last day of the period.</param>
/// <param name="Value">Value in SEK.</param>
/// <param name="Hours">Hours.</param>
public sealed record Receipt(
    string PartyId, string Type, string Description, DateOnly PeriodStartDate, DateOnly PeriodEndDate, decimal Value, int Hours);

/// <summary>What one party has in fact brought in. Each side records its own. Rule: ga-both-contribute.</summary>
public sealed class ContributionEntry : PlanPart
{
    /// <summary>The collection of entries within a plan.</summary>
    public const string Collection = "contributionEntries";

    private ContributionEntry()
    {
    }

    /// <summary>Records what came in.</summary>
    public ContributionEntry(Plan plan, Receipt receipt, Side side)
        : base(plan)
    {
        (PartyId, Type, Description, PeriodStartDate, PeriodEndDate, Value, Hours) = receipt;
        Side = side;
    }

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Collection}/{Id}";

    /// <summary>Key of the party within the agreement.</summary>
    public string PartyId { get; private set; } = "";

    /// <summary>The side that contributed, and recorded it.</summary>
    public Side Side { get; private set; }

    /// <summary>The type as a code.</summary>
    public string Type { get; private set; } = "";

    /// <summary>What, in words.</summary>
    public string Description { get; private set; } = "";

    /// <summary>First day of the period.</summary>
    public DateOnly PeriodStartDate { get; private set; }

    /// <summary>Last day of the period.</summary>
    public DateOnly PeriodEndDate { get; private set; }

    /// <summary>Value in SEK.</summary>
    public decimal Value { get; private set; }

    /// <summary>Hours.</summary>
    public int Hours { get; private set; }

    /// <summary>Whether it counts.</summary>
    public ContributionState State { get; private set; }

    /// <summary>Why it was voided.</summary>
    public string VoidReason { get; private set; } = "";

    /// <summary>Takes it out of the count. It stays to be seen.</summary>
    /// <exception cref="Refusal"><c>PARTY_NOT_ALLOWED</c> or <c>CONTRIBUTION_STATE_NOT_ALLOWED</c>.</exception>
    public void Void(string reason, Side by)
    {
        if (by != Side)
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }

        if (State != ContributionState.Recorded)
        {
            throw Refusal.State("CONTRIBUTION_STATE_NOT_ALLOWED", Name, State.Code(), ContributionState.Recorded.Code());
        }

        (State, VoidReason) = (ContributionState.Voided, reason);
    }
}
