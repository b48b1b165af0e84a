using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Law;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>Finds what the municipality's other cases show of purchases of one kind (law.md 2.1). Every agreement has its case.</summary>
public sealed class SameKindPurchases(EligibilityDb db, TimeProvider time)
{
    private static readonly CaseState[] Settled = [CaseState.Routed, CaseState.DecisionPending, CaseState.Approved];

    /// <summary>What a case's kind shows this year, taken into the case.</summary>
    public Task RefreshAsync(Case @case, CancellationToken cancellation) => RefreshAsync(@case, @case.PurchaseKind, cancellation);

    /// <summary>What a kind shows this year, taken into a case that is of it.</summary>
    public async Task RefreshAsync(Case @case, string kind, CancellationToken cancellation)
    {
        if (kind.Length == 0)
        {
            return;
        }

        var others = await db.Cases.AsNoTracking()
            .Where(other => other.PurchaseKind != "" && other.PurchaseKind == kind && other.Id != @case.Id && Settled.Contains(other.State))
            .ToListAsync(cancellation);
        var year = time.Today().Year;
        @case.Refresh(kind, [.. others.Select(other => other.PurchaseIn(year)).OfType<SameKindPurchase>().OrderBy(purchase => purchase.Case, StringComparer.Ordinal)]);
    }
}
