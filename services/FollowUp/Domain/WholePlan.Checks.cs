namespace Iop.FollowUp.Domain;

/// <summary>The checks against overcompensation, where a service is compensated under an entrustment (law.md 2.2).</summary>
public sealed partial class WholePlan
{
    private readonly List<OvercompensationCheck> _checks = [];

    /// <summary>Its checks against overcompensation.</summary>
    public IReadOnlyList<OvercompensationCheck> Checks
    {
        get => _checks;
        init => _checks = [.. value];
    }

    /// <summary>Counts the checks anew after the agreement has moved them: what was carried to a period that is no more is paid back.</summary>
    /// <param name="reason">Why a finding that was recorded is then another.</param>
    /// <param name="now">When.</param>
    /// <returns>Those that find something else than before.</returns>
    public IReadOnlyList<OvercompensationCheck> RecountChecks(string reason, DateTimeOffset now)
    {
        var others = new CheckChain(_checks).Recount(reason, now);
        _changed.UnionWith(others);
        return others;
    }

    // What is checked, or waits to be for a period that has ended, stays; the periods that run or lie ahead follow the agreement.
    private void MoveChecks(DateOnly today)
    {
        var ahead = _checks.Where(c => c.IsWaitedFor && (c.PeriodEndDate >= today || c.PeriodEndDate > Plan.EndDate)).OrderBy(c => c.PeriodStartDate).ToList();
        var behind = _checks.Except(ahead).Where(c => c.State != OvercompensationCheckState.Cancelled).Select(c => (DateOnly?)c.PeriodEndDate).Max();

        // Of what was entrusted only now, nothing was compensated before.
        var covered = behind ?? (ahead.Count > 0 ? ahead[0].PeriodStartDate : today).AddDays(-1);
        var soonest = Later(Plan.EndDate, today).AddMonths(MonthsOfGrace);
        var wanted = Wanted(ahead.Count > 0, today).Where(p => p.End > covered)
            .Select(p => p with { Start = Later(p.Start, covered.AddDays(1)), Due = p.Due < today ? soonest : p.Due })
            .ToList();
        foreach (var (check, period) in ahead.Zip(wanted))
        {
            Note(check, check.MoveTo(period, today));
        }

        foreach (var surplus in ahead.Skip(wanted.Count))
        {
            Note(surplus, surplus.Cancel());
        }

        foreach (var period in wanted.Skip(ahead.Count))
        {
            AddCheck(period);
        }
    }

    // An entrustment that a new version takes back ends with that day, and what was paid until then is checked once more.
    private IReadOnlyList<ReportPeriod> Wanted(bool wasEntrusted, DateOnly today) => (Plan.Rules.Overcompensation, wasEntrusted) switch
    {
        ({ } checks, _) => Schedule.Checks(Plan.Terms, checks),
        (null, true) => [new ReportPeriod(Plan.StartDate, Earlier(today, Plan.EndDate), today.AddMonths(MonthsOfGrace))],
        _ => [],
    };

    private void AddCheck(ReportPeriod period)
    {
        var check = new OvercompensationCheck(Plan, period);
        _checks.Add(check);
        _changed.Add(check);
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
