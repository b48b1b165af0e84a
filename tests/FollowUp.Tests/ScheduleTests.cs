using FsCheck;
using FsCheck.Fluent;
using Iop.FollowUp.Domain;

namespace Iop.FollowUp.Tests;

public sealed class ScheduleTests
{
    private static readonly Arbitrary<ScheduleTerms> AnyTerms = (
        from start in Gen.Choose(new DateOnly(2019, 12, 1).DayNumber, new DateOnly(2032, 3, 1).DayNumber)
        from days in Gen.Choose(0, 366 * 10)
        from checkIns in Gen.Choose(0, 60)
        from reports in Gen.Choose(0, 60)
        select new ScheduleTerms(DateOnly.FromDayNumber(start), DateOnly.FromDayNumber(start + days), checkIns, reports)).ToArbitrary();

    [Theory]
    [InlineData("2026-01-01", "2026-12-31", 3, "2026-04-01 2026-07-01 2026-10-01")]
    [InlineData("2026-01-31", "2026-07-31", 1, "2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30 2026-07-31")]
    [InlineData("2028-01-31", "2028-03-31", 1, "2028-02-29 2028-03-31")]
    [InlineData("2028-02-29", "2030-03-01", 12, "2029-02-28 2030-02-28")]
    [InlineData("2025-11-30", "2026-05-31", 3, "2026-02-28 2026-05-30")]
    [InlineData("2026-01-01", "2026-12-31", 0, "")]
    [InlineData("2026-01-01", "2026-01-31", 1, "")]
    [InlineData("2026-01-01", "2026-01-01", 1, "")]
    public void Check_ins_are_counted_from_the_first_day_of_the_term(string start, string end, int months, string expected) =>
        Assert.Equal(expected, string.Join(' ', Schedule.CheckIns(Terms(start, end, checkIns: months)).Select(Iso)));

    [Theory]
    [InlineData("2026-01-01", "2027-12-31", 12, "2026-01-01–2026-12-31 due 2027-01-01, 2027-01-01–2027-12-31 due 2027-12-31")]
    [InlineData("2026-01-31", "2026-04-30", 1, "2026-01-31–2026-02-27 due 2026-02-28, 2026-02-28–2026-03-30 due 2026-03-31, 2026-03-31–2026-04-30 due 2026-04-30")]
    [InlineData("2026-01-01", "2027-03-31", 12, "2026-01-01–2026-12-31 due 2027-01-01, 2027-01-01–2027-03-31 due 2027-03-31")]
    [InlineData("2026-01-15", "2027-01-15", 12, "2026-01-15–2027-01-15 due 2027-01-15")]
    [InlineData("2026-01-01", "2026-03-31", 6, "2026-01-01–2026-03-31 due 2026-03-31")]
    [InlineData("2026-01-01", "2026-03-31", 0, "")]
    public void Reports_cover_the_term(string start, string end, int months, string expected) =>
        Assert.Equal(expected, string.Join(", ", Schedule.Reports(Terms(start, end, reports: months)).Select(r => $"{Iso(r.Start)}–{Iso(r.End)} due {Iso(r.Due)}")));

    [Theory]
    [InlineData(1, "2027-01-01 2028-01-01")]
    [InlineData(2, "2026-07-01 2027-01-01 2027-07-01 2028-01-01")]
    [InlineData(5, "2026-03-13 2026-05-25 2026-08-07 2026-10-19 2027-01-01 2027-03-13 2027-05-25 2027-08-07 2027-10-19 2028-01-01")]
    public void A_group_meets_as_many_times_a_year_as_the_agreement_says(int perYear, string expected) =>
        Assert.Equal(expected, string.Join(' ', Schedule.Meetings(Grouped(perYear), CheckInKind.SteeringGroup).Select(Iso)));

    [Fact]
    public void A_group_that_meets_every_day_is_planned_once_a_month_and_one_that_is_not_named_never()
    {
        Assert.Equal(24, Schedule.Meetings(Grouped(365), CheckInKind.SteeringGroup).Count);
        Assert.Empty(Schedule.Meetings(Grouped(365), CheckInKind.WorkingGroup));
    }

    private static ScheduleTerms Grouped(int perYear) =>
        Terms("2026-01-01", "2028-01-01") with { Groups = [new GroupMeetings(CheckInKind.SteeringGroup, perYear)] };

