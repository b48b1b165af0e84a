namespace Iop.Contracts.Events.Organisations;

/// <summary>The municipality has asked an organisation for a document. The subject is the organisation.</summary>
public sealed record DocumentRequested : IntegrationEvent
{
    /// <summary>Resource name of the request in the log.</summary>
    public required string Reminder { get; init; }

    /// <summary>Kind of document, for example <c>AUDIT_REPORT</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Year that it concerns; zero if none.</summary>
    public required int FinancialYear { get; init; }

    /// <summary>Which in order of the requests for this kind and year, from 1.</summary>
    public required int SequenceNumber { get; init; }
}
