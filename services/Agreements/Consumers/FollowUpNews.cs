using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Platform.Identity;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Consumers;

/// <summary>
/// Brings what a follow-up tells to the agreement that it is about. That of another municipality than the lead goes with its share
/// to where the agreement is.
/// </summary>
internal static class FollowUpNews
{
    /// <param name="db">The database, in the tenant of the event.</param>
    /// <param name="services">Opens the lead's tenant.</param>
    /// <param name="event">What was told.</param>
    /// <param name="agreementName">Resource name of the agreement.</param>
    /// <param name="hear">Changes the agreement, given the share by which it is known in the event's tenant; says whether anything has changed, and what is told of it.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async Task BringAsync(
        this AgreementsDb db, IServiceProvider services, IntegrationEvent @event, string agreementName, Func<Agreement, AgreementShare?, (bool Changed, IntegrationEvent[] Told)> hear, CancellationToken cancellation)
    {
        var (id, type) = (ResourceName.IdIn(agreementName, Agreement.Collection, @event.Municipality, "agreement"), @event.GetType().Name);
        if (await db.OpenShareAsync(id, cancellation) is not { State: MemberState.Joined } share)
        {
            await KeepAsync(services.GetRequiredService<AgreementDesk>(), null);
            return;
        }

        await services.RunForAsync(services.GetRequiredService<CurrentCall>(), MunicipalityCode.Parse(share.Lead), type, async scope =>
        {
            if (await scope.GetRequiredService<SharedNews>().IsFirstAsync(@event.EventId, $"{type}Consumer", cancellation))
            {
                await KeepAsync(scope.GetRequiredService<AgreementDesk>(), share);
            }
        }, cancellation);

        async Task KeepAsync(AgreementDesk desk, AgreementShare? by)
        {
            var agreement = await desk.HoldAsync(id, cancellation);
            var (changed, told) = hear(agreement, by);
            if (changed)
            {
                await desk.SaveAsync(agreement, AgreementLives.Service, cancellation, events: told);
            }
        }
    }
}
