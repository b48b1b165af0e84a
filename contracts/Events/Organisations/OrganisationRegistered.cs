namespace Iop.Contracts.Events.Organisations;

/// <summary>An organisation was registered. The subject is the organisation.</summary>
public sealed record OrganisationRegistered : IntegrationEvent;
