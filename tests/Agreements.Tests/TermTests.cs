using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

public sealed class TermTests
{
    [Theory]
    [InlineData("2027-01-01", 36, "2029-12-31")]
    [InlineData("2027-01-01", 1, "2027-01-31")]
    [InlineData("2027-01-31", 1, "2027-02-28")]
    [InlineData("2028-01-31", 1, "2028-02-29")]
    [InlineData("2027-01-28", 1, "2027-02-27")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2028-02-29", 48, "2032-02-28")]
    [InlineData("2027-08-31", 6, "2028-02-29")]
    [InlineData("2027-03-28", 12, "2028-03-27")]
    public void A_term_of_so_many_months_ends_on_its_last_day_inclusive(string start, int months, string end) =>
        Assert.Equal(Day(end), Term.End(Day(start), months));

    [Theory]
    [InlineData("2027-01-01", "2029-12-31", 6, "2029-06-30")]
    [InlineData("2027-01-01", "2028-08-31", 6, "2028-02-29")]
    [InlineData("2027-01-01", "2027-03-31", 9, "2027-01-01")]
    [InlineData("2027-01-01", "2027-12-31", 0, "2027-12-31")]
    public void A_date_before_the_end_is_clamped_to_month_ends_and_to_the_term(string start, string end, int months, string date) =>
        Assert.Equal(Day(date), Term.BeforeEnd(Day(start), Day(end), months));

    [Fact]
    public void A_longer_term_never_ends_earlier()
    {
        for (var start = Day("2027-12-01"); start < Day("2028-04-01"); start = start.AddDays(1))
        {
            for (var months = 1; months < 60; months++)
            {
                Assert.True(Term.End(start, months) < Term.End(start, months + 1));
                Assert.True(Term.End(start, months) <= Term.End(start.AddDays(1), months));
            }
        }
    }

    [Fact]
    public void Dates_that_come_from_the_guideline_follow_a_term_that_moves()
    {
        var moved = Term.FollowMovedTerm(Samples.Terms, Samples.Terms with { EndDate = Day("2030-12-31") }, Samples.Rules.FollowUp);

        Assert.Equal(Day("2030-06-30"), moved.FollowUp.EvaluationDate);
        Assert.Equal(Day("2030-03-31"), moved.FollowUp.RenewalTalksDate);
    }

    [Fact]
    public void Dates_that_the_parties_have_set_stay_when_the_term_moves()
    {
        var set = Samples.Terms with { FollowUp = Samples.Terms.FollowUp with { EvaluationDate = Day("2029-10-01"), RenewalTalksDate = null } };

        var moved = Term.FollowMovedTerm(set, set with { EndDate = Day("2030-12-31") }, Samples.Rules.FollowUp);

        Assert.Equal(Day("2029-10-01"), moved.FollowUp.EvaluationDate);
        Assert.Null(moved.FollowUp.RenewalTalksDate);
    }

    [Fact]
    public void A_guideline_without_a_rule_puts_the_evaluation_on_the_last_day_and_plans_no_talks()
    {
        var rule = Samples.Rules.FollowUp with { EvaluationMonthsBeforeEnd = 0, RenewalTalksMonthsBeforeEnd = 0 };

        Assert.Equal(Day("2029-12-31"), Term.EvaluationDate(rule, Day("2027-01-01"), Day("2029-12-31")));
        Assert.Null(Term.RenewalTalksDate(rule, Day("2027-01-01"), Day("2029-12-31")));
        Assert.Null(Term.EvaluationDate(rule, Day("2027-01-01"), end: null));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
