namespace Iop.Contracts.Events.Agreements;

/// <summary>Every party has approved the same text of an agreement. The subject is the agreement.</summary>
public sealed record AgreementTextAgreed : IntegrationEvent
{
    /// <summary>Hash of the text: SHA-256, 64 lower-case hexadecimal digits.</summary>
    public required string TextHash { get; init; }
}
