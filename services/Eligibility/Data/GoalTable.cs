using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>The municipality's own goals and priorities. A municipality has tens of them, so all that are active are read at once.</summary>
public sealed class GoalTable(EligibilityDb db, TimeProvider time)
{
    /// <summary>Those that hold on a day.</summary>
    public async Task<IReadOnlyList<GoalRow>> HoldingOnAsync(DateOnly date, CancellationToken cancellation)
    {
        var active = await db.OwnGoals.AsNoTracking().Where(goal => goal.State == GoalState.Active).OrderBy(goal => goal.Code).ToListAsync(cancellation);
        return [.. active.Select(goal => goal.Row).Where(row => row.ValidFrom <= date && !(row.ValidTo < date))];
    }

    /// <summary>Takes what the list holds today into a case.</summary>
    public async Task RefreshAsync(Case @case, CancellationToken cancellation)
    {
        var holding = await HoldingOnAsync(time.Today(), cancellation);
        var linked = @case.Facts.MunicipalGoalLinks.Select(link => link.Goal).ToHashSet(StringComparer.Ordinal);
        @case.Refresh(new KnownGoals(
            holding.Any(row => row.Kind == GoalKind.Goal),
            holding.Count > 0,
            [.. holding.Where(row => linked.Contains(row.Code)).Select(row => new KnownGoal(row.Code, row.Kind, row.Text, row.ValidFrom, row.ValidTo))]));
    }
}
