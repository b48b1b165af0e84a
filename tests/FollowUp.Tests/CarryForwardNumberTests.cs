using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Iop.FollowUp.Domain;

namespace Iop.FollowUp.Tests;

/// <summary>The sums of checks against overcompensation, öre by öre, whatever the figures and in whatever order they come.</summary>
public sealed class CarryForwardNumberTests
{
    private const decimal Percent = 10;

    private static readonly DateTimeOffset Now = new(2035, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateOnly> AnyDay = Gen.Choose(new DateOnly(2023, 12, 1).DayNumber, new DateOnly(2028, 3, 5).DayNumber).Select(DateOnly.FromDayNumber);

    private static readonly Arbitrary<(DateOnly Start, int Days, long Compensation)> AnyPeriod = (
        from start in AnyDay
        from days in Gen.OneOf(Gen.Choose(1, 1_500), Gen.Elements(365, 366, 730, 731, 1_095, 1_096))
        from compensation in Gen.Choose(0, int.MaxValue)
        from scale in Gen.Elements(1L, 7L, 1_000L)
        select (start, days, compensation * scale)).ToArbitrary();

    private static readonly Arbitrary<(DateOnly Start, int Months, (int Check, int Paid, int Cost, bool Carry)[] Steps)> AnyStory = (
        from start in AnyDay
        from months in Gen.Choose(1, 60)
        from steps in Gen.ArrayOf(
            from check in Gen.Choose(0, 4)
            from paid in Gen.Choose(0, 2_000_003)
            from cost in Gen.OneOf(Gen.Choose(0, 2_000_003), Gen.Choose(-100_000, 300_000).Select(less => Math.Max(0, paid - less)))
            from carry in Gen.Elements(true, false)
            select (check, paid, cost, carry))
        select (start, months, steps)).ToArbitrary();

    [Fact]
    public void The_limit_is_the_most_whole_ören_that_are_no_more_than_a_tenth_of_an_average_year() => Prop.ForAll(AnyPeriod, period =>
    {
        var end = period.Start.AddDays(period.Days - 1);
        var limit = OvercompensationFinding.LimitOf(period.Compensation / 100m, (period.Start, end), Percent) * 100;

        // Whole years are stepped through one by one, and the rest is a part of the year that it begins.
        var years = 0;
        while (period.Start.AddYears(years + 1) <= end.AddDays(1))
        {
            years++;
        }

        var year = period.Start.AddYears(years + 1).DayNumber - period.Start.AddYears(years).DayNumber;
        var days = Math.Max(year, (years * year) + end.AddDays(1).DayNumber - period.Start.AddYears(years).DayNumber);
        Assert.Equal(decimal.Truncate(limit), limit);
        Assert.True((BigInteger)limit * 10 * days <= (BigInteger)period.Compensation * year, "the limit is more than a tenth");
        Assert.True(((BigInteger)limit + 1) * 10 * days > (BigInteger)period.Compensation * year, "an öre more is no more than a tenth");
        return true;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2025-01-01", "2025-12-31", 500_000_05, 50_000_00)]
    [InlineData("2024-02-29", "2025-02-27", 1_000_00, 100_00)]
    [InlineData("2024-01-01", "2026-12-31", 300_000_29, 10_000_00)]
    [InlineData("2025-01-01", "2025-06-30", 60_000_00, 6_000_00)]
    [InlineData("2025-01-01", "2025-01-01", 9, 0)]
    public void The_limit_of_a_year_of_several_and_of_less(string start, string end, int compensation, int limit) =>
        Assert.Equal(limit / 100m, OvercompensationFinding.LimitOf(compensation / 100m, (DateOnly.Parse(start), DateOnly.Parse(end)), Percent));

    [Fact]
    public void No_öre_is_lost_or_counted_twice_in_whatever_order_checks_are_recorded_and_corrected() => Prop.ForAll(AnyStory, story =>
    {
        var end = story.Start.AddMonths(story.Months).AddDays(-1);
        var whole = WholePlan.From("1283", Facts(story.Start, end), (_, _) => []);
        foreach (var (number, paid, cost, carry) in story.Steps)
        {
            var check = whole.Checks[number % whole.Checks.Count];
            var chain = new CheckChain(whole.Checks);
            var figures = new OvercompensationFinding(paid / 100m, cost / 100m, 0.07m, "R") { CarryForward = carry };
            var finding = chain.FindingOf(check, figures, Percent);
            check.Record(whole.Plan, finding with { CarryForward = carry && finding.MayCarryForward }, "Fel.", Now, end.AddDays(1));
            chain.Recount("Fel.", Now);
            Balanced(whole.Checks);
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_becomes_of_the_agreement_nothing_is_carried_to_a_period_that_is_not_checked() => Prop.ForAll(AnyStory, story =>
    {
        var facts = Facts(story.Start, story.Start.AddMonths(12 + story.Months).AddDays(-1));
        var (whole, today) = (WholePlan.From("1283", facts, (_, _) => []), story.Start);
        foreach (var (number, paid, cost, carry) in story.Steps)
        {
            today = today.AddDays(paid % 200);
            if (whole.Checks.FirstOrDefault(c => c.IsWaitedFor && c.PeriodEndDate < today) is { } check)
            {
                var figures = new OvercompensationFinding(paid / 100m, cost / 100m, 0.07m, "R") { CarryForward = carry };
                var finding = new CheckChain(whole.Checks).FindingOf(check, figures, Percent);
                check.Record(whole.Plan, finding with { CarryForward = carry && finding.MayCarryForward }, "Fel.", Now, today);
            }

            facts = After(facts, today, number, paid);
            whole.Follow(facts, today);
            whole.RecountChecks("Ändrat.", Now);
            Balanced([.. whole.Checks.Where(c => c.State != OvercompensationCheckState.Cancelled).OrderBy(c => c.PeriodStartDate)]);
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private static AgreementFacts After(AgreementFacts facts, DateOnly today, int change, int number) => change switch
    {
        0 when today >= facts.Terms.StartDate && facts.EndReason.Length == 0 => facts with { EndReason = "TERMINATED", Terms = facts.Terms with { EndDate = today } },
        1 when facts.EndReason.Length == 0 => facts with { Extensions = facts.Extensions + 1, Terms = facts.Terms with { EndDate = facts.Terms.EndDate.AddMonths(1 + (number % 18)) } },
        2 => facts with { Version = facts.Version + 1, Rules = facts.Rules with { Overcompensation = number % 2 == 0 ? null : Yearly } },
        _ => facts,
    };

    private static void Balanced(IReadOnlyList<OvercompensationCheck> checks)
    {
        var carried = 0m;
        foreach (var check in checks)
        {
            if (check.Finding is { } found)
            {
                Assert.Equal(carried, found.CarriedIn);
                Assert.Equal(Math.Max(0, found.Compensation + carried - found.NetCost - 0.07m), found.CarriedForward + found.Repayment);
                Assert.True(found.CarriedForward == 0 || found.Repayment == 0, "a part is carried");
                Assert.True(found.CarriedForward == 0 || check != checks[^1], "the last period carries");
                Assert.True(found.CarriedForward <= OvercompensationFinding.LimitOf(found.Compensation, (check.PeriodStartDate, check.PeriodEndDate), Percent), "more than a tenth is carried");
                Assert.Equal(found.Repayment > 0, check.AwaitsHandling);
            }

            carried = check.Finding?.CarriedForward ?? 0;
        }
    }

    private static OvercompensationTerms Yearly => new(12, 3);

    private static AgreementFacts Facts(DateOnly start, DateOnly end) => Agreed.Facts(start, end) with { Rules = new FollowUpRules { Overcompensation = Yearly } };
}
