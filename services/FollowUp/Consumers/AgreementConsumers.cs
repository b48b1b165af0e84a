using Iop.Contracts.Events.Agreements;
using Iop.Platform.Messaging;

namespace Iop.FollowUp.Consumers;

/// <summary>An agreement is in force: its plan is made. Rule: es-step-5-iop-is-a-process.</summary>
public sealed class AgreementActivatedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<AgreementActivated>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementActivated @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>A new version is in force: its plan moves.</summary>
public sealed class AgreementAmendedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<AgreementAmended>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementAmended @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>The term is longer: the plan goes on, with a new evaluation and new talks.</summary>
public sealed class AgreementExtendedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<AgreementExtended>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementExtended @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>The agreement is paused, and so is its plan.</summary>
public sealed class AgreementSuspendedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<AgreementSuspended>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementSuspended @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>The agreement is taken up again, and so is its plan.</summary>
public sealed class AgreementResumedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<AgreementResumed>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementResumed @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>The agreement belongs to other committees, and so does its plan (law.md 2.3).</summary>
public sealed class AgreementCommitteesChangedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<AgreementCommitteesChanged>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementCommitteesChanged @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>The agreement tells of talks about continuing: the plan waits for them no more. Rule: ga-continuation-dialogue.</summary>
public sealed class RenewalTalksRecordedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<RenewalTalksRecorded>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(RenewalTalksRecorded @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>A party has left what goes on for the others: the plan goes on with those who remain.</summary>
public sealed class PartyLeftConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<PartyLeft>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(PartyLeft @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>The agreement has ended: the plan is wound up.</summary>
public sealed class AgreementEndedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<AgreementEnded>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(AgreementEnded @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}

/// <summary>A dispute is settled: the deviation that it was about is for the parties to handle again. Rule: he-deviations-and-disputes.</summary>
public sealed class DisputeResolvedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<DisputeResolved>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(DisputeResolved @event, CancellationToken cancellation) => desk.SettleAsync(@event, cancellation);
}

/// <summary>A dispute was opened: it is linked to the deviation that it is about. Rule: he-deviations-and-disputes.</summary>
public sealed class DisputeOpenedConsumer(ConsumerTools tools, NewsDesk desk) : EventConsumer<DisputeOpened>(tools)
{
    /// <inheritdoc/>
    protected override Task HandleAsync(DisputeOpened @event, CancellationToken cancellation) => desk.TakeInAsync(@event, cancellation);
}
