using Iop.Agreements.Api;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Messaging;

namespace Iop.Agreements.Consumers;

/// <summary>Tells the other municipalities of an agreement what the lead's outbox has told.</summary>
public abstract class RetoldToMembers<TEvent>(ConsumerTools tools, Retelling retelling) : EventConsumer<TEvent>(tools)
    where TEvent : IntegrationEvent
{
    protected override Task HandleAsync(TEvent @event, CancellationToken cancellation) => retelling.TellMembersAsync(@event, GetType().Name, cancellation);
}

public sealed class TextAgreedRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<AgreementTextAgreed>(tools, retelling);

public sealed class SignatureDeclinedRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<SignatureDeclined>(tools, retelling);

public sealed class SignatureReminderRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<SignatureReminderDue>(tools, retelling);

public sealed class SigningExpiredRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<SigningExpired>(tools, retelling);

public sealed class ActivatedRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<AgreementActivated>(tools, retelling);

public sealed class AmendedRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<AgreementAmended>(tools, retelling);

public sealed class ExtendedRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<AgreementExtended>(tools, retelling);

public sealed class SuspendedRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<AgreementSuspended>(tools, retelling);

public sealed class EndedRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<AgreementEnded>(tools, retelling);

public sealed class DisputeRetold(ConsumerTools tools, Retelling retelling) : RetoldToMembers<DisputeOpened>(tools, retelling);

/// <summary>Shows an invitation to the municipality that is invited.</summary>
public sealed class MunicipalityInvitedConsumer(ConsumerTools tools, Retelling retelling) : EventConsumer<MunicipalityInvited>(tools)
{
    protected override Task HandleAsync(MunicipalityInvited @event, CancellationToken cancellation) =>
        retelling.TellInvitedAsync(@event, @event.InvitedMunicipality, nameof(MunicipalityInvitedConsumer), cancellation);
}

/// <summary>Takes an invitation back from the municipality that was invited.</summary>
public sealed class InvitationWithdrawnConsumer(ConsumerTools tools, Retelling retelling) : EventConsumer<InvitationWithdrawn>(tools)
{
    protected override Task HandleAsync(InvitationWithdrawn @event, CancellationToken cancellation) =>
        retelling.TellInvitedAsync(@event, @event.InvitedMunicipality, nameof(InvitationWithdrawnConsumer), cancellation);
}