    [Fact]
    public void Check_ins_come_in_order_within_the_term_and_on_no_day_twice() => Prop.ForAll(AnyTerms, terms =>
    {
        var days = Schedule.CheckIns(terms);
        return days.SequenceEqual(days.Distinct().Order()) && days.All(day => day > terms.StartDate && day <= terms.EndDate);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_check_in_falls_on_the_day_of_the_month_that_the_term_began_on_or_on_the_last_one_there_is() => Prop.ForAll(AnyTerms, terms =>
        Schedule.CheckIns(terms).All(day => day.Day == Math.Min(terms.StartDate.Day, DateTime.DaysInMonth(day.Year, day.Month))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void No_check_in_of_the_interval_is_left_out() => Prop.ForAll(AnyTerms, terms =>
    {
        var next = terms.StartDate.AddMonths((Schedule.CheckIns(terms).Count + 1) * terms.CheckInEveryMonths);
        return terms.CheckInEveryMonths == 0 || next > terms.EndDate;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Report_periods_follow_each_other_without_gap_and_cover_the_term() => Prop.ForAll(AnyTerms, terms =>
    {
        var reports = Schedule.Reports(terms);
        return terms.ReportEveryMonths == 0
            ? reports.Count == 0
            : reports[0].Start == terms.StartDate
                && reports[^1].End == terms.EndDate
                && reports.Zip(reports.Skip(1)).All(pair => pair.First.End.AddDays(1) == pair.Second.Start)
                && reports.All(r => r.Start <= r.End);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_report_is_due_within_the_term_and_never_before_its_period_ends() => Prop.ForAll(AnyTerms, terms =>
    {
        var reports = Schedule.Reports(terms);
        return reports.All(r => r.Due >= r.End && r.Due <= terms.EndDate)
            && reports.Select(r => r.Due).SequenceEqual(reports.Select(r => r.Due).Distinct().Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Days_that_are_set_one_by_one_divide_the_term_as_an_interval_does() => Prop.ForAll(
        AnyTerms, Gen.ArrayOf(Gen.Choose(-30, 3700)).ToArbitrary(), (terms, offsets) =>
        {
            List<DateOnly> days = [.. offsets.Select(terms.StartDate.AddDays)];
            var set = terms with { CheckInDates = days, ReportDates = [.. days, terms.EndDate] };
            var (checkIns, reports) = (Schedule.CheckIns(set), Schedule.Reports(set));
            return (days.Count == 0 || checkIns.SequenceEqual(days.Distinct().Order().Where(day => day >= terms.StartDate && day <= terms.EndDate)))
                && reports[0].Start == terms.StartDate
                && reports[^1].End == terms.EndDate
                && reports.Zip(reports.Skip(1)).All(pair => pair.First.End.AddDays(1) == pair.Second.Start)
                && reports.All(r => r.Due >= r.End && r.Due <= terms.EndDate);
        }).QuickCheckThrowOnFailure();

    // Leap days, month ends and the turn of a year: a check covers a year of the term, and a rest shorter than a month goes with the last.
    [Theory]
    [InlineData("2026-01-01", "2027-12-31", "2026-12-31 by 2027-03-31, 2027-12-31 by 2028-03-31")]
    [InlineData("2024-02-29", "2027-02-28", "2025-02-27 by 2025-05-27, 2026-02-27 by 2026-05-27, 2027-02-28 by 2027-05-28")]
    [InlineData("2026-12-01", "2028-11-30", "2027-11-30 by 2028-02-29, 2028-11-30 by 2029-02-28")]
    [InlineData("2026-03-29", "2027-10-25", "2027-03-28 by 2027-06-28, 2027-10-25 by 2028-01-25")]
    [InlineData("2026-05-01", "2026-06-30", "2026-06-30 by 2026-09-30")]
    [InlineData("2026-05-01", "2027-05-20", "2027-05-20 by 2027-08-20")]
    public void Overcompensation_is_checked_year_by_year_to_the_last_day(string start, string end, string expected)
    {
        var terms = new ScheduleTerms(DateOnly.Parse(start), DateOnly.Parse(end), 3, 5) { ReportDates = [DateOnly.Parse(end)] };
        var periods = Schedule.Checks(terms, new OvercompensationTerms(12, 3));

        Assert.Equal(expected, string.Join(", ", periods.Select(p => $"{p.End:yyyy-MM-dd} by {p.Due:yyyy-MM-dd}")));
        Assert.Equal(terms.StartDate, periods[0].Start);
        Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.Equal(pair.First.End.AddDays(1), pair.Second.Start));
        Assert.Empty(Schedule.Checks(terms, null));
    }

    [Fact]
    public void A_term_that_ends_before_it_begins_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.CheckIns(Terms("2026-02-01", "2026-01-31", checkIns: 1)));

    private static ScheduleTerms Terms(string start, string end, int checkIns = 0, int reports = 0) =>
        new(DateOnly.Parse(start), DateOnly.Parse(end), checkIns, reports);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd");
}
