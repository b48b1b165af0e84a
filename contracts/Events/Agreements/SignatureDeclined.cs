namespace Iop.Contracts.Events.Agreements;

/// <summary>A signatory has declined to sign, and the text is open again. The subject is the agreement. The reason stands there.</summary>
public sealed record SignatureDeclined : IntegrationEvent
{
    /// <summary>Key of the party that declined.</summary>
    public required string PartyId { get; init; }

    /// <summary>Keys of all parties of the agreement, who are to be told.</summary>
    public required IReadOnlyList<string> PartyIds { get; init; }
}
