namespace Iop.Contracts.Events.Eligibility;

/// <summary>It was told when the decision on a case was announced. The subject is the case.</summary>
[AwaitedBy("agreements")]
public sealed record CaseDecisionAnnounced : IntegrationEvent
{
    /// <summary>Day of the announcement.</summary>
    public required DateOnly AnnounceDate { get; init; }

    /// <summary>Day from which the decision has legal force; null where that is not known.</summary>
    public DateOnly? FinalDate { get; init; }
}
