namespace Iop.Contracts.Events.Agreements;

/// <summary>The parties have paused an active agreement, or taken it up again. The subject is the agreement.</summary>
[AwaitedBy("followup")]
public sealed record AgreementSuspended : IntegrationEvent
{
    /// <summary>True when it is paused from now on, false when it is in force again.</summary>
    public required bool Suspended { get; init; }
}
