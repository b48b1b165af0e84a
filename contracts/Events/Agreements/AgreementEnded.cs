namespace Iop.Contracts.Events.Agreements;

/// <summary>An agreement has ended. The subject is the agreement.</summary>
[AwaitedBy("followup", "organisations")]
public sealed record AgreementEnded : IntegrationEvent
{
    /// <summary>How it ended, as a code: <c>EXPIRED</c>, <c>TERMINATED</c> or <c>RESCINDED</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Last day on which it was in force.</summary>
    public required DateOnly EndDate { get; init; }
}
