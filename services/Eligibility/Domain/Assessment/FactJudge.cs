using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>
/// Judges facts that rules of routing ask for. Null where the answer hangs on a threshold that nobody has entered, or on a
/// sum that nobody has established: that is noted, and never read as a no.
/// </summary>
internal sealed class FactJudge(CaseFacts facts)
{
    private List<MissingThreshold>? _missing;

    /// <summary>The case has been found to be a purchase, by whatever rule.</summary>
    public bool IsProcured { get; set; } = facts.Procurement.Result == ProcurementGateResult.Required;

    public IReadOnlyList<MissingThreshold> Missing => _missing ?? [];

    public bool? Holds(CaseFact fact)
    {
        var procurement = facts.Procurement;
        return fact switch
        {
            CaseFact.BelowDirectAwardLimit => IsWithinLimit(),
            CaseFact.AboveDirectAwardLimit => procurement.EstimatedValue is null ? false : !IsWithinLimit(),
            CaseFact.AnnexTwoService => procurement.IsAnnexTwoService == true,
            // law.md 2.5: registration shows the conditions where nobody has looked into them, and is never required.
            CaseFact.ReservedConditionsMet => procurement.ReservedConditionsMet ?? procurement.Registration == ActStatus.Registered,
            CaseFact.RegisteredUnderAct => procurement.Registration == ActStatus.Registered,
            CaseFact.NotRegisteredUnderAct => procurement.Registration == ActStatus.NotRegistered,
            CaseFact.DeregisteredUnderAct => procurement.Registration == ActStatus.Deregistered,
            CaseFact.ActStatusUnknown => procurement.Registration == ActStatus.Unknown,
            // law.md 2.1: only listed services may be reserved; that nobody has said which service it is shows nothing.
            CaseFact.ReservableService => procurement.Reservability is Reservability.Listed or Reservability.ListedUnverified,
            CaseFact.ServiceNotReservable => procurement.Reservability == Reservability.NotListed,
            CaseFact.ServiceListUnknown => procurement.Reservability == Reservability.ListMissing,
            CaseFact.PrimaryCare => procurement.IsPrimaryCare == true,
            CaseFact.NotPrimaryCare => procurement.IsPrimaryCare == false,
            CaseFact.PrimaryCareUnknown => procurement.IsPrimaryCare is null,
            CaseFact.ProcurementRequired => procurement.Result == ProcurementGateResult.Required,
            CaseFact.ProcurementExcluded => procurement.Result == ProcurementGateResult.NotRequired,
            CaseFact.FormProposedByMunicipality => facts.FormProposer is Initiator.Municipality,
            CaseFact.Procured => IsProcured,
            CaseFact.SystemOfChoice => procurement.HasSystemOfChoice == true,
            CaseFact.OwnOperation => procurement.IsOwnOperation == true,
            _ => false,
        };
    }

    /// <summary>All of the facts hold. One that does not decides before one that is not known.</summary>
    public bool? HoldAll(IReadOnlyList<CaseFact> wanted)
    {
        bool? all = true;
        foreach (var fact in wanted)
        {
            switch (Holds(fact))
            {
                case false:
                    return false;
                case null:
                    all = null;
                    break;
            }
        }

        return all;
    }

    /// <summary>A rule hung on the sum of the year's purchases of the same kind, and nobody has established it.</summary>
    public bool IsSameKindOpen { get; private set; }

    /// <summary>Notes that a rule hung on the limit of direct award: it, or what is held to it, is not known.</summary>
    public void NoteMissing()
    {
        if (facts.Procurement.SameKind == SameKindStanding.Unanswered)
        {
            IsSameKindOpen = true;
            return;
        }

        var missing = new MissingThreshold(
            ProcurementLaw.Lou, Thresholds.DirectAwardKind(facts.Procurement.IsAnnexTwoService), facts.Procurement.AsOf);
        if (_missing?.Contains(missing) != true)
            (_missing ??= []).Add(missing);
    }

    // Not the value alone but the year's purchases of the kind are held to the limit. A case without a value has nothing to
    // hold to it.
    private bool? IsWithinLimit() => facts.Procurement.SameKind switch
    {
        SameKindStanding.Within => true,
        SameKindStanding.LimitUnknown or SameKindStanding.Unanswered => null,
        _ => false,
    };
}
