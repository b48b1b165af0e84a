namespace Iop.Contracts.Events.Agreements;

/// <summary>A side has opened its draft to the other. The subject is the agreement. It is an official document from this moment.</summary>
public sealed record AgreementShared : IntegrationEvent
{
    /// <summary>The side that drew it up: <c>PUBLIC</c> or <c>CIVIL_SOCIETY</c>.</summary>
    public required string Side { get; init; }

    /// <summary>Keys of all parties of the agreement.</summary>
    public required IReadOnlyList<string> PartyIds { get; init; }
}
