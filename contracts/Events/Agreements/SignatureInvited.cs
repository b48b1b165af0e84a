namespace Iop.Contracts.Events.Agreements;

/// <summary>The turn to sign has come to signatories. The subject is the agreement, which says who they are.</summary>
public sealed record SignatureInvited : IntegrationEvent
{
    /// <summary>Keys of the parties whose turn has come with this, each once.</summary>
    public required IReadOnlyList<string> PartyIds { get; init; }

    /// <summary>Number of the round of signing.</summary>
    public required int Round { get; init; }

    /// <summary>Last day on which the agreement can be signed.</summary>
    public required DateOnly ExpireDate { get; init; }

    /// <summary>The signing service that it is signed with; empty for this platform.</summary>
    public required string Provider { get; init; }
}
