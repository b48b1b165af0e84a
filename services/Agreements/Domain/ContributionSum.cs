namespace Iop.Agreements.Domain;

/// <summary>What one side brings in one calendar year; year 0 is the whole term.</summary>
public sealed record ContributionSum(PartySide Side, int Year, decimal Money, decimal InKind, int VolunteerHours)
{
    public decimal Value => Money + InKind;

    /// <summary>
    /// Sums by side, the whole term first. Money falls in the years that the payment plan says, everything else is
    /// spread over the days of the term. The years of a side always add up to its whole.
    /// </summary>
    public static IReadOnlyList<ContributionSum> Of(AgreementTerms terms)
    {
        PartySide[] sides = [PartySide.Public, PartySide.CivilSociety];
        return [.. sides.SelectMany(side => OfSide(terms, side)).OrderBy(sum => sum.Year).ThenBy(sum => sum.Side)];
    }

    private static IEnumerable<ContributionSum> OfSide(AgreementTerms terms, PartySide side)
    {
        var money = new SortedDictionary<int, decimal>();
        var inKind = new SortedDictionary<int, decimal>();
        var hours = new SortedDictionary<int, decimal>();
        foreach (var party in terms.Parties.Where(party => party.Side == side))
        {
            var brought = terms.Contributions.Where(item => item.PartyId == party.PartyId).ToList();
            AddMoney(money, terms, party.PartyId, brought.Where(item => item.Type == ContributionType.Money).Sum(item => item.Value));
            foreach (var item in brought.Where(item => item.Type != ContributionType.Money))
            {
                Spread(inKind, terms, item.Value, 0.01m);
                Spread(hours, terms, item.Type == ContributionType.VolunteerHours ? item.Hours : 0, 1m);
            }
        }

        yield return new ContributionSum(side, 0, money.Values.Sum(), inKind.Values.Sum(), (int)hours.Values.Sum());
        foreach (var year in money.Keys.Union(inKind.Keys).Union(hours.Keys).Where(year => year > 0).Order())
        {
            yield return new ContributionSum(side, year, money.GetValueOrDefault(year), inKind.GetValueOrDefault(year), (int)hours.GetValueOrDefault(year));
        }
    }

    // A payment from a party that promises no money is a transfer and no contribution.
    private static void AddMoney(SortedDictionary<int, decimal> years, AgreementTerms terms, string partyId, decimal promised)
    {
        if (promised == 0)
        {
            return;
        }

        var planned = terms.PaymentPlan.Where(item => item.PayerPartyId == partyId && item.DueDate is not null).ToList();
        planned.ForEach(item => Add(years, item.DueDate!.Value.Year, item.Amount));
        Spread(years, terms, Math.Max(promised - planned.Sum(item => item.Amount), 0), 0.01m);
    }

    // Each year gets the difference between two rounded running sums, so nothing is lost or won by rounding.
    private static void Spread(SortedDictionary<int, decimal> years, AgreementTerms terms, decimal amount, decimal step)
    {
        if (terms.StartDate is not { } start || terms.EndDate is not { } end || end < start)
        {
            Add(years, 0, amount);
            return;
        }

        var (days, before) = (end.DayNumber - start.DayNumber + 1, 0m);
        for (var year = start.Year; year <= end.Year; year++)
        {
            var last = year == end.Year ? end : new DateOnly(year, 12, 31);
            var until = year == end.Year ? amount : decimal.Floor(amount * (last.DayNumber - start.DayNumber + 1) / days / step) * step;
            Add(years, year, until - before);
            before = until;
        }
    }

    private static void Add(SortedDictionary<int, decimal> years, int year, decimal amount) => years[year] = years.GetValueOrDefault(year) + amount;
}
