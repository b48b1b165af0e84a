namespace Iop.Contracts.Events.Agreements;

/// <summary>The term of an active agreement was extended. The subject is the agreement.</summary>
public sealed record AgreementExtended : IntegrationEvent, IAwaitedEvent
{
    /// <summary>Number of the extension, from 1.</summary>
    public required int ExtensionNumber { get; init; }

    /// <summary>New last day of the term.</summary>
    public required DateOnly EndDate { get; init; }

    /// <summary>The day by which the next evaluation shall be done.</summary>
    public required DateOnly EvaluationDate { get; init; }

    /// <summary>The day by which the parties shall have talked about continuing; null when no more extension is possible.</summary>
    public DateOnly? RenewalTalksDate { get; init; }
}
