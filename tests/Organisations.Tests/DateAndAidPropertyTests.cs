using FsCheck;
using FsCheck.Fluent;
using Iop.Organisations.Domain;

namespace Iop.Organisations.Tests;

/// <summary>The rules that count days and money, over leap days and year ends. Source: law.md 2.2.</summary>
public sealed class DateAndAidPropertyTests
{
    private static readonly Arbitrary<DateOnly> Days = Gen.Choose(0, 20_000).Select(days => new DateOnly(1999, 1, 1).AddDays(days)).ToArbitrary();

    private static readonly AidTables Tables = AidTables.Read(
        """
        rates:
          - {from: "1990-01-01", to: "2100-12-31", sekPerEur: "10", source: prov}
        ceilings:
          - {kind: DE_MINIMIS, from: "1990-01-01", to: "2100-12-31", eur: 300000, source: prov}
          - {kind: SGEI_DE_MINIMIS, from: "1990-01-01", to: "2100-12-31", eur: 750000, source: prov}
        """);

    [Theory]
    [InlineData("2026-05-10", "2023-05-11")]
    [InlineData("2028-02-29", "2025-03-01")]
    [InlineData("2027-02-28", "2024-02-29")]
    [InlineData("2027-03-01", "2024-03-02")]
    [InlineData("2025-01-01", "2022-01-02")]
    public void The_window_is_three_years_that_end_on_the_day(string day, string start) =>
        Assert.Equal(DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture), AidWindow.EndingOn(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Start);

