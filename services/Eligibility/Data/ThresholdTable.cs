using Iop.Eligibility.Domain.Law;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>Finds the thresholds that hold for the tenant.</summary>
public sealed class ThresholdTable(EligibilityDb db, TimeProvider time)
{
    /// <summary>Those that hold today: the municipality's own before the shipped ones.</summary>
    public async Task<Thresholds> TodayAsync(CancellationToken cancellation)
    {
        var today = time.Today();
        var own = await db.Thresholds.AsNoTracking()
            .Where(row => row.State == ThresholdState.Active && row.ValidFrom <= today && row.ValidTo >= today)
            .ToListAsync(cancellation);
        return Thresholds.On(today, own.Select(row => row.Row));
    }
}
