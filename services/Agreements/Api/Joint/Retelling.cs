using System.Diagnostics.CodeAnalysis;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>
/// Tells the other municipalities of an agreement what has happened to it, each in its own tenant and in its own names,
/// so that each follows the partnership up as if the agreement were its own. What is told there stays there: the agreement
/// is not found in that tenant, and nothing is told further.
/// </summary>
public sealed class Retelling(AgreementsDb db, TenantScope tenant, PackShelf packs, IServiceProvider services)
{
    /// <param name="event">What happened, as the lead was told.</param>
    /// <param name="action">What tells it, for the inbox and the revisions of the others.</param>
    /// <param name="cancellation">Cancels the telling.</param>
    public async Task TellMembersAsync(IntegrationEvent @event, string action, CancellationToken cancellation)
    {
        if (await FindAsync(@event, cancellation) is not { } agreement)
        {
            return;
        }

        foreach (var member in agreement.Joined)
        {
            var told = new ToldAgreement(agreement, member, (await packs.GetAsync(member.PackName, cancellation)).FollowUp.Reminders);
            await OnceAsync(member.Municipality, @event, action, news => news.TakeInAsync(@event, told, cancellation), cancellation);
        }
    }

    /// <summary>Opens the door of one who is invited, or closes it again.</summary>
    public async Task TellInvitedAsync(IntegrationEvent @event, string municipality, string action, CancellationToken cancellation)
    {
        if (await FindAsync(@event, cancellation) is { } agreement && agreement.Members.FirstOrDefault(member => member.Municipality == municipality) is { } member)
        {
            await OnceAsync(municipality, @event, action, news => news.TakeInvitationAsync(@event, agreement, member, cancellation), cancellation);
        }
    }

    private Task<Agreement?> FindAsync(IntegrationEvent @event, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(@event.Subject, Agreement.Collection, tenant.Required, "subject");
        return db.Agreements.AsNoTracking().FirstOrDefaultAsync(agreement => agreement.Id == id, cancellation);
    }

    // Each municipality has its own mark: when one fails and the event comes again, the others are not told twice.
    private Task OnceAsync(string municipality, IntegrationEvent @event, string action, Func<SharedNews, Task> tell, CancellationToken cancellation) =>
        services.RunForAsync(MunicipalityCode.Parse(municipality), action, async scope =>
        {
            var theirs = scope.GetRequiredService<AgreementsDb>();
            if (await theirs.MarkAsync(municipality, @event.EventId, action, scope.GetRequiredService<TimeProvider>().GetUtcNow(), cancellation))
            {
                await tell(scope.GetRequiredService<SharedNews>());
            }
        }, cancellation);
}

/// <summary>An agreement as one of its other municipalities is told of it.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Member">The municipality.</param>
/// <param name="Reminders">How its own guideline has it reminded.</param>
public sealed record ToldAgreement(Agreement Agreement, Member Member, ReminderRule? Reminders);

/// <summary>Takes in, in the tenant of another municipality, what has happened to an agreement that it shares.</summary>
public sealed class SharedNews(AgreementsDb db, TenantScope tenant, TimeProvider time)
{
    public async Task TakeInvitationAsync(IntegrationEvent @event, Agreement agreement, Member member, CancellationToken cancellation)
    {
        var share = await db.AgreementShares.FirstOrDefaultAsync(share => share.Id == agreement.Id, cancellation);
        if (@event is InvitationWithdrawn)
        {
            if (share is not { State: MemberState.Invited } || member.State != MemberState.Withdrawn)
            {
                return;
            }

            share.WithdrawInvitation(member.Reason, time.Now());
        }
        else if (member.State != MemberState.Invited)
        {
            // Taken back, or answered, before this was told.
            return;
        }
        else if (share is null)
        {
            share = AgreementShare.Of(agreement, member);
            db.Add(share);
        }
        else
        {
            share.Invite(agreement, member);
        }

        db.Record(share, () => share.ToProto(etag: false));
        Raise(@event, share, agreement.Id);
        await db.SaveChangesAsync(cancellation);
    }

    public async Task TakeInAsync(IntegrationEvent @event, ToldAgreement told, CancellationToken cancellation)
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

        Raise(InOwnWords(@event, told, share), share, agreement.Id);
        await db.SaveChangesAsync(cancellation);
    }

    private static IntegrationEvent InOwnWords(IntegrationEvent @event, ToldAgreement told, AgreementShare share)
    {
        var partnership = told.Agreement.ToPartnership(share.Municipality);
        var numbers = told.Agreement.Terms.Parties.Select(party => party.OrganisationNumber).Where(number => number.Length > 0).ToHashSet();
        List<string> organisations = [.. share.Organisations.Where(known => numbers.Contains(known.Number)).Select(known => known.Name)];
        return @event switch
        {
            AgreementActivated activated => activated with
            {
                Case = share.CaseName,
                GuidelinePack = share.PackName,
                OrganisationNames = organisations,
                FollowUp = Reminded(activated.FollowUp, told.Reminders),
                Partnership = partnership,
            },
            AgreementAmended amended => amended with { OrganisationNames = organisations, FollowUp = Reminded(amended.FollowUp, told.Reminders), Partnership = partnership },
            AgreementExtended extended => extended with { OrganisationNames = organisations, FollowUp = Reminded(extended.FollowUp, told.Reminders), Partnership = partnership },
            DisputeOpened dispute => dispute with
            {
                Dispute = $"{share.AgreementName}/{Dispute.Collection}/{dispute.Dispute[(dispute.Dispute.LastIndexOf('/') + 1)..]}",
                Deviation = dispute.Deviation is { } deviation && ResourceName.MunicipalityIn(deviation) == share.Municipality ? deviation : null,
            },
            _ => @event,
        };
    }

    [return: NotNullIfNotNull(nameof(agreed))]
    private static AgreedFollowUp? Reminded(AgreedFollowUp? agreed, ReminderRule? own) => agreed is null || own is null ? agreed : agreed with
    {
        ReminderDaysBefore = own.DaysBefore,
        ReminderDaysAfter = own.DaysAfter,
        EscalationDaysAfter = own.EscalationDaysAfter,
    };

    // The place among the agreement's events is the lead's: they are told in the order in which they happened there.
    private void Raise(IntegrationEvent @event, AgreementShare share, Guid agreement) => db.Raise(@event with
    {
        EventId = Guid.CreateVersion7(),
        Municipality = tenant.Required,
        Subject = ResourceName.Of(share.Municipality, Agreement.Collection, agreement),
    });
}

internal static class SharedMarks
{
    /// <summary>Marks an event as handled in a tenant that it was not sent to.</summary>
    /// <returns>False when it has been before.</returns>
    public static async Task<bool> MarkAsync(this AgreementsDb db, string municipality, Guid eventId, string consumer, DateTimeOffset now, CancellationToken cancellation) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO inbox (municipality, event_id, consumer, create_time) VALUES ({municipality}, {eventId}, {consumer}, {now})
            ON CONFLICT DO NOTHING
            """,
            cancellation) == 1;
}
