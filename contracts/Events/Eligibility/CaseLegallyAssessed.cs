namespace Iop.Contracts.Events.Eligibility;

/// <summary>A legal assessment was recorded on a case, the first or a renewed one. The subject is the case.</summary>
[AwaitedBy("agreements")]
public sealed record CaseLegallyAssessed : IntegrationEvent
{
    /// <summary>
    /// Whether it rests the payment on an act of entrustment for a service of general economic interest (decision 2012/21/EU), which
    /// the agreement must then be.
    /// </summary>
    public required bool RestsOnEntrustment { get; init; }
}
