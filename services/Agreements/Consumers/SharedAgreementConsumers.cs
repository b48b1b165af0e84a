using Iop.Agreements.Api;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Messaging;

namespace Iop.Agreements.Consumers;

/// <summary>Tells the other municipalities of an agreement what has happened to it.</summary>
public sealed class SharedAgreementNewsConsumer(ConsumerTools tools, Retelling retelling) : EventConsumer<SharedAgreementNews>(tools)
{
    protected override Task HandleAsync(SharedAgreementNews @event, CancellationToken cancellation) => retelling.TellMembersAsync(@event, cancellation);
}

/// <summary>Shows an invitation to the municipality that is invited.</summary>
public sealed class MunicipalityInvitedConsumer(ConsumerTools tools, Retelling retelling) : EventConsumer<MunicipalityInvited>(tools)
{
    protected override Task HandleAsync(MunicipalityInvited @event, CancellationToken cancellation) =>
        retelling.TellInvitedAsync(@event, @event.InvitedMunicipality, cancellation);
}

/// <summary>Takes an invitation back from the municipality that was invited.</summary>
public sealed class InvitationWithdrawnConsumer(ConsumerTools tools, Retelling retelling) : EventConsumer<InvitationWithdrawn>(tools)
{
    protected override Task HandleAsync(InvitationWithdrawn @event, CancellationToken cancellation) =>
        retelling.TellInvitedAsync(@event, @event.InvitedMunicipality, cancellation);
}