    [Fact]
    public void Aid_counts_from_its_day_until_the_day_before_its_third_anniversary_and_never_comes_back() => Prop.ForAll(Days, granted =>
    {
        var anniversary = granted.AddYears(3);
        var counts = Enumerable.Range(-3, 1110).Select(days => granted.AddDays(days)).Select(day => (day, Holds: AidWindow.EndingOn(day).Holds(granted))).ToList();
        var leap = granted is { Month: 2, Day: 29 };
        return counts.TrueForAll(pair => pair.Holds == (pair.day >= granted && (leap ? pair.day <= anniversary : pair.day < anniversary)));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(DocumentKind.FinancialReport, 2025, false, true)]
    [InlineData(DocumentKind.AuditReport, 2024, true, true)]
    [InlineData(DocumentKind.ActivityPlan, 2026, false, true)]
    [InlineData(DocumentKind.ActivityPlan, 2025, true, true)]
    [InlineData(DocumentKind.BoardList, 2026, false, true)]
    [InlineData(DocumentKind.BoardList, 2025, true, true)]
    [InlineData(DocumentKind.Budget, 2027, false, false)]
    [InlineData(DocumentKind.Statutes, 2001, false, false)]
    public void What_a_meeting_looks_back_on_and_what_it_adopts_are_both_stale_after_the_next(DocumentKind kind, int year, bool now, bool afterTheNext)
    {
        var (cycle, received) = (new AnnualCycle(new DateOnly(2026, 3, 15)), new DateOnly(2026, 4, 1));

        Assert.Equal(
            (now, afterTheNext),
            (cycle.IsStale(kind, year, received, new DateOnly(2027, 3, 14)), cycle.IsStale(kind, year, received, new DateOnly(2027, 3, 15))));
    }

    [Fact]
    public void The_window_moves_forward_with_the_day() => Prop.ForAll(Days, day =>
        AidWindow.EndingOn(day.AddDays(1)).Start >= AidWindow.EndingOn(day).Start && AidWindow.EndingOn(day).Start > day.AddYears(-3)).QuickCheckThrowOnFailure();

    [Fact]
    public void Adding_aid_never_leaves_more_of_a_ceiling_and_the_order_does_not_matter() => Prop.ForAll(AidOf(30).ToArbitrary(), aid =>
    {
        var day = new DateOnly(2026, 6, 1);
        var (all, turned, fewer) = (Sum(day, aid), Sum(day, [.. aid.AsEnumerable().Reverse()]), Sum(day, [.. aid.Skip(1)]));
        return Left(all) == Left(turned) && all.Counted.SequenceEqual(turned.Counted) && Left(all) <= Left(fewer)
            && all.Ceilings.All(ceiling => ceiling.GrantedEurCents + ceiling.ExtraEurCents + ceiling.RemainingEurCents == ceiling.Ceiling.Eur * 100);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_sum_is_never_below_the_exact_sum_nor_a_cent_for_each_aid_above_it() => Prop.ForAll(AidOf(30).ToArbitrary(), aid =>
    {
        var sum = Sum(new DateOnly(2026, 6, 1), aid);
        var exact = sum.Counted.Sum(counted => counted.Aid.Value / 10 * 100);
        var counted = sum.Counted.Sum(one => one.EurCents);
        return counted >= exact && counted < exact + sum.Counted.Count + 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_yearly_document_grows_old_once_and_stays_so() => Prop.ForAll(Days, Days, (meeting, day) =>
    {
        var cycle = new AnnualCycle(meeting);
        var latest = cycle.LatestMeetingBy(day);
        var year = cycle.EarliestFreshYear(DocumentKind.AuditReport, day);
        return latest <= day && day < latest.AddYears(1).AddDays(2)
            && cycle.EarliestFreshYear(DocumentKind.AuditReport, day.AddDays(1)) is var next && (next == year || next == year + 1)
            && !cycle.IsStale(DocumentKind.AuditReport, year, day, day)
            && cycle.IsStale(DocumentKind.AuditReport, year - 1, day, day)
            && !cycle.IsStale(DocumentKind.AuditReport, 0, day, day)
            && cycle.IsStale(DocumentKind.AuditReport, 0, day, day.AddDays(370))
            && !cycle.IsStale(DocumentKind.Statutes, 0, day, day.AddYears(30));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2024-02-29", "2027-02-27", "2026-02-28")]
    [InlineData("2024-02-29", "2027-02-28", "2027-02-28")]
    [InlineData("2024-02-29", "2028-02-28", "2027-02-28")]
    [InlineData("2024-02-29", "2028-02-29", "2028-02-29")]
    [InlineData("2027-03-20", "2026-11-22", "2026-03-20")]
    [InlineData("2026-03-20", "2026-11-22", "2026-03-20")]
    public void The_latest_annual_meeting_does_not_drift_over_leap_years(string next, string day, string latest) => Assert.Equal(
        DateOnly.Parse(latest, System.Globalization.CultureInfo.InvariantCulture),
        new AnnualCycle(DateOnly.Parse(next, System.Globalization.CultureInfo.InvariantCulture)).LatestMeetingBy(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Who_has_not_told_the_meeting_is_taken_to_hold_it_by_midsummer()
    {
        var cycle = new AnnualCycle(null);
        Assert.Equal((2024, 2025), (cycle.EarliestFreshYear(DocumentKind.AuditReport, new DateOnly(2026, 6, 29)), cycle.EarliestFreshYear(DocumentKind.AuditReport, new DateOnly(2026, 6, 30))));
    }

    [Fact]
    public void An_extract_is_at_most_a_year_old_when_it_is_shown() => Prop.ForAll(Days, extract =>
        ExtractAttestation.MayBeShown(extract, extract) && ExtractAttestation.MayBeShown(extract, extract.AddYears(1))
        && !ExtractAttestation.MayBeShown(extract, extract.AddYears(1).AddDays(1)) && !ExtractAttestation.MayBeShown(extract, extract.AddDays(-1))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2023-12-31", AidKind.DeMinimis, 200000L)]
    [InlineData("2024-01-01", AidKind.DeMinimis, 300000L)]
    [InlineData("2023-12-31", AidKind.SgeiDeMinimis, 500000L)]
    [InlineData("2024-01-01", AidKind.SgeiDeMinimis, 750000L)]
    [InlineData("2030-12-31", AidKind.DeMinimis, 300000L)]
    [InlineData("2031-01-01", AidKind.DeMinimis, null)]
    public void Ceilings_hold_on_their_days_and_on_no_other(string day, AidKind kind, long? eur) =>
        Assert.Equal(eur, AidTables.Load(null).CeilingOn(kind, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))?.Eur);

    // The bank's yearly means of the same series, as published by themselves. Its working days are those of TARGET.
    [Theory]
    [InlineData(2021, "10.1465")]
    [InlineData(2022, "10.6296")]
    [InlineData(2023, "11.4788")]
    [InlineData(2024, "11.4325")]
    [InlineData(2025, "11.0663")]
    public void The_rates_that_are_shipped_make_the_yearly_means_of_the_central_bank(int year, string mean)
    {
        var (tables, easter) = (AidTables.Load(null), EasterOf(year));
        DateOnly[] closed = [new(year, 1, 1), easter.AddDays(-2), easter.AddDays(1), new(year, 5, 1), new(year, 12, 25), new(year, 12, 26)];
        var open = Enumerable.Range(0, 366).Select(new DateOnly(year, 1, 1).AddDays)
            .Where(day => day.Year == year && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !closed.Contains(day));

        Assert.Equal(mean, Math.Round(open.Average(day => tables.RateOn(day)!.SekPerEur), 4).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_rate_and_ceiling_that_is_shipped_says_where_it_is_from()
    {
        var tables = AidTables.Load(null);
        for (var day = new DateOnly(2021, 1, 1); day <= new DateOnly(2026, 1, 31); day = day.AddDays(1))
        {
            Assert.Equal($"ECB, månadsmedelkurs {day:yyyy-MM}", tables.RateOn(day)!.Source);
            Assert.StartsWith("Förordning (EU)", tables.CeilingOn(AidKind.DeMinimis, day)!.Source, StringComparison.Ordinal);
        }
    }

    private static DateOnly EasterOf(int year)
    {
        // Gauss's reckoning, for the years 1900 to 2099.
        var (a, b, c) = (year % 19, year % 4, year % 7);
        var d = ((19 * a) + 24) % 30;
        var e = ((2 * b) + (4 * c) + (6 * d) + 5) % 7;
        var easter = new DateOnly(year, 3, 22).AddDays(d + e);
        return easter is { Month: 4, Day: 26 } || (easter is { Month: 4, Day: 25 } && d == 28 && a > 10) ? easter.AddDays(-7) : easter;
    }

    [Theory]
    [InlineData("rates: [{from: \"2024-01-01\", to: \"2024-12-31\", sekPerEur: \"11\", source: a}, {from: \"2024-12-31\", to: \"2025-12-31\", sekPerEur: \"11\", source: b}]")]
    [InlineData("rates: [{from: \"2024-01-01\", to: \"2023-12-31\", sekPerEur: \"11\", source: a}]")]
    [InlineData("rates: [{from: \"2024-01-01\", to: \"2024-12-31\", sekPerEur: \"0\", source: a}]")]
    [InlineData("rates: [{from: \"2024-1-1\", to: \"2024-12-31\", sekPerEur: \"11\", source: a}]")]
    [InlineData("ceilings: [{kind: X, from: \"2024-01-01\", to: \"2024-12-31\", eur: 1, source: a}]")]
    public void A_table_that_contradicts_itself_stops_the_start(string yaml) => Assert.Throws<InvalidOperationException>(() => AidTables.Read(yaml));

    private static Gen<List<Aid>> AidOf(int most) =>
        (from days in Gen.Choose(0, 1500)
         from ore in Gen.Choose(1, 90_000_000)
         from kind in Gen.Elements(AidKind.DeMinimis, AidKind.SgeiDeMinimis)
         select new Aid(Guid.CreateVersion7(), "o", new DateOnly(2026, 6, 1).AddDays(-days), kind, ore / 100m)).ListOf(most).Select(list => list.ToList());

    private static AidSum Sum(DateOnly day, List<Aid> aid) => AidSum.Of(day, (AidKind.DeMinimis, 0), aid, Tables, null);

    private static long Left(AidSum sum) => sum.Ceilings.Where(ceiling => ceiling.Ceiling.Kind == AidKind.DeMinimis).Sum(ceiling => ceiling.RemainingEurCents);
}
