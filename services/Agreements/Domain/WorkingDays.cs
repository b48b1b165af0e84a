namespace Iop.Agreements.Domain;

/// <summary>
/// Swedish working days: not a Saturday, a Sunday, a public holiday (lag 1989:253), nor one of the eves that the law on
/// limitation of time (lag 1930:173) sets beside Sundays: Midsummer, Christmas and New Year's Eve.
/// </summary>
public static class WorkingDays
{
    /// <summary>The last of so many working days that follow a day. The day itself is not counted.</summary>
    public static DateOnly After(DateOnly day, int count)
    {
        for (; count > 0; count -= IsWorkingDay(day) ? 1 : 0)
        {
            day = day.AddDays(1);
        }

        return day;
    }

    public static bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsFixedHoliday(day) && !IsMovableHoliday(day);

    /// <summary>Easter Sunday in the Gregorian calendar, by the anonymous computus.</summary>
    public static DateOnly Easter(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var moon = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - moon - (rest % 4)) % 7;
        var correction = (golden + (11 * moon) + (22 * weekday)) / 451;
        var days = moon + weekday - (7 * correction) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }

    private static bool IsFixedHoliday(DateOnly day) => (day.Month, day.Day) is (1, 1) or (1, 6) or (5, 1) or (6, 6) or (12, 24) or (12, 25) or (12, 26) or (12, 31);

    // Good Friday, Easter Monday and Ascension Day follow Easter; Midsummer Eve is the Friday of 19 to 25 June. The others fall on Saturdays and Sundays.
    private static bool IsMovableHoliday(DateOnly day) =>
        (day.DayNumber - Easter(day.Year).DayNumber) is -2 or 1 or 39 || (day is { Month: 6, Day: >= 19 and <= 25, DayOfWeek: DayOfWeek.Friday });
}
