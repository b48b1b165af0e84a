namespace Iop.Contracts.Events.Agreements;

/// <summary>The parties have paused an active agreement. The subject is the agreement.</summary>
[AwaitedBy("followup")]
public sealed record AgreementSuspended : IntegrationEvent;
