using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>What a municipality does at home before its word counts in an agreement of another, and its list of them.</summary>
public sealed partial class AgreementsApi
{
    /// <summary>
    /// Each pack must pass: a guest's word counts while its own case is approved, its own register finds the organisations
    /// eligible, and its own legal check is renewed where a new version needs one. The case of one that comes in by this version
    /// was found lawful for it. The token asks at home and nowhere else.
    /// </summary>
    private async Task MustPassAtHomeAsync(Agreement agreement, CancellationToken cancellation)
    {
        if (guest.Share is not { } share)
        {
            return;
        }

        var approved = await neighbours.ApprovedCaseAsync(share.CaseName, cancellation);
        await neighbours.EligibleOrganisationsAsync(approved, share.Municipality, cancellation);
        if (agreement.Amends is { } id)
        {
            var inForce = await desk.HoldAsync(id, cancellation);
            if (!agreement.IsNew(share.Municipality) && agreement.NeedsLegalCheck(inForce))
            {
                await neighbours.MustBeCheckedSinceAsync(share.CaseName, agreement.Life.Amendment!.RequestDate, cancellation);
            }
        }

        if (agreement.State != AgreementState.AwaitingSignatures)
        {
            // What is being signed stays as all have approved it.
            MustBeInText(agreement, approved);
        }

        await guests.NoteAsync(share, approved.ToOwnCase(), cancellation);
    }

    /// <summary>
    /// The lead's own word, as that of a guest, counts while its own case and register say so. What they say is noted, for the
    /// guest who opens for signatures and cannot ask them. A step that is to be taken before signing stops no approval.
    /// </summary>
    private async Task NoteReadinessAsync(Agreement agreement, Party party, CancellationToken cancellation)
    {
        // What has been approved before is not approved anew, and nothing of it changes.
        if (guest.Share is not null || party.Side != PartySide.Public || !agreement.Joined.Any() || agreement.Approvals.Any(approval => approval.PartyId == party.PartyId))
        {
            return;
        }

        var requirements = await LeadsRequirementsAsync(agreement, cancellation);
        var isReady = agreement.CaseName.Length == 0 || (await neighbours.OpenStepsAsync(agreement.CaseName, BeforeSigning, cancellation)).Count == 0;
        agreement.NoteReadiness(isReady ? requirements : null);
    }

    /// <summary>Agreements of others that this municipality has joined, before an id, each as it calls it itself.</summary>
    private async Task<List<V1.Agreement>> SharedAsync(string filter, Guid? before, int count, CancellationToken cancellation)
    {
        var (wantedCase, wantedState) = Wanted(filter);
        var shares = await committees.Seen(db.AgreementShares.AsNoTracking())
            .Where(share => share.State == MemberState.Joined && (wantedCase == null || share.CaseName == wantedCase))
            .ToListAsync(cancellation);
        if (shares.Count == 0)
        {
            return [];
        }

        var ids = shares.Select(share => share.Id).ToList();
        var open = await db.SharedDrafts.AsNoTracking().Where(draft => ids.Contains(draft.Agreement)).ToListAsync(cancellation);
        var doors = shares.Select(share => (share.Id, Share: share))
            .Concat(open.Select(draft => (draft.Id, Share: shares.Find(share => share.Id == draft.Agreement)!)))
            .Where(door => before is null || door.Id < before)
            .OrderByDescending(door => door.Id);
        List<V1.Agreement> found = [];
        foreach (var (id, share) in doors.TakeWhile(_ => found.Count < count))
        {
            if (await guests.ReadAsync(share, services => SummaryAsync(services, id, share, cancellation)) is { } summary
                && (wantedState is null || (AgreementState)summary.State == wantedState))
            {
                found.Add(summary);
            }
        }

        return found;
    }

    private static async Task<V1.Agreement?> SummaryAsync(IServiceProvider services, Guid id, AgreementShare share, CancellationToken cancellation)
    {
        var (rows, door) = (services.GetRequiredService<AgreementsDb>().Agreements.AsNoTracking(), services.GetRequiredService<Guest>());
        return await rows.FirstOrDefaultAsync(agreement => agreement.Id == id, cancellation) is { } found && door.Sees(found)
            && found.IsVisibleTo(PartySide.Public)
            ? new SharedNames(share, found.Terms.Parties).ToOwn(AgreementSummary.Of(found).ToProto())
            : null;
    }

    private static (string? Case, AgreementState? State) Wanted(string filter)
    {
        (string? Case, AgreementState? State) wanted = (null, null);
        foreach (var (field, _, value) in Filter.Parse(filter, Filters))
        {
            wanted = field == "case" ? (value, wanted.State) : (wanted.Case, StateNamed<AgreementState>(value));
        }

        return wanted;
    }
}
