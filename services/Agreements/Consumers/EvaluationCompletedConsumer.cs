using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events.FollowUp;
using Iop.Platform.Messaging;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Consumers;

/// <summary>
/// Keeps what an evaluation found with the agreement, where it gates an extension. An evaluation by another municipality
/// than the lead goes with its share to where the agreement is.
/// </summary>
public sealed class EvaluationCompletedConsumer(ConsumerTools tools, AgreementsDb db, AgreementDesk desk, IServiceProvider services) : EventConsumer<EvaluationCompleted>(tools)
{
    protected override async Task HandleAsync(EvaluationCompleted @event, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(@event.Agreement, Agreement.Collection, @event.Municipality, "agreement");
        if (await db.OpenShareAsync(id, cancellation) is not { State: MemberState.Joined } share)
        {
            await KeepAsync(desk, id, @event, "", cancellation);
            return;
        }

        await services.RunForAsync(MunicipalityCode.Parse(share.Lead), nameof(EvaluationCompletedConsumer), async scope =>
        {
            if (await scope.GetRequiredService<SharedNews>().IsFirstAsync(@event.EventId, nameof(EvaluationCompletedConsumer), cancellation))
            {
                await KeepAsync(scope.GetRequiredService<AgreementDesk>(), id, @event, share.Municipality, cancellation);
            }
        }, cancellation);
    }

    private static async Task KeepAsync(AgreementDesk desk, Guid id, EvaluationCompleted @event, string municipality, CancellationToken cancellation)
    {
        var agreement = await desk.HoldAsync(id, cancellation);
        agreement.RecordEvaluation(new EvaluationNote(VerdictOf(@event.Verdict), @event.OccurredAt, @event.Subject) { Municipality = municipality });
        await desk.SaveAsync(agreement, AgreementLives.Service, cancellation);
    }

    // A code that is not known here is kept as not said, and gates nothing open.
    private static Verdict VerdictOf(string code) =>
        Enum.TryParse<Verdict>(code.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var verdict) && Enum.IsDefined(verdict) ? verdict : Verdict.Unspecified;
}
