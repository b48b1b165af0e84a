namespace Iop.Contracts.Events.Eligibility;

/// <summary>It was said which committees a case belongs to, and whether it is kept to them. The subject is the case.</summary>
[AwaitedBy("agreements")]
public sealed record CaseCommitteesAssigned : IntegrationEvent
{
    /// <summary>Code of the committee that answers for the case.</summary>
    public required string Responsible { get; init; }

    /// <summary>Codes of the others that are concerned.</summary>
    public IReadOnlyList<string> Concerned { get; init; } = [];

    /// <summary>Whether callers of other committees have no part in it, nor in what comes of it.</summary>
    public required bool Only { get; init; }
}
