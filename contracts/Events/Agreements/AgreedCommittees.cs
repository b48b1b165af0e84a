namespace Iop.Contracts.Events.Agreements;

/// <summary>The committees (nämnder) that an agreement belongs to with the case of the municipality that is told.</summary>
public sealed record AgreedCommittees
{
    /// <summary>Code of the committee that answers for the case; empty where nobody has said.</summary>
    public required string Responsible { get; init; }

    /// <summary>Codes of the others that are concerned.</summary>
    public IReadOnlyList<string> Concerned { get; init; } = [];

    /// <summary>Whether callers of other committees have no part in the agreement, nor in what comes of it.</summary>
    public required bool Only { get; init; }
}
