namespace Iop.Contracts.Events.Organisations;

/// <summary>How an organisation stands against a condition set of a guideline has changed. The subject is the organisation.</summary>
public sealed record OrganisationVettingChanged : IntegrationEvent
{
    /// <summary>Resource name of the guideline pack that it was recorded under.</summary>
    public required string GuidelinePack { get; init; }

    /// <summary>Key of the condition set in that pack.</summary>
    public required string SetKey { get; init; }

    /// <summary>What the set amounts to under that pack: <c>MET</c>, <c>NOT_MET</c> or <c>INCOMPLETE</c>.</summary>
    public required string Outcome { get; init; }
}
