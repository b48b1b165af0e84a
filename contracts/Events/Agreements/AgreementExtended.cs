namespace Iop.Contracts.Events.Agreements;

/// <summary>The term of an active agreement was extended. The subject is the agreement.</summary>
[AwaitedBy("followup", "organisations")]
public sealed record AgreementExtended : IntegrationEvent
{
    /// <summary>Number of the extension, from 1.</summary>
    public required int ExtensionNumber { get; init; }

    /// <summary>New last day of the term.</summary>
    public required DateOnly EndDate { get; init; }

    /// <summary>The day by which the next evaluation shall be done.</summary>
    public required DateOnly EvaluationDate { get; init; }

    /// <summary>The day by which the parties shall have talked about continuing; null when no more extension is possible.</summary>
    public DateOnly? RenewalTalksDate { get; init; }

    /// <summary>Version of the agreement that the extension made, from 2.</summary>
    public required int Version { get; init; }

    /// <summary>Resource names of the organisations that are parties from then on, at least one.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }

    /// <summary>How the partnership is followed up from then on.</summary>
    public required AgreedFollowUp FollowUp { get; init; }

    /// <summary>What the partnership is about from then on.</summary>
    public required AgreedPartnership Partnership { get; init; }

    /// <summary>The de minimis aid that it gives; null when it gives none.</summary>
    public AgreedAid? Aid { get; init; }
}
