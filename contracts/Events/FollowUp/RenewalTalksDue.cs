namespace Iop.Contracts.Events.FollowUp;

/// <summary>It is time for the parties to talk about continuing. Told once for each day set. The subject is the check-in.</summary>
public sealed record RenewalTalksDue : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>The day by which they shall have talked.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>Last day of the agreement's term.</summary>
    public required DateOnly EndDate { get; init; }
}
