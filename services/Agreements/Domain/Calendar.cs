namespace Iop.Agreements.Domain;

/// <summary>Swedish days as instants.</summary>
public static class Calendar
{
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>The instant at which a day begins in Sweden. Clocks are never moved at midnight there, so there is exactly one.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Stockholm.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
