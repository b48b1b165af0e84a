using System.Diagnostics.CodeAnalysis;
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
        var share = await db.AgreementShares.FirstOrDefaultAsync(share => share.Id == agreement.Id, cancellation);
        switch (@event, member.State)
        {
            case (InvitationWithdrawn, MemberState.Withdrawn) when share is { State: MemberState.Invited }:
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

        db.Record(share, () => share.ToProto(etag: false));
        db.Raise(share.AgreementName, @event.Sequence, @event);
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

        if (@event is AgreementActivated or AgreementAmended or AgreementExtended && share.TakeAidToReport() is { } aid)
        {
            db.Record(share, () => share.ToProto(etag: false));
            var report = StateAidReport.Of(share, agreement, aid, Calendar.DayOf(time.Now()));
            db.Add(report);
            db.Record(report, () => report.ToProto(Calendar.DayOf(time.Now()), etag: false));
        }

        // What belongs to the agreement has the same name under it here.
        var own = ResourceName.Of(tenant.Required, Agreement.Collection, agreement.Id);
        db.Raise(own + news.Subject[agreement.Name.Length..], news.Sequence, InOwnWords(@event, told, share, own));
        await db.SaveChangesAsync(cancellation);
    }

    private static IntegrationEvent InOwnWords(IntegrationEvent @event, ToldAgreement told, AgreementShare share, string own)
    {
        var partnership = told.Agreement.ToPartnership(share.Municipality);
        var organisations = share.NamesOf(told.Agreement.Terms.Parties);
        return @event switch
        {
            AgreementActivated activated => activated with
            {
                Case = share.CaseName,
                GuidelinePack = share.PackName,
                OrganisationNames = organisations,
                FollowUp = Reminded(activated.FollowUp, told.Reminders),
                Partnership = partnership,

                // The lead's own, which say nothing of the callers here.
                Committees = null,
            },
            AgreementAmended amended => amended with { OrganisationNames = organisations, FollowUp = Reminded(amended.FollowUp, told.Reminders), Partnership = partnership },
            AgreementExtended extended => extended with { OrganisationNames = organisations, FollowUp = Reminded(extended.FollowUp, told.Reminders), Partnership = partnership },
            DisputeOpened dispute => dispute with
            {
                Dispute = $"{share.AgreementName}/{Dispute.Collection}/{dispute.Dispute[(dispute.Dispute.LastIndexOf('/') + 1)..]}",
                Deviation = OwnOrNull(dispute.Deviation, share),
            },
            DisputeResolved dispute => dispute with { Agreement = own, Deviation = OwnOrNull(dispute.Deviation, share) },
            CommentAdded comment => comment with { Agreement = own },
            CommentResolved comment => comment with { Agreement = own },
            ProposalMade proposal => proposal with { Agreement = own },
            ProposalSettled proposal => proposal with { Agreement = own },
            AgreementDocumentReceived document => document with { Agreement = own },
            _ => @event,
        };
    }

    // A deviation stands in the follow-up of one municipality, and is named to nobody in another.
    private static string? OwnOrNull(string? deviation, AgreementShare share) =>
        deviation is not null && ResourceName.MunicipalityIn(deviation) == share.Municipality ? deviation : null;

    [return: NotNullIfNotNull(nameof(agreed))]
    private static AgreedFollowUp? Reminded(AgreedFollowUp? agreed, ReminderRule? own) => agreed is null || own is null ? agreed : agreed with
    {
        ReminderDaysBefore = own.DaysBefore,
        ReminderDaysAfter = own.DaysAfter,
        EscalationDaysAfter = own.EscalationDaysAfter,
    };
}
