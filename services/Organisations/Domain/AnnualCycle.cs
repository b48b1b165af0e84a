namespace Iop.Organisations.Domain;

/// <summary>
/// When yearly documents grow old: one that concerns a year is dealt with by the annual meeting of the year after, and is
/// stale when the next annual meeting after that has been held. Source: ga-doc-annual-meeting-minutes.
/// </summary>
/// <param name="NextMeeting">The day that the organisation has told; it may have passed. Null when it is not known.</param>
public readonly record struct AnnualCycle(DateOnly? NextMeeting)
{
    // Statutes mostly let the annual meeting be held within half a year of the year's end; who has not told the day is
    // taken to keep that.
    private const int LatestUsualMonth = 6;
    private const int LatestUsualDay = 30;

    /// <summary>The kinds that an annual meeting deals with, whatever a guideline calls yearly.</summary>
    public static bool IsYearly(DocumentKind kind) => kind is
        DocumentKind.AnnualMeetingMinutes or DocumentKind.ActivityReport or DocumentKind.FinancialReport or DocumentKind.AuditReport
        or DocumentKind.ActivityPlan or DocumentKind.BoardList or DocumentKind.AnnualAccounts or DocumentKind.Budget;

    // An annual meeting looks back on the year before it, and adopts these for its own.
    private static bool IsAdopted(DocumentKind kind) => kind is DocumentKind.ActivityPlan or DocumentKind.BoardList or DocumentKind.Budget;

    /// <summary>The latest year that a document of a kind can concern on a day: a report no year to come, a plan the next.</summary>
    public static int LatestYear(DocumentKind kind, DateOnly day) => day.Year + (IsYearly(kind) && !IsAdopted(kind) ? 0 : 1);

    /// <summary>Day of the latest annual meeting that was to be held by a day, that day included.</summary>
    public DateOnly LatestMeetingBy(DateOnly day)
    {
        var anchor = NextMeeting ?? new DateOnly(day.Year, LatestUsualMonth, LatestUsualDay);

        // Counted from the told day each time, so that a meeting on 29 February does not drift.
        var years = day.Year - anchor.Year + 1;
        while (anchor.AddYears(years) > day)
        {
            years--;
        }

        return anchor.AddYears(years);
    }

    /// <summary>The earliest year that is not stale on a day: that which the latest annual meeting dealt with, or adopted a plan for.</summary>
    public int EarliestFreshYear(DocumentKind kind, DateOnly day) => LatestMeetingBy(day).Year - (IsAdopted(kind) ? 0 : 1);

    /// <summary>Whether a document is stale on a day.</summary>
    /// <param name="kind">Its kind; one that is not yearly never is.</param>
    /// <param name="financialYear">The year it concerns; zero when it was not told.</param>
    /// <param name="received">The day it was received, which stands in for a year that was not told.</param>
    /// <param name="day">The day.</param>
    public bool IsStale(DocumentKind kind, int financialYear, DateOnly received, DateOnly day) =>
        IsYearly(kind) && YearOf(kind, financialYear, received) < EarliestFreshYear(kind, day);

    /// <summary>The year that a document concerns: as told, or else that which was current when it was received.</summary>
    public int YearOf(DocumentKind kind, int financialYear, DateOnly received) => financialYear > 0 ? financialYear : EarliestFreshYear(kind, received);
}
