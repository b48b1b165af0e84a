using Iop.Agreements.Api;
using Iop.Agreements.Domain;
using Iop.Contracts.Events.FollowUp;
using Iop.Platform.Messaging;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Consumers;

/// <summary>Keeps what an evaluation found with the agreement, where it gates an extension.</summary>
public sealed class EvaluationCompletedConsumer(ConsumerTools tools, AgreementDesk desk) : EventConsumer<EvaluationCompleted>(tools)
{
    protected override async Task HandleAsync(EvaluationCompleted @event, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(@event.Agreement, Agreement.Collection, @event.Municipality, "agreement");
        var agreement = await desk.HoldAsync(id, cancellation);
        agreement.RecordEvaluation(new EvaluationNote(VerdictOf(@event.Verdict), @event.OccurredAt, @event.Subject));
        await desk.SaveAsync(agreement, AgreementLives.Service, cancellation);
    }

    // A code that is not known here is kept as not said, and gates nothing open.
    private static Verdict VerdictOf(string code) =>
        Enum.TryParse<Verdict>(code.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var verdict) && Enum.IsDefined(verdict) ? verdict : Verdict.Unspecified;
}
