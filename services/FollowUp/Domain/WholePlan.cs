namespace Iop.FollowUp.Domain;

/// <summary>
/// A plan with everything that it expects, moved as one when its agreement changes. What is held, begun or overdue stays
/// where it is; what lies ahead moves, and never into the past. Rule: es-step-5-iop-is-a-process.
/// </summary>
public sealed partial class WholePlan
{
    private static readonly CheckInKind[] Groups = [CheckInKind.SteeringGroup, CheckInKind.ReferenceGroup, CheckInKind.WorkingGroup];

    private readonly Func<CheckInKind, IReadOnlyList<string>, IReadOnlyList<string>> _agenda;
    private readonly List<CheckIn> _checkIns;
    private readonly List<Report> _reports;
    private readonly HashSet<PlanItem> _changed = [];

    /// <summary>Opens a plan that exists.</summary>
    public WholePlan(
        Plan plan,
        IEnumerable<CheckIn> checkIns,
        IEnumerable<Report> reports,
        Evaluation evaluation,
        Func<CheckInKind, IReadOnlyList<string>, IReadOnlyList<string>> agenda)
    {
        (Plan, Evaluation, _agenda) = (plan, evaluation, agenda);
        _checkIns = [.. checkIns];
        _reports = [.. reports];
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>Its check-ins.</summary>
    public IReadOnlyList<CheckIn> CheckIns => _checkIns;

    /// <summary>Its reports.</summary>
    public IReadOnlyList<Report> Reports => _reports;

    /// <summary>Its evaluation.</summary>
    public Evaluation Evaluation { get; }

    /// <summary>Its deviations, as far as they are waited for.</summary>
    public IReadOnlyList<Deviation> Deviations { get; init; } = [];

    /// <summary>The items that are new or have changed since it was opened.</summary>
    public IReadOnlyCollection<PlanItem> Changed => _changed;

    /// <summary>Makes the plan of an agreement.</summary>
    /// <param name="municipality">The tenant.</param>
    /// <param name="facts">The agreement.</param>
    /// <param name="agenda">The topics that a check-in of a kind begins with, given the guideline's own.</param>
    public static WholePlan From(string municipality, AgreementFacts facts, Func<CheckInKind, IReadOnlyList<string>, IReadOnlyList<string>> agenda)
    {
        var plan = new Plan(municipality, facts);
        var whole = new WholePlan(plan, [], [], new Evaluation(plan), agenda);
        whole._changed.Add(whole.Evaluation);
        foreach (var due in Schedule.CheckIns(facts.Terms))
        {
            whole.Add(CheckInKind.Regular, due);
        }

        if (facts.RenewalTalksDate is { } talks)
        {
            // he-period-renegotiation-timing: the talks are a meeting of their own, also on a day with a regular one.
            whole.Add(CheckInKind.RenewalTalks, talks);
        }

        foreach (var group in Groups)
        {
            foreach (var due in Schedule.Meetings(facts.Terms, group))
            {
                whole.Add(group, due);
            }
        }

        foreach (var period in Schedule.Reports(facts.Terms))
        {
            whole.Add(period);
        }

        foreach (var period in Schedule.Checks(facts.Terms, facts.Rules.Overcompensation))
        {
            whole.AddCheck(period);
        }

        whole.SettleTalks();
        return whole;
    }

    /// <summary>Follows the agreement to where it now stands.</summary>
    public void Follow(AgreementFacts facts, DateOnly today)
    {
        var pausedSince = Plan.SuspendedDate;
        Plan.Take(facts);
        ReleaseTalks();
        if (pausedSince is { } since && facts.SuspendedDate is null)
        {
            Resume(since, today);
        }

        MoveChecks(today);
        if (Plan.HasEnded)
        {
            WindUp(today);
            SettleTalks();
            return;
        }

        MoveCheckIns(today);
        MoveTalks(today);
        SettleTalks();
        MoveReports(today, MoveableReports(today), Schedule.Reports(Plan.Terms));
        Note(Evaluation, Evaluation.Expect(facts.EvaluationDate, facts.Rules.EvaluationQuestions, today));
    }

    /// <summary>Follows a schedule that the parties have set.</summary>
    public void Choose(ChosenSchedule chosen, DateOnly today)
    {
        Plan.Choose(chosen);
        MoveCheckIns(today);
        MoveReports(today, MoveableReports(today), Schedule.Reports(Plan.Terms));
    }

    private void MoveCheckIns(DateOnly today)
    {
        MoveMeetings(CheckInKind.Regular, Schedule.CheckIns(Plan.Terms), today);
        foreach (var group in Groups)
        {
            MoveMeetings(group, Schedule.Meetings(Plan.Terms, group), today);
        }

        foreach (var wish in _checkIns.Where(c => c.Kind == CheckInKind.AdHoc && c.DueDate >= today && c.DueDate > Plan.EndDate))
        {
            Note(wish, wish.Cancel());
        }

        foreach (var wish in _reports.Where(r => r is { Kind: ReportKind.AdHoc, IsUntouched: true } && r.DueDate >= today && r.PeriodEndDate > Plan.EndDate))
        {
            Note(wish, wish.Close());
        }
    }

    private void MoveMeetings(CheckInKind kind, IReadOnlyList<DateOnly> schedule, DateOnly today)
    {
        var ahead = _checkIns.Where(c => c.Kind == kind && c.IsWaitedFor && c.DueDate >= today).OrderBy(c => c.DueDate).ToList();
        var taken = _checkIns.Except(ahead).Where(c => c.Kind == kind && c.State == CheckInState.Held).Select(c => c.DueDate).ToHashSet();
        Match(ahead, [.. schedule.Where(day => day >= today && !taken.Contains(day))], today, due => Add(kind, due));
    }

    // The ones that are on a right day stay on it; of the rest the earliest takes the earliest day left.
    private void Match(List<CheckIn> ahead, List<DateOnly> wanted, DateOnly today, Action<DateOnly> add)
    {
        var free = ahead.Where(c => !wanted.Remove(c.DueDate)).ToList();
        foreach (var (checkIn, due) in free.Zip(wanted))
        {
            Note(checkIn, checkIn.MoveTo(due, today));
        }

        foreach (var surplus in free.Skip(wanted.Count))
        {
            Note(surplus, surplus.Cancel());
        }

        foreach (var due in wanted.Skip(free.Count))
        {
            add(due);
        }
    }

    private List<Report> MoveableReports(DateOnly today) =>
        [.. _reports.Where(r => r is { Kind: ReportKind.Regular, IsUntouched: true } && r.DueDate >= today && r.PeriodEndDate >= today).OrderBy(r => r.PeriodStartDate)];

    // The periods that have been reported on, or are being, stay; the new ones begin where they end.
    private void MoveReports(DateOnly today, List<Report> ahead, IReadOnlyList<ReportPeriod> schedule)
    {
        var covered = _reports.Except(ahead).Where(r => r is { Kind: ReportKind.Regular, State: not ReportState.Closed }).Select(r => (DateOnly?)r.PeriodEndDate).Max() ?? Plan.StartDate.AddDays(-1);
        var wanted = schedule.Where(p => p.End > covered)
            .Select(p => p with { Start = p.Start > covered ? p.Start : covered.AddDays(1), Due = p.Due < today ? today : p.Due })
            .ToList();
        foreach (var (report, period) in ahead.Zip(wanted))
        {
            Note(report, report.MoveTo(period, Plan.Reporting ?? report.Responsible, today));
        }

        foreach (var surplus in ahead.Skip(wanted.Count))
        {
            Note(surplus, surplus.Close());
        }

        foreach (var period in wanted.Skip(ahead.Count))
        {
            Add(period);
        }
    }

    private void Add(CheckInKind kind, DateOnly due)
    {
        var checkIn = new CheckIn(Plan, kind, due, _agenda(kind, Plan.Rules.CheckInTopics));
        _checkIns.Add(checkIn);
        _changed.Add(checkIn);
    }

    private void Add(ReportPeriod period)
    {
        var report = new Report(Plan, period);
        _reports.Add(report);
        _changed.Add(report);
    }

    private void Note(PlanItem item, bool changed)
    {
        if (changed)
        {
            _changed.Add(item);
        }
    }
}
