using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Sight;

namespace Iop.Agreements.Api;

/// <summary>
/// Keeps agreements that are kept to committees from callers of others (law.md 2.3). The codes are each municipality's own: the
/// lead's say nothing of a guest's callers, whom the committees of their own case keep out at home.
/// </summary>
public sealed class CommitteeWall(CurrentCall call, Guest guest)
{
    private bool IsGuest => guest.Share is not null;

    /// <exception cref="Refusal"><c>COMMITTEE_NOT_ALLOWED</c>.</exception>
    public void MustSee(Agreement agreement)
    {
        if (!IsGuest)
        {
            agreement.Belonging().MustBeSeenBy(call.RequiredCaller);
        }
    }

    /// <summary>The same at home, for what another municipality leads: asked before its tenant is entered.</summary>
    /// <exception cref="Refusal"><c>COMMITTEE_NOT_ALLOWED</c>.</exception>
    public void MustSee(AgreementShare share) => share.Belonging().MustBeSeenBy(call.RequiredCaller);

    /// <summary>What a read of each would show.</summary>
    public IQueryable<Agreement> Seen(IQueryable<Agreement> agreements) => IsGuest ? agreements : agreements.SeenBy(call.RequiredCaller);

    /// <summary>The same at home, for what other municipalities lead.</summary>
    public IQueryable<AgreementShare> Seen(IQueryable<AgreementShare> shares) => shares.SeenBy(call.RequiredCaller);

    /// <summary>What a read of each would refuse.</summary>
    public IQueryable<Agreement> Hidden(IQueryable<Agreement> agreements) =>
        IsGuest ? agreements.Where(_ => false) : agreements.HiddenFrom(call.RequiredCaller);

    /// <summary>The same at home, for what other municipalities lead.</summary>
    public IQueryable<AgreementShare> Hidden(IQueryable<AgreementShare> shares) => shares.HiddenFrom(call.RequiredCaller);

    /// <summary>Each municipality's own committee decides for it, by its own case and guideline.</summary>
    /// <exception cref="Refusal"><c>COMMITTEE_NOT_RESPONSIBLE</c>.</exception>
    public void MustDecide(Agreement agreement, AgreementRules rules, DecidingBody body) =>
        (guest.Share?.Belonging() ?? agreement.Belonging()).MustDecide(
            call.RequiredCaller.Committees, rules.HasCommittees, body is DecidingBody.ExecutiveBoard or DecidingBody.Council);
}
