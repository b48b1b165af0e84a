using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>How much of an organisation's income comes from the municipality. Source: <c>fa-check-remains-independent</c>.</summary>
/// <param name="Now">Per cent in the year told of.</param>
/// <param name="WithPartnership">Per cent with a year of the partnership added; null where that cannot be told.</param>
internal sealed record IncomeShare(int Year, decimal Total, decimal Municipal, decimal Now, decimal? WithPartnership)
{
    private const int MonthsOfYear = 12;

    public decimal Largest => Math.Max(Now, WithPartnership ?? 0);

    /// <summary>The share of a party; null while its income, or what the municipality gave of it, is not known.</summary>
    public static IncomeShare? Of(CaseParty party, CaseContent facts)
    {
        if (facts.Incomes.Where(income => income.PartyId == party.PartyId).MaxBy(income => income.FinancialYear) is not { Total: > 0 } income)
        {
            return null;
        }

        // What is disclosed cannot be talked away, and what is told beyond it counts as well.
        decimal?[] known = [income.Municipal, Disclosed(party, income.FinancialYear)];
        if (known.Max() is not { } municipal)
        {
            return null;
        }

        var total = Math.Max(income.Total, municipal);
        var added = Added(facts);
        return new IncomeShare(income.FinancialYear, total, municipal, Percent(municipal, total), added is { } year ? Percent(municipal + year, total + year) : null);
    }

    private static decimal Percent(decimal part, decimal whole) => Math.Round(100 * part / whole, 1);

    // A giving that spans several years counts by its days in this one.
    private static decimal? Disclosed(CaseParty party, int year)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, MonthsOfYear, 31));
        var given = (party.Registered?.Funding ?? []).Where(given => given.IsMunicipal && given.Start <= last && given.End >= first).ToList();
        return given.Count == 0 ? null : given.Sum(one =>
        {
            var days = Days(one.Start > first ? one.Start : first, one.End < last ? one.End : last);
            return decimal.Round(one.Value * days / Days(one.Start, one.End), 2);
        });
    }

    private static int Days(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber + 1;

    // Which of several organisations gets what is not settled in a case, so only one alone can be told.
    private static decimal? Added(CaseContent facts) =>
        facts.PlannedTermMonths > 0 && facts.Parties.Count(party => party.Side == PartySide.Cso) == 1
            ? facts.Contributions.Where(contribution => facts.Parties.Any(party => party.PartyId == contribution.PartyId && party.Side == PartySide.Public))
                .Sum(contribution => contribution.Value) * MonthsOfYear / facts.PlannedTermMonths
            : null;
}
