namespace Iop.Contracts.Events.Eligibility;

/// <summary>A guideline pack was published and never changes again. The subject is the pack.</summary>
public sealed record GuidelinePackPublished : IntegrationEvent
{
    /// <summary>Resource name of the pack, <c>municipalities/{municipality}/guidelinePacks/{version}</c>.</summary>
    public required string GuidelinePack { get; init; }

    /// <summary>First day on which cases begin under it.</summary>
    public required DateOnly ValidFrom { get; init; }
}
