namespace Iop.FollowUp.Domain;

/// <summary>
/// The checks of a plan in the order of their periods: each counts what the one before has carried forward, and the last one, with which
/// the entrustment ends, carries nothing. Source: decision 2012/21/EU, article 6.2 (law.md 2.2).
/// </summary>
public sealed class CheckChain(IEnumerable<OvercompensationCheck> checks)
{
    private readonly List<OvercompensationCheck> _checks = [.. checks.Where(c => c.State != OvercompensationCheckState.Cancelled).OrderBy(c => c.PeriodStartDate)];

    /// <summary>What a check would find, with what is carried to it and what may be carried from it.</summary>
    /// <param name="check">The check.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="percent">Percent of the average yearly compensation that may be carried forward.</param>
    public OvercompensationFinding FindingOf(OvercompensationCheck check, OvercompensationFinding figures, decimal percent)
    {
        var place = _checks.IndexOf(check);
        return figures with
        {
            CarriedIn = place > 0 ? _checks[place - 1].Finding?.CarriedForward ?? 0 : 0,
            CarryForwardLimit = place < 0 || place == _checks.Count - 1 ? 0 : OvercompensationFinding.LimitOf(figures.Compensation, (check.PeriodStartDate, check.PeriodEndDate), percent),
        };
    }

    /// <summary>Counts all of them anew when one has been recorded, corrected or moved.</summary>
    /// <param name="reason">Why a finding that was recorded is then another.</param>
    /// <param name="now">When.</param>
    /// <returns>Those that find something else than before.</returns>
    public IReadOnlyList<OvercompensationCheck> Recount(string reason, DateTimeOffset now)
    {
        List<OvercompensationCheck> others = [];
        var carried = 0m;
        foreach (var check in _checks)
        {
            if (check.Recount(carried, check == _checks[^1], reason, now))
            {
                others.Add(check);
            }

            carried = check.Finding?.CarriedForward ?? 0;
        }

        return others;
    }
}
