namespace Iop.Contracts.Events.Organisations;

/// <summary>Whether an organisation may be a party has changed. The subject is the organisation.</summary>
public sealed record OrganisationEligibilityChanged : IntegrationEvent
{
    /// <summary>What holds now: <c>ELIGIBLE</c>, <c>NEEDS_STATUTES_CHECK</c>, <c>SUSPENDED</c> or <c>NOT_ELIGIBLE</c>.</summary>
    public required string PartyEligibility { get; init; }
}
