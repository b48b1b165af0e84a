namespace Iop.FollowUp.Domain;

/// <summary>What becomes of a plan when its agreement is taken up again after a pause, or ends.</summary>
public sealed partial class WholePlan
{
    // What falls due while an agreement is paused, or with its end, gives the parties a month from then.
    private const int MonthsOfGrace = 1;

    // Meetings of the time that was paused are not made up for; what was to be written, read, handled or decided then still is.
    private void Resume(DateOnly since, DateOnly today)
    {
        var due = today.AddMonths(MonthsOfGrace);
        foreach (var report in _reports.Where(r => r.State is ReportState.Returned or ReportState.Submitted))
        {
            Note(report, report.Grant(due, RanOut));
        }

        var waited = _checkIns.Concat<PlanItem>(_reports.Where(r => r.State == ReportState.Planned)).Concat(Deviations).Concat(_checks).Append(Evaluation);
        foreach (var item in waited.Where(i => i.IsWaitedFor && RanOut(i.DueDate)).ToList())
        {
            Note(item, item is CheckIn meeting && (meeting.Kind == CheckInKind.Regular || Groups.Contains(meeting.Kind)) ? meeting.Cancel() : item.MoveTo(due, today));
        }

        bool RanOut(DateOnly day) => day >= since && day < today;
    }

    // No meeting of an agreement that has ended; a last report on the time since the one before, and the evaluation.
    private void WindUp(DateOnly today)
    {
        foreach (var checkIn in _checkIns.Where(c => c.DueDate >= today || c.DueDate > Plan.EndDate))
        {
            Note(checkIn, checkIn.Cancel());
        }

        var last = (Plan.EndDate > today ? Plan.EndDate : today).AddMonths(MonthsOfGrace);
        Shorten(today, last);
        var ahead = MoveableReports(today);
        MoveReports(today, ahead, ahead.Count == 0 ? [] : [new ReportPeriod(Plan.StartDate, Plan.EndDate, last)]);
        if (Evaluation.IsWaitedFor && Evaluation.DueDate > last)
        {
            Note(Evaluation, Evaluation.MoveTo(last, today));
        }
    }

    // What somebody has begun or wished for tells of the time until the end, and comes no later than the last report.
    private void Shorten(DateOnly today, DateOnly last)
    {
        foreach (var report in _reports.Where(r => r.State == ReportState.Planned && !(r.Kind == ReportKind.Regular && r.IsUntouched) && r.DueDate >= today).ToList())
        {
            var (end, due) = (Earlier(report.PeriodEndDate, Plan.EndDate), Earlier(report.DueDate, last));
            Note(report, report.PeriodStartDate > end ? report.Close() : report.MoveTo(new ReportPeriod(report.PeriodStartDate, end, due), report.Responsible, today));
        }
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
