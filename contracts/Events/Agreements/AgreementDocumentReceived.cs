namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// A document has been received for an agreement: an annex, a scan, or a file that was signed elsewhere. The subject is
/// the document. It is an official document from this moment, for the municipality's diary.
/// </summary>
public sealed record AgreementDocumentReceived : IntegrationEvent
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>The side that sent it: <c>PUBLIC</c> or <c>CIVIL_SOCIETY</c>.</summary>
    public required string Side { get; init; }

    /// <summary>Media type, decided from the content.</summary>
    public required string MediaType { get; init; }

    /// <summary>SHA-256 of the bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}
