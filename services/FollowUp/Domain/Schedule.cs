namespace Iop.FollowUp.Domain;

/// <summary>What an agreement says of its follow-up, as far as dates go.</summary>
/// <param name="StartDate">First day of the term.</param>
/// <param name="EndDate">Last day of the term.</param>
/// <param name="CheckInEveryMonths">Months between check-ins; 0 for none.</param>
/// <param name="ReportEveryMonths">Months between reports; 0 for none.</param>
public sealed record ScheduleTerms(DateOnly StartDate, DateOnly EndDate, int CheckInEveryMonths, int ReportEveryMonths)
{
    /// <summary>Days of check-ins that are set one by one, instead of an interval.</summary>
    public IReadOnlyList<DateOnly> CheckInDates { get; init; } = [];

    /// <summary>Days by which reports shall come that are set one by one, instead of an interval.</summary>
    public IReadOnlyList<DateOnly> ReportDates { get; init; } = [];

    /// <summary>Groups of the partnership that meet so many times a year.</summary>
    public IReadOnlyList<GroupMeetings> Groups { get; init; } = [];

    /// <summary>Whether any reports are planned.</summary>
    public bool HasReports => ReportEveryMonths > 0 || ReportDates.Count > 0;
}

/// <summary>How often a group meets.</summary>
/// <param name="Kind">The group, as the kind of its meetings.</param>
/// <param name="PerYear">Meetings in a year, 1 or more.</param>
public sealed record GroupMeetings(CheckInKind Kind, int PerYear);

/// <summary>A report that shall be written.</summary>
/// <param name="Start">First day of its period.</param>
/// <param name="End">Last day of its period.</param>
/// <param name="Due">The day by which it shall be submitted.</param>
public sealed record ReportPeriod(DateOnly Start, DateOnly End, DateOnly Due);

/// <summary>
/// Sets the dates of a plan. Every date of an interval is counted from the first day of the term and never from the date
/// before it, so that a clamped month end (31 January, 28 February) does not wander: 31 March follows.
/// </summary>
public static class Schedule
{
    /// <summary>The days by which regular check-ins shall be held, earliest first, none after the term.</summary>
    public static IReadOnlyList<DateOnly> CheckIns(ScheduleTerms terms) => [.. Days(terms, terms.CheckInEveryMonths, terms.CheckInDates)];

    /// <summary>
    /// The days by which a group shall have met, earliest first, none after the term. A group that meets more often than
    /// monthly needs no plan for it: then the plan has one meeting a month. Rule: he-section-reference-group.
    /// </summary>
    public static IReadOnlyList<DateOnly> Meetings(ScheduleTerms terms, CheckInKind group)
    {
        var perYear = Math.Min(terms.Groups.Where(one => one.Kind == group).Select(one => one.PerYear).DefaultIfEmpty(0).Max(), 12);
        if (perYear == 0)
        {
            return [];
        }

        return [.. Enumerable.Range(1, perYear * 50).Select(On).TakeWhile(day => day <= terms.EndDate)];

        // Twelve months that the meetings do not divide evenly are divided by days.
        DateOnly On(int step)
        {
            var (months, rest) = Math.DivRem(12 * step, perYear);
            return terms.StartDate.AddMonths(months).AddDays(rest * 30 / perYear);
        }
    }

    /// <summary>
    /// The reports, earliest first. Their periods cover the term without gap or overlap; a rest shorter than a month
    /// belongs to the last one. Each is due on the day after its period, the last one on the last day of the term.
    /// </summary>
    public static IReadOnlyList<ReportPeriod> Reports(ScheduleTerms terms)
    {
        if (!terms.HasReports)
        {
            return [];
        }

        var lastWholeMonthStart = terms.EndDate.AddMonths(-1).AddDays(1);
        var cuts = Days(terms, terms.ReportEveryMonths, terms.ReportDates).Where(day => day > terms.StartDate && day <= lastWholeMonthStart);
        List<DateOnly> starts = [terms.StartDate, .. cuts];
        return [.. starts.Select((start, i) => i + 1 < starts.Count
            ? new ReportPeriod(start, starts[i + 1].AddDays(-1), starts[i + 1])
            : new ReportPeriod(start, terms.EndDate, terms.EndDate))];
    }

    /// <summary>
    /// The periods over which overcompensation is checked, earliest first: they cover the term as reports do, and the last ends
    /// with it. Source: law.md 2.2.
    /// </summary>
    public static IReadOnlyList<ReportPeriod> Checks(ScheduleTerms terms, OvercompensationTerms? checks) => checks is null
        ? []
        : [.. Reports(terms with { ReportEveryMonths = checks.EveryMonths, ReportDates = [] }).Select(period => period with { Due = period.End.AddMonths(checks.MonthsToCheck) })];

    private static IEnumerable<DateOnly> Days(ScheduleTerms terms, int months, IReadOnlyList<DateOnly> days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(months);
        ArgumentOutOfRangeException.ThrowIfLessThan(terms.EndDate, terms.StartDate, nameof(terms));
        if (days.Count > 0)
        {
            return days.Distinct().Order().Where(day => day >= terms.StartDate && day <= terms.EndDate);
        }

        var monthsBetween = ((terms.EndDate.Year - terms.StartDate.Year) * 12) + terms.EndDate.Month - terms.StartDate.Month;
        var count = months == 0 ? 0 : monthsBetween / months;
        return Enumerable.Range(1, count).Select(step => terms.StartDate.AddMonths(step * months)).Where(day => day <= terms.EndDate);
    }
}
