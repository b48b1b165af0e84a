using Google.Protobuf.WellKnownTypes;
using Iop.Types.V1;

namespace Iop.Platform.Requests;

/// <summary>Between the contracts' values and those of .NET. What comes in is checked by <see cref="Faults"/> first.</summary>
public static class Values
{
    private const decimal NanosInUnit = 1_000_000_000m;
    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>Today's calendar date in Sweden.</summary>
    public static DateOnly Today(this TimeProvider time) => time.GetUtcNow().DayInSweden();

    /// <summary>The calendar date in Sweden at an instant.</summary>
    public static DateOnly DayInSweden(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.InSweden().DateTime);

    /// <summary>An instant as clocks in Sweden show it.</summary>
    public static DateTimeOffset InSweden(this DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Stockholm);

    /// <summary>The present instant as the database keeps it, in whole microseconds: what is answered now is what is read later.</summary>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>A calendar date of the contracts.</summary>
    public static Date ToProto(this DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    /// <summary>A calendar date of the contracts; absent for null.</summary>
    public static Date? ToProto(this DateOnly? date) => date?.ToProto();

    /// <summary>A checked calendar date.</summary>
    public static DateOnly ToDateOnly(this Date date) => new(date.Year, date.Month, date.Day);

    /// <summary>A sum in SEK, with whole ören.</summary>
    public static Money ToProto(this decimal sum)
    {
        var units = decimal.Truncate(sum);
        return new Money { CurrencyCode = "SEK", Units = (long)units, Nanos = (int)((sum - units) * NanosInUnit) };
    }

    /// <summary>A sum of the contracts.</summary>
    public static decimal ToDecimal(this Money money) => money.Units + (money.Nanos / NanosInUnit);

    /// <summary>An instant of the contracts, in whole microseconds as PostgreSQL keeps it: the answer to a change equals a later read.</summary>
    public static Timestamp ToProto(this DateTimeOffset time) =>
        Timestamp.FromDateTimeOffset(new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), time.Offset));

    /// <summary>An instant of the contracts; absent for null.</summary>
    public static Timestamp? ToProto(this DateTimeOffset? time) => time?.ToProto();

    /// <summary>An instant of .NET; absent for null, and for numbers that are no instant.</summary>
    public static DateTimeOffset? ToInstant(this Timestamp? time) => time is not null && time.IsInstant() ? time.ToDateTimeOffset() : null;

    // The runtime refuses the others with an exception.
    internal static bool IsInstant(this Timestamp time) =>
        time.Nanos is >= 0 and < 1_000_000_000 && time.Seconds >= FirstSecond && time.Seconds <= LastSecond;
}
