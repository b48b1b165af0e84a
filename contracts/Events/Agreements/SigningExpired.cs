namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// The last day of a round of signing has passed without all signatures. The subject is the agreement; its text is still
/// agreed.
/// </summary>
public sealed record SigningExpired : IntegrationEvent
{
    /// <summary>Last day of the round.</summary>
    public required DateOnly ExpireDate { get; init; }
}
