using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Eligibility;
using Iop.Platform.Identity;
using Iop.Platform.Messaging;
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
        db.TellAgreementsOfAsync(desk, @event.Subject, agreement => agreement.HearAnnouncement(new Announcement(@event.PublishedOn, @event.FinalOn) { Sequence = @event.Sequence }), cancellation);
}

internal static class AgreementsOfCase
{
    // Each agreement is held before a draft of its next version, as everywhere.
    public static async Task TellAgreementsOfAsync(
        this AgreementsDb db, AgreementDesk desk, string caseName, Func<Agreement, bool> hear, CancellationToken cancellation, Func<Agreement, IntegrationEvent?>? tell = null)
    {
        var ids = await db.Agreements.AsNoTracking().Where(agreement => agreement.CaseName == caseName).OrderBy(agreement => agreement.Id).Select(agreement => agreement.Id).ToListAsync(cancellation);
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
