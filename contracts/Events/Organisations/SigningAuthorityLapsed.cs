namespace Iop.Contracts.Events.Organisations;

/// <summary>A signing authority has lapsed: its last day, and the last day of grace, has passed. The subject is the signing authority.</summary>
public sealed record SigningAuthorityLapsed : IntegrationEvent
{
    /// <summary>Resource name of the organisation.</summary>
    public required string Organisation { get; init; }

    /// <summary>The last day that it stood, grace included.</summary>
    public required DateOnly LastDay { get; init; }
}
