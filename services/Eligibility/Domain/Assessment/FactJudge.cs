using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>
/// Judges facts that rules of routing ask for. Null where the answer hangs on a threshold that nobody has entered: that
/// is noted, and never read as a no.
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
            CaseFact.BelowDirectAwardLimit => Compare((value, limit) => value <= limit),
            CaseFact.AboveDirectAwardLimit => Compare((value, limit) => value > limit),
            CaseFact.AnnexTwoService => procurement.IsAnnexTwoService == true,
            CaseFact.ReservedConditionsMet => procurement.ReservedConditionsMet == true,
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

    /// <summary>Notes that a rule hung on the limit of direct award, and that it is not known.</summary>
    public void NoteMissing()
    {
        var missing = new MissingThreshold(
            ProcurementLaw.Lou, Thresholds.DirectAwardKind(facts.Procurement.IsAnnexTwoService), facts.Procurement.AsOf);
        if (_missing?.Contains(missing) != true)
            (_missing ??= []).Add(missing);
    }

    // A case without a value has nothing to compare, whatever the limit.
    private bool? Compare(Func<decimal, decimal, bool> compare)
    {
        var procurement = facts.Procurement;
        if (procurement.EstimatedValue is not { } value)
            return false;
        var limit = procurement.IsAnnexTwoService == true ? procurement.AnnexTwoLimit : procurement.DirectAwardLimit;
        return limit is { } known ? compare(value, known) : null;
    }
}
