namespace Iop.Contracts.Events.FollowUp;

/// <summary>The day by which a report should have come has passed. Told once for each day set. The subject is the report.</summary>
public sealed record ReportOverdue : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>The day by which it should have come.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>Role that is expected to submit it: <c>case-officer</c> or <c>organisation-representative</c>.</summary>
    public required string Role { get; init; }
}
