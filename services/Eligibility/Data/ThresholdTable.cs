using Iop.Eligibility.Domain.Law;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>Finds the thresholds that hold for the tenant.</summary>
public sealed class ThresholdTable(EligibilityDb db, ReservableServices reservable, TimeProvider time)
{
    /// <summary>Those that hold today: the municipality's own before the shipped ones.</summary>
    public Task<Thresholds> TodayAsync(CancellationToken cancellation) => OnAsync(time.Today(), cancellation);

    /// <summary>Those that hold on a day.</summary>
    public async Task<Thresholds> OnAsync(DateOnly day, CancellationToken cancellation)
    {
        var own = await db.Thresholds.AsNoTracking()
            .Where(row => row.State == ThresholdState.Active && row.ValidFrom <= day && row.ValidTo >= day)
            .ToListAsync(cancellation);
        return Thresholds.On(day, own.Select(row => row.Row), reservable);
    }
}
