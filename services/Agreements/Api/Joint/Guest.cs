using Iop.Agreements.Domain;
using Iop.Platform.Errors;

namespace Iop.Agreements.Api;

/// <summary>Whom the work in this scope is done for, when that is another municipality than the one whose tenant it is.</summary>
public sealed class Guest
{
    public AgreementShare? Share { get; private set; }

    /// <summary>Code of that municipality; empty for the tenant's own work.</summary>
    public string Municipality => Share?.Municipality ?? "";

    internal void Enter(AgreementShare share) => Share = share;

    /// <summary>Whether the share opens this agreement, or the draft of its next version, and the lead says the same.</summary>
    public bool Sees(Agreement agreement) =>
        Share is null || ((agreement.Id == Share.Id || agreement.Amends == Share.Id) && agreement.Admitted(Municipality) is not null);

    /// <exception cref="Refusal"><c>AGREEMENT_NOT_JOINED</c>, <c>PARTY_HAS_LEFT</c>: one who is only invited reads, and so does one who has left.</exception>
    public void MustBePartyTo(Agreement agreement, bool orHasBeen = false)
    {
        if (Share is null)
        {
            return;
        }

        if (agreement.Admitted(Municipality) is not { State: MemberState.Joined } member)
        {
            throw Refusal.Precondition("AGREEMENT_NOT_JOINED", agreement.Name);
        }

        if (member.LeaveTime is not null && !orHasBeen)
        {
            throw Refusal.Precondition("PARTY_HAS_LEFT", agreement.Name, ("party", member.PartyId));
        }
    }

    /// <summary>Refuses what only the municipality that the agreement lives with can do.</summary>
    public void MustBeLead(Agreement agreement)
    {
        if (Share is not null)
        {
            throw Refusal.Precondition("LEAD_MUNICIPALITY_ONLY", agreement.Name);
        }
    }
}
