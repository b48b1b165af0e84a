namespace Iop.Contracts.Events.Agreements;

/// <summary>A municipality has joined an agreement, declined the invitation to it, or left it. The subject is the agreement.</summary>
public sealed record MunicipalityAnswered : IntegrationEvent
{
    /// <summary>Code of the municipality that answered: four digits.</summary>
    public required string AnsweringMunicipality { get; init; }

    /// <summary>Key of the party that it was invited to be.</summary>
    public required string PartyId { get; init; }

    /// <summary>The answer as a code: <c>JOINED</c>, <c>DECLINED</c> or <c>LEFT</c>.</summary>
    public required string Answer { get; init; }
}
