using Iop.Types.V1;

namespace Iop.Journey;

/// <summary>Dates as the contract has them: calendar dates in Sweden.</summary>
public static class Calendar
{
    private static readonly TimeZoneInfo Sweden = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    public static DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(TimeProvider.System.GetUtcNow().UtcDateTime, Sweden));

    public static Date ToProto(this DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    public static DateOnly ToDate(this Date date) => new(date.Year, date.Month, date.Day);
}
