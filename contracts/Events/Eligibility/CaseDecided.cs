namespace Iop.Contracts.Events.Eligibility;

/// <summary>A case was decided. The subject is the case.</summary>
public sealed record CaseDecided : IntegrationEvent
{
    /// <summary>The decision as a code: <c>APPROVED</c> or <c>DECLINED</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>
    /// The instrument as a code: the name of an <c>iop.eligibility.v1.Instrument</c> without its prefix, for example
    /// <c>IOP</c> or <c>GRANT</c>.
    /// </summary>
    public required string Instrument { get; init; }

    /// <summary>Resource name of the guideline pack that the case is pinned to.</summary>
    public required string GuidelinePack { get; init; }
}
