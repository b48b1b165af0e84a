using Iop.Contracts.Events.Agreements;
using Iop.Platform.Messaging;

namespace Iop.Organisations.Consumers;

/// <summary>All have signed: the aid that the agreement gives is granted. Source: law.md 2.2.</summary>
public sealed class AgreementActivatedConsumer(ConsumerTools tools, AidDesk desk) : EventConsumer<AgreementActivated>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementActivated @event, CancellationToken cancellation) =>
        desk.TakeInAsync(@event, @event.Version, @event.Organisations, @event.Aid, @event.StartDate, cancellation);
}

/// <summary>A new version gives more aid, or less.</summary>
public sealed class AgreementAmendedConsumer(ConsumerTools tools, AidDesk desk) : EventConsumer<AgreementAmended>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementAmended @event, CancellationToken cancellation) =>
        desk.TakeInAsync(@event, @event.Version, @event.Organisations, @event.Aid, @event.StartDate, cancellation);
}

/// <summary>A longer term gives more aid, or none.</summary>
public sealed class AgreementExtendedConsumer(ConsumerTools tools, AidDesk desk) : EventConsumer<AgreementExtended>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementExtended @event, CancellationToken cancellation) =>
        desk.TakeInAsync(@event, @event.Version, @event.Organisations, @event.Aid, start: null, cancellation);
}

/// <summary>An organisation has left what goes on for others: what it was never given awaits being settled.</summary>
public sealed class PartyLeftConsumer(ConsumerTools tools, AidDesk desk) : EventConsumer<PartyLeft>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(PartyLeft @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>The agreement has ended: what was never given awaits being settled.</summary>
public sealed class AgreementEndedConsumer(ConsumerTools tools, AidDesk desk) : EventConsumer<AgreementEnded>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementEnded @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}
