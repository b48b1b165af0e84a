using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>An agreement as one of its other municipalities is told of it.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Member">The municipality.</param>
/// <param name="Reminders">How its own guideline has it reminded.</param>
public sealed record ToldAgreement(Agreement Agreement, Member Member, ReminderRule? Reminders);

/// <summary>Takes in, in the tenant of one municipality, what another's tenant tells of an agreement that they share.</summary>
public sealed class SharedNews(AgreementsDb db, TenantScope tenant, TimeProvider time)
{
    /// <summary>Marks an event as handled in this tenant, which it was not sent to.</summary>
    /// <returns>False when it has been handled before.</returns>
    public async Task<bool> IsFirstAsync(Guid eventId, string consumer, CancellationToken cancellation) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO inbox (municipality, event_id, consumer, create_time) VALUES ({tenant.Required}, {eventId}, {consumer}, {time.GetUtcNow()})
        ON CONFLICT DO NOTHING
        """,
        cancellation) == 1;

    public async Task TakeInvitationAsync(IntegrationEvent @event, Agreement agreement, Member member, CancellationToken cancellation)
    {
        // What has been taken back, or invited anew, since this was told is told by an event of its own.
        var root = agreement.Amends ?? agreement.Id;
        var share = await db.AgreementShares.FirstOrDefaultAsync(share => share.Id == root, cancellation);
        switch (@event, member.State)
        {
            case (InvitationWithdrawn, MemberState.Withdrawn) when share is { State: MemberState.Invited } && share.IsOf(agreement):
                share.WithdrawInvitation(member.Reason, time.Now());
                break;
            case (MunicipalityInvited, MemberState.Invited) when share is null:
                share = AgreementShare.Of(agreement, member);
                db.Add(share);
                break;
            case (MunicipalityInvited, MemberState.Invited):
                share.Invite(agreement, member);
                break;
            default:
                return;
        }

        if (share.Draft is { } draft)
        {
            await db.Database.OpenDraftAsync(tenant.Required, draft, share.Id, cancellation);
        }

        db.Record(share, () => share.ToProto(etag: false));
        db.Raise(share.DoorName, @event.Sequence, @event);
        await db.SaveChangesAsync(cancellation);
    }

    /// <param name="event">What happened, as the lead was told.</param>
    /// <param name="news">What it came by, with its place among the events of its subject: they are told in the order in which they happened there.</param>
    /// <param name="told">The agreement.</param>
    /// <param name="cancellation">Cancels the telling.</param>
    public async Task TakeInAsync(IntegrationEvent @event, SharedAgreementNews news, ToldAgreement told, CancellationToken cancellation)
    {
        var (agreement, root) = (told.Agreement, told.Agreement.Amends ?? told.Agreement.Id);
        if (await db.AgreementShares.FirstOrDefaultAsync(share => share.Id == root && share.State == MemberState.Joined, cancellation) is not { } share)
        {
            return;
        }

        // However late it is told, the aid was given on the day that the last one signed.
        var signed = news.OccurredAt.DayInSweden();
        if (@event is AgreementActivated or AgreementAmended or AgreementExtended)
        {
            TakeIntoForce(share, agreement, signed);
        }

        // What belongs to the agreement has the same name under it here.
        var own = ResourceName.Of(tenant.Required, Agreement.Collection, agreement.Id);
        db.Raise(own + news.Subject[agreement.Name.Length..], news.Sequence, OwnNews.Of(@event, told, share, own, signed));
        await db.SaveChangesAsync(cancellation);
    }

    private void TakeIntoForce(AgreementShare share, Agreement agreement, DateOnly signed)
    {
        var before = share.GivenAid;
        var (begins, (given, takenBack)) = (share.ComeIntoForce(), share.TakeAidToReport());
        if (begins || share.GivenAid != before || given is not null || takenBack is not null)
        {
            db.Record(share, () => share.ToProto(etag: false));
        }

        if (takenBack is not null)
        {
            Report(StateAidReport.Of(share, agreement, takenBack, signed).AsWithdrawal());
        }

        if (given is not null)
        {
            Report(StateAidReport.Of(share, agreement, given, signed));
        }
    }

    private void Report(StateAidReport report)
    {
        db.Add(report);
        db.Record(report, () => report.ToProto(time.Today(), etag: false));
    }
}
