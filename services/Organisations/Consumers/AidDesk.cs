using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Organisations.Api;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Consumers;

/// <summary>
/// Takes in what agreements tell of aid. The kinds of event come by queues of their own, so a later one may be here first:
/// all are kept, and what they amount to is reckoned anew with each.
/// </summary>
public sealed class AidDesk(OrganisationsDb db)
{
    private const string Agreements = "agreements";
    private static readonly string[] EarlyEnds = ["TERMINATED", "RESCINDED"];

    public async Task TakeInAsync(
        IntegrationEvent @event, int version, IReadOnlyList<string> organisations, AgreedAid? aid, DateOnly? start, CancellationToken cancellation)
    {
        var told = await OpenAsync(@event, cancellation);
        var keys = KeysOf(organisations, @event);
        var kind = aid is null ? AidKind.None : EnumNames.FromUpperSnake<AidKind>(aid.Kind) ?? throw new InvalidOperationException("An agreement tells of aid of an unknown kind.");
        told.Tell(new AidVersion(version, kind, aid?.Amount ?? 0, aid?.GrantDate ?? default, keys), start);
        await FollowAsync(told, cancellation);
    }

    public async Task TakeInAsync(AgreementEnded @event, CancellationToken cancellation)
    {
        var told = await OpenAsync(@event, cancellation);
        told.Tell(new AgreementEnd(EarlyEnds.Contains(@event.Reason), @event.EndDate));
        await FollowAsync(told, cancellation);
    }

    public async Task TakeInAsync(PartyLeft @event, CancellationToken cancellation)
    {
        var told = await OpenAsync(@event, cancellation);
        told.Tell(new Departure(@event.LastDate, KeysOf(@event.Organisations, @event)));
        await FollowAsync(told, cancellation);
    }

    private static List<string> KeysOf(IEnumerable<string> organisations, IntegrationEvent @event) =>
        [.. organisations.Select(name => OrganisationName.KeyIn(name, @event.Municipality)).OfType<string>()];

    // Two events of one agreement are taken in one after the other, whichever consumers have them.
    private async Task<AgreementAid> OpenAsync(IntegrationEvent @event, CancellationToken cancellation)
    {
        await db.HoldAsync($"aid of {@event.Subject}", cancellation);
        var id = ResourceName.IdIn(@event.Subject, Agreements, @event.Municipality, "subject");
        var told = await db.AgreementAids.FirstOrDefaultAsync(known => known.Agreement == id, cancellation);
        if (told is null)
        {
            db.Add(told = new AgreementAid(@event.Municipality, id));
        }

        return told;
    }

    private async Task FollowAsync(AgreementAid told, CancellationToken cancellation)
    {
        var parties = told.Organisations.ToList();
        var known = await db.GrantedAids.Where(aid => aid.Agreement == told.Agreement).ToDictionaryAsync(aid => aid.Organisation, cancellation);
        var registered = await db.Organisations.Where(organisation => parties.Contains(organisation.Key)).Select(organisation => organisation.Key).ToListAsync(cancellation);
        foreach (var party in registered)
        {
            if (known.TryGetValue(party, out var aid) ? aid.Follow(told) : told.GrantsTo(party).Count > 0)
            {
                if (aid is null)
                {
                    db.Add(aid = new GrantedAid(party, told));
                }

                db.Record(aid, () => aid.ToProto());
            }
        }
    }
}
