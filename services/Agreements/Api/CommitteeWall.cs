using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;

namespace Iop.Agreements.Api;

/// <summary>
/// Keeps agreements that are kept to committees from callers of others (law.md 2.3). The codes are each municipality's own: the
/// lead's say nothing of a guest's callers, whom the committees of their own case keep out at home. Nor do they say anything of
/// organisations, which are parties whatever committee they meet.
/// </summary>
public sealed class CommitteeWall(CurrentCall call, Guest guest)
{
    private bool IsAsked => guest.Share is null && call.RequiredCaller.SeesMunicipality;

    /// <exception cref="Refusal"><c>COMMITTEE_NOT_ALLOWED</c>.</exception>
    public void MustSee(Agreement agreement)
    {
        if (agreement.CommitteesOnly && IsAsked && !call.RequiredCaller.SeesCommittees(agreement.Committees))
        {
            throw Refusal.Denied("COMMITTEE_NOT_ALLOWED");
        }
    }

    /// <summary>The same at home, for what another municipality leads: asked before its tenant is entered.</summary>
    /// <exception cref="Refusal"><c>COMMITTEE_NOT_ALLOWED</c>.</exception>
    public void MustSee(AgreementShare share)
    {
        if (share.CommitteesOnly && IsAsked && !call.RequiredCaller.SeesCommittees(share.Committees))
        {
            throw Refusal.Denied("COMMITTEE_NOT_ALLOWED");
        }
    }

    /// <summary>What a read of each would show.</summary>
    public IQueryable<AgreementShare> Seen(IQueryable<AgreementShare> shares)
    {
        var own = call.RequiredCaller.Committees.ToList();
        return SeesAll ? shares : shares.Where(share => !share.CommitteesOnly || share.Committees.Any(committee => own.Contains(committee)));
    }

    /// <summary>What a read of each would show.</summary>
    public IQueryable<Agreement> Seen(IQueryable<Agreement> agreements)
    {
        var own = call.RequiredCaller.Committees.ToList();
        return SeesAll ? agreements : agreements.Where(agreement => !agreement.CommitteesOnly || agreement.Committees.Any(committee => own.Contains(committee)));
    }

    /// <summary>What a read of each would refuse.</summary>
    public IQueryable<Agreement> Hidden(IQueryable<Agreement> agreements)
    {
        var (all, own) = (SeesAll, call.RequiredCaller.Committees.ToList());
        return agreements.Where(agreement => !all && agreement.CommitteesOnly && !agreement.Committees.Any(committee => own.Contains(committee)));
    }

    /// <summary>What a read of each would refuse.</summary>
    public IQueryable<AgreementShare> Hidden(IQueryable<AgreementShare> shares)
    {
        var (all, own) = (SeesAll, call.RequiredCaller.Committees.ToList());
        return shares.Where(share => !all && share.CommitteesOnly && !share.Committees.Any(committee => own.Contains(committee)));
    }

    /// <summary>Each municipality's own committee decides for it, by its own case and guideline.</summary>
    /// <exception cref="Refusal"><c>COMMITTEE_NOT_RESPONSIBLE</c>.</exception>
    public void MustDecide(Agreement agreement, AgreementRules rules, DecidingBody body) =>
        (guest.Share?.OfCase ?? agreement.OfCase).MustBeDecidedBy(call.RequiredCaller.Committees, rules.HasCommittees, body);

    private bool SeesAll => !IsAsked || call.RequiredCaller.SeesCommittees([]);
}
