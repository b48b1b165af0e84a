namespace Iop.Contracts.Events.Agreements;

/// <summary>Someone who has been invited to sign has not done so on a day agreed for a reminder. The subject is the agreement.</summary>
public sealed record SignatureReminderDue : IntegrationEvent
{
    /// <summary>Keys of the parties whose signatures are missing, each once. The agreement says whose turn it is.</summary>
    public required IReadOnlyList<string> PartyIds { get; init; }

    /// <summary>Last day on which the agreement can be signed.</summary>
    public required DateOnly ExpireDate { get; init; }
}
