using System.Linq.Expressions;
using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Eligibility;
using Iop.Platform.Identity;
using Iop.Platform.Messaging;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Consumers;

/// <summary>
/// Keeps each agreement of a case with the committees of the case, ended ones and what others lead too: who takes a case over
/// keeps what came of it.
/// </summary>
public sealed class CaseCommitteesAssignedConsumer(ConsumerTools tools, AgreementsDb db, AgreementDesk desk) : EventConsumer<CaseCommitteesAssigned>(tools)
{
    protected override async Task HandleAsync(CaseCommitteesAssigned @event, CancellationToken cancellation)
    {
        var committees = new MatterCommittees([@event.Responsible, .. @event.Concerned], @event.Only);
        await db.TellAgreementsOfAsync(
            desk,
            @event.Subject,
            agreement => agreement.HearCommittees(committees, @event.Sequence),
            cancellation,
            agreement => agreement.HasBeenInForce ? agreement.CommitteesChanged() : null);
        foreach (var share in await db.AgreementShares.Where(share => share.CaseName == @event.Subject).ToListAsync(cancellation))
        {
            if (share.HearCommittees(committees, @event.Sequence))
            {
                db.Record(share, () => share.ToProto(etag: false));
                if (share.State == MemberState.Joined)
                {
                    db.Raise(share.AgreementName, @event.Sequence, share.CommitteesChanged());
                }
            }
        }

        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>Keeps with each agreement of a case from when the decision has legal force.</summary>
public sealed class CaseDecisionAnnouncedConsumer(ConsumerTools tools, AgreementsDb db, AgreementDesk desk) : EventConsumer<CaseDecisionAnnounced>(tools)
{
    protected override Task HandleAsync(CaseDecisionAnnounced @event, CancellationToken cancellation) =>
        db.TellAgreementsOfAsync(desk, @event.Subject, agreement => agreement.HearAnnouncement(new Announcement(@event.AnnounceDate, @event.FinalDate) { Sequence = @event.Sequence }), cancellation);
}

/// <summary>
/// Gives each agreement of a case the heading for an entrustment that a renewed assessment has found: the municipality's own, and what it
/// has joined, where the lead says too that it has.
/// </summary>
public sealed class CaseLegallyAssessedConsumer(ConsumerTools tools, AgreementsDb db, AgreementDesk desk, AgreementWriter writer, IServiceProvider services)
    : EventConsumer<CaseLegallyAssessed>(tools)
{
    protected override async Task HandleAsync(CaseLegallyAssessed @event, CancellationToken cancellation)
    {
        if (!@event.RestsOnEntrustment)
        {
            return;
        }

        await db.TellAgreementsOfAsync(desk, @event.Subject, agreement => agreement.HearEntrustment(writer), cancellation);
        foreach (var share in await db.AgreementShares.AsNoTracking().Where(share => share.CaseName == @event.Subject && share.State == MemberState.Joined).ToListAsync(cancellation))
        {
            await services.RunForAsync(services.GetRequiredService<CurrentCall>(), MunicipalityCode.Parse(share.Lead), nameof(CaseLegallyAssessedConsumer), lead => HearAsync(lead, share, cancellation), cancellation);
        }
    }

    // Heard twice it changes nothing the second time: this is the lead's transaction, and not that of the event.
    private static Task HearAsync(IServiceProvider lead, AgreementShare share, CancellationToken cancellation)
    {
        var writer = lead.GetRequiredService<AgreementWriter>();
        return lead.GetRequiredService<AgreementsDb>().TellAgreementsAsync(
            lead.GetRequiredService<AgreementDesk>(),
            agreement => agreement.Id == share.Id || agreement.Id == share.Draft || agreement.Amends == share.Id,
            agreement => agreement.Joined.Any(member => member.Municipality == share.Municipality) && agreement.HearEntrustment(writer),
            cancellation);
    }
}

internal static class AgreementsOfCase
{
    public static Task TellAgreementsOfAsync(
        this AgreementsDb db, AgreementDesk desk, string caseName, Func<Agreement, bool> hear, CancellationToken cancellation, Func<Agreement, IntegrationEvent?>? tell = null) =>
        db.TellAgreementsAsync(desk, agreement => agreement.CaseName == caseName, hear, cancellation, tell);

    // Each agreement is held before a draft of its next version, as everywhere.
    public static async Task TellAgreementsAsync(
        this AgreementsDb db, AgreementDesk desk, Expression<Func<Agreement, bool>> which, Func<Agreement, bool> hear, CancellationToken cancellation, Func<Agreement, IntegrationEvent?>? tell = null)
    {
        var ids = await db.Agreements.AsNoTracking().Where(which).OrderBy(agreement => agreement.Id).Select(agreement => agreement.Id).ToListAsync(cancellation);
        foreach (var id in ids)
        {
            var agreement = await desk.HoldAsync(id, cancellation);
            if (hear(agreement))
            {
                await desk.SaveAsync(agreement, AgreementLives.Service, cancellation, events: tell?.Invoke(agreement) is { } news ? [news] : []);
            }
        }
    }
}
