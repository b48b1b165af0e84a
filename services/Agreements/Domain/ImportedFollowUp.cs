namespace Iop.Agreements.Domain;

/// <summary>The follow-up of an agreement that comes to the platform in the middle of its term.</summary>
public static class ImportedFollowUp
{
    /// <summary>The terms with check-ins and reports from a day on: what was due before the agreement came here was seen to elsewhere, or not at all.</summary>
    public static AgreementTerms FromDay(this AgreementTerms terms, DateOnly day)
    {
        if (terms.StartDate is not { } start || terms.EndDate is not { } end || start >= day)
        {
            return terms;
        }

        var agreed = terms.FollowUp;
        return terms with
        {
            FollowUp = agreed with
            {
                CheckInEveryMonths = 0,
                CheckInDates = After(agreed.CheckInDates, agreed.CheckInEveryMonths, start, end, day),
                ReportEveryMonths = 0,
                ReportDates = After(agreed.ReportDates, agreed.ReportEveryMonths, start, end, day),
            },
        };
    }

    // Each date of an interval is counted from the first day of the term, so that a clamped month end does not wander.
    private static List<DateOnly> After(IReadOnlyList<DateOnly> chosen, int months, DateOnly start, DateOnly end, DateOnly day)
    {
        if (chosen.Count > 0 || months == 0)
        {
            return [.. chosen.Where(date => date >= day)];
        }

        List<DateOnly> dates = [];
        for (var (times, date) = (1, start.AddMonths(months)); date <= end; date = start.AddMonths(++times * months))
        {
            if (date >= day)
            {
                dates.Add(date);
            }
        }

        return dates;
    }
}
