namespace Iop.Contracts.Events.Agreements;

/// <summary>The parties have taken a paused agreement up again: it is in force as before. The subject is the agreement.</summary>
[AwaitedBy("followup")]
public sealed record AgreementResumed : IntegrationEvent;
