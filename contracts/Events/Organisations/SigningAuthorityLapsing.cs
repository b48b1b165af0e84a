namespace Iop.Contracts.Events.Organisations;

/// <summary>A signing authority will soon have had its last day: it is time for new evidence. The subject is the signing authority.</summary>
public sealed record SigningAuthorityLapsing : IntegrationEvent
{
    /// <summary>Resource name of the organisation.</summary>
    public required string Organisation { get; init; }

    /// <summary>Its last day, grace not included.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>Days before that day at which this reminder was due.</summary>
    public required int DaysBefore { get; init; }
}
