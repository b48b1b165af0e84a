using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.FollowUp;
using Iop.Platform.Messaging;
using Iop.Platform.Requests;

namespace Iop.Agreements.Consumers;

/// <summary>Keeps what an evaluation found with the agreement, where it gates an extension.</summary>
public sealed class EvaluationCompletedConsumer(ConsumerTools tools, AgreementsDb db, IServiceProvider services) : EventConsumer<EvaluationCompleted>(tools)
{
    protected override Task HandleAsync(EvaluationCompleted @event, CancellationToken cancellation) => db.BringAsync(services, @event, @event.Agreement, (agreement, share) =>
    {
        agreement.RecordEvaluation(new EvaluationNote(VerdictOf(@event.Verdict), @event.OccurredAt, @event.Subject) { Municipality = share?.Municipality ?? "" });
        return (true, []);
    }, cancellation);

    // A code that is not known here is kept as not said, and gates nothing open.
    private static Verdict VerdictOf(string code) =>
        Enum.TryParse<Verdict>(code.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var verdict) && Enum.IsDefined(verdict) ? verdict : Verdict.Unspecified;
}

/// <summary>
/// Keeps with the agreement that the parties have talked about continuing, wherever they recorded it, and tells the other follow-ups of
/// the agreement. Rule: ga-continuation-dialogue.
/// </summary>
public sealed class RenewalTalksHeldConsumer(ConsumerTools tools, AgreementsDb db, IServiceProvider services) : EventConsumer<RenewalTalksHeld>(tools)
{
    protected override Task HandleAsync(RenewalTalksHeld @event, CancellationToken cancellation) => db.BringAsync(
        services, @event, @event.Agreement, (agreement, share) => Hear(agreement, @event, share), cancellation);

    private static (bool Changed, IntegrationEvent[] Told) Hear(Agreement agreement, RenewalTalksHeld @event, AgreementShare? share)
    {
        var heard = new HeardTalks(@event.HeldDate, @event.Subject, @event.Sequence);
        var number = agreement.HearTalks(heard, SideOf(@event.RecordedBy), share?.PartyId ?? "");
        return number > 0 ? (true, [agreement.TalksRecorded(number)]) : (false, []);
    }

    private static PartySide SideOf(string code) => code == PartySide.CivilSociety.ToUpperSnake() ? PartySide.CivilSociety : PartySide.Public;
}
