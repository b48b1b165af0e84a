using FsCheck;
using FsCheck.Fluent;
using Iop.Agreements.Domain;
using static Iop.Agreements.Tests.LifeTests;

namespace Iop.Agreements.Tests;

/// <summary>Swedish working days, and the day by which aid must be reported.</summary>
public sealed class WorkingDayTests
{
    [Theory]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2027, "2027-03-28")]
    [InlineData(2028, "2028-04-16")]
    [InlineData(2038, "2038-04-25")]
    [InlineData(2285, "2285-03-22")]
    public void Easter_falls_where_the_church_says(int year, string day) => Assert.Equal(Day(day), WorkingDays.Easter(year));

    [Theory]
    [InlineData("2026-01-01")]
    [InlineData("2026-01-06")]
    [InlineData("2026-04-03")]
    [InlineData("2026-04-06")]
    [InlineData("2026-05-01")]
    [InlineData("2026-05-14")]
    [InlineData("2023-06-06")]
    [InlineData("2026-06-19")]
    [InlineData("2027-06-25")]
    [InlineData("2026-12-24")]
    [InlineData("2026-12-25")]
    [InlineData("2026-12-31")]
    [InlineData("2026-11-21")]
    public void No_one_works_on_these(string day) => Assert.False(WorkingDays.IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2026-04-02")]
    [InlineData("2026-04-30")]
    [InlineData("2026-05-15")]
    [InlineData("2026-06-18")]
    [InlineData("2026-06-22")]
    [InlineData("2026-10-30")]
    [InlineData("2026-12-23")]
    [InlineData("2028-02-29")]
    public void Ordinary_days_and_the_days_beside_a_holiday_count(string day) => Assert.True(WorkingDays.IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2026-11-20", "2026-12-18")]
    [InlineData("2026-12-18", "2027-01-22")]
    [InlineData("2026-03-27", "2026-04-28")]
    [InlineData("2028-02-01", "2028-02-29")]
    [InlineData("2026-11-22", "2026-12-18")]
    public void A_report_is_due_twenty_working_days_after_the_signature(string signed, string due) =>
        Assert.Equal(Day(due), WorkingDays.After(Day(signed), StateAidReport.ReportingDays));

    [Fact]
    public void So_many_working_days_lie_after_the_day_and_up_to_the_answer() => Holds(Prop.ForAll(Days(), Gen.Choose(1, 60).ToArbitrary(), (day, count) =>
    {
        var answer = WorkingDays.After(day, count);
        var between = Enumerable.Range(1, answer.DayNumber - day.DayNumber).Count(step => WorkingDays.IsWorkingDay(day.AddDays(step)));
        return between == count && WorkingDays.IsWorkingDay(answer);
    }));

    [Fact]
    public void A_later_day_never_has_an_earlier_answer() => Holds(Prop.ForAll(Days(), day =>
        WorkingDays.After(day, 20) <= WorkingDays.After(day.AddDays(1), 20) && WorkingDays.After(day, 20) < WorkingDays.After(day, 21)));

    [Fact]
    public void Every_easter_is_a_sunday_in_its_weeks() => Holds(Prop.ForAll(Gen.Choose(1900, 2299).ToArbitrary(), year =>
    {
        var easter = WorkingDays.Easter(year);
        return easter.DayOfWeek == DayOfWeek.Sunday && easter >= new DateOnly(year, 3, 22) && easter <= new DateOnly(year, 4, 25);
    }));

    private static void Holds(Property property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), property);

    private static Arbitrary<DateOnly> Days() => Gen.Choose(Day("2020-01-01").DayNumber, Day("2060-12-31").DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();
}
