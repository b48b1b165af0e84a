using FsCheck;
using FsCheck.Fluent;
using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

public sealed class ContributionSumTests
{
    [Fact]
    public void Money_falls_where_it_is_paid_and_the_rest_is_spread_over_the_days()
    {
        var terms = Samples.Terms with
        {
            PaymentPlan =
            [
                new PaymentPlanItem(400_000m, new DateOnly(2027, 2, 1), Samples.Committee, Samples.Association),
                new PaymentPlanItem(800_000m, new DateOnly(2028, 2, 1), Samples.Committee, Samples.Association),
            ],
        };

        var sums = ContributionSum.Of(terms);

        Assert.Equal(new ContributionSum(PartySide.Public, 0, 1_200_000m, 0m, 0), sums[0]);
        Assert.Equal(new ContributionSum(PartySide.CivilSociety, 0, 0m, 450_000m, 2_700), sums[1]);
        Assert.Equal([400_000m, 800_000m, 0m], sums.Where(sum => sum is { Side: PartySide.Public, Year: > 0 }).Select(sum => sum.Money));
        Assert.Equal(
            [(2027, 149_863.13m, 899), (2028, 150_273.73m, 901), (2029, 149_863.14m, 900)],
            sums.Where(sum => sum is { Side: PartySide.CivilSociety, Year: > 0 }).Select(sum => (sum.Year, sum.InKind, sum.VolunteerHours)));
    }

    [Fact]
    public void A_payment_by_a_party_that_promises_no_money_is_no_contribution()
    {
        var terms = Samples.Terms with { PaymentPlan = [new PaymentPlanItem(5m, new DateOnly(2027, 2, 1), Samples.Association, Samples.Committee)] };

        var theirs = ContributionSum.Of(terms).Where(sum => sum.Side == PartySide.CivilSociety).ToList();
        Assert.NotEmpty(theirs);
        Assert.All(theirs, sum => Assert.Equal(0m, sum.Money));
    }

    [Fact]
    public void Without_a_term_there_is_only_the_whole() => Assert.Equal(
        [(PartySide.Public, 0), (PartySide.CivilSociety, 0)],
        ContributionSum.Of(Samples.Terms with { EndDate = null, PaymentPlan = [] }).Select(sum => (sum.Side, sum.Year)));

    [Fact]
    public void The_years_of_a_side_always_add_up_to_its_whole_and_none_is_negative() =>
        Prop.ForAll(Cases(), terms =>
        {
            var sums = ContributionSum.Of(terms);
            return sums.Where(sum => sum.Year == 0).All(whole =>
            {
                var years = sums.Where(sum => sum.Side == whole.Side && sum.Year > 0).ToList();
                return whole.Money == years.Sum(sum => sum.Money) && whole.InKind == years.Sum(sum => sum.InKind)
                    && whole.VolunteerHours == years.Sum(sum => sum.VolunteerHours)
                    && years.TrueForAll(sum => sum is { Money: >= 0, InKind: >= 0, VolunteerHours: >= 0 });
            });
        }).QuickCheckThrowOnFailure();

    // Terms that begin and end on any day, leap days and year ends among them, with any sums of whole ören.
    private static Arbitrary<AgreementTerms> Cases() =>
        (from start in Gen.Choose(0, 4_000)
         from days in Gen.Choose(0, 2_500)
         from money in Gen.Choose(0, 200_000_000)
         from paid in Gen.Choose(0, 100_000_000)
         from paidAfter in Gen.Choose(0, 3_000)
         from value in Gen.Choose(1, 100_000_000)
         from hours in Gen.Choose(1, 20_000)
         let first = new DateOnly(2024, 2, 28).AddDays(start)
         select Samples.Terms with
         {
             StartDate = first,
             EndDate = first.AddDays(days),
             Contributions =
             [
                 new Contribution(Samples.Committee, ContributionType.Money, money / 100m),
                 new Contribution(Samples.Association, ContributionType.VolunteerHours, value / 100m) { Hours = hours },
                 new Contribution(Samples.Association, ContributionType.Premises, value / 100m),
             ],
             PaymentPlan = [new PaymentPlanItem(paid / 100m, first.AddDays(paidAfter), Samples.Committee, Samples.Association)],
         }).ToArbitrary();
}
