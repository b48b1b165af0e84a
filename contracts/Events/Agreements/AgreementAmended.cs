namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// A new version of an active agreement is signed and in force. The subject is the agreement. Says everything that a
/// plan is moved by; what the plan has behind it stays.
/// </summary>
[AwaitedBy("followup", "organisations")]
public sealed record AgreementAmended : IntegrationEvent
{
    /// <summary>Version of the agreement that is now in force, from 2.</summary>
    public required int Version { get; init; }

    /// <summary>Hash of the text that was signed: SHA-256, 64 lower-case hexadecimal digits.</summary>
    public required string TextHash { get; init; }

    /// <summary>Resource names of the organisations that are parties, at least one.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }

    /// <summary>First day of the term.</summary>
    public required DateOnly StartDate { get; init; }

    /// <summary>Last day of the term.</summary>
    public required DateOnly EndDate { get; init; }

    /// <summary>How the parties have agreed to follow the partnership up.</summary>
    public required AgreedFollowUp FollowUp { get; init; }

    /// <summary>What the partnership is about.</summary>
    public required AgreedPartnership Partnership { get; init; }

    /// <summary>The de minimis aid that it gives; null when it gives none.</summary>
    public AgreedAid? Aid { get; init; }
}
