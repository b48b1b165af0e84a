namespace Iop.Organisations.Domain;

/// <summary>Why two givings overlap.</summary>
public enum OverlapCause
{
    SameCost = 1,
    SameCostAsPartnership = 2,
}

/// <summary>Funding that is planned and not disclosed.</summary>
public sealed record PlannedFunding(string Cost, DateOnly PeriodStart, DateOnly PeriodEnd, AidKind AidKind = AidKind.None);

/// <summary>Two givings for the same cost in the same time; the other is a disclosure or has a place among what is planned.</summary>
public sealed record FundingOverlap(Guid Disclosure, Guid? Other, int? Planned, DateOnly Start, DateOnly End, OverlapCause Cause)
{
    /// <summary>Whether aid on different grounds meets in the cost. Source: law.md 2.2.</summary>
    public bool CumulatesAid { get; init; }
}

/// <summary>Finds where the same cost is paid more than once. Source: law.md 2.11; ga-concurrent-instruments-allowed.</summary>
public static class FundingOverlaps
{
    /// <summary>Most that an answer lists. They are found as they are read, so whoever stops has paid for no more.</summary>
    public const int Most = 1000;

    /// <summary>Finds the overlaps of what is disclosed, in itself and with what is planned.</summary>
    public static IEnumerable<FundingOverlap> Find(IEnumerable<(Guid Id, FundingTerms Terms)> disclosed, IEnumerable<PlannedFunding> planned)
    {
        var givings = Read(disclosed);
        var plans = planned.Select((plan, place) => (plan, place, Cost: SearchText.Plain(plan.Cost))).ToList();
        for (var i = 0; i < givings.Count; i++)
        {
            var one = givings[i];
            for (var j = i + 1; j < givings.Count; j++)
            {
                if (Between(one, givings[j]) is { } overlap)
                {
                    yield return overlap;
                }
            }

            foreach (var (plan, place, cost) in plans)
            {
                if (CauseOf(one, cost) is { } cause && Common(one.Terms, plan.PeriodStart, plan.PeriodEnd) is { } days)
                {
                    yield return new FundingOverlap(one.Id, null, place, days.Start, days.End, cause) { CumulatesAid = Cumulates(one.Terms.AidKind, plan.AidKind) };
                }
            }
        }
    }

    /// <summary>Finds the overlaps of each with each of the others, and none among themselves.</summary>
    public static IEnumerable<FundingOverlap> Between(IEnumerable<(Guid Id, FundingTerms Terms)> disclosed, IEnumerable<(Guid Id, FundingTerms Terms)> others)
    {
        var read = Read(others);
        return Read(disclosed).SelectMany(one => read.Select(other => Between(one, other)).OfType<FundingOverlap>());
    }

    // Costs are the same when they read the same, whatever their case and spacing: each is read once.
    private static List<Giving> Read(IEnumerable<(Guid Id, FundingTerms Terms)> disclosed) =>
        [.. disclosed.Select(one => new Giving(one.Id, one.Terms, SearchText.Plain(one.Terms.Cost)))];

    private static FundingOverlap? Between(Giving one, Giving other) =>
        CauseOf(one, other) is { } cause && Common(one.Terms, other.Terms.PeriodStart, other.Terms.PeriodEnd) is { } days
            ? new FundingOverlap(one.Id, other.Id, null, days.Start, days.End, cause) { CumulatesAid = Cumulates(one.Terms.AidKind, other.Terms.AidKind) }
            : null;

    // Of one kind the ceiling says how much; of two, no sum does.
    private static bool Cumulates(AidKind one, AidKind other) => one > AidKind.None && other > AidKind.None && one != other;

    private static OverlapCause? CauseOf(Giving one, Giving other) =>
        one.Cost == other.Cost ? OverlapCause.SameCost
        : SaysSame(one.Terms, other.Terms) || SaysSame(other.Terms, one.Terms) ? OverlapCause.SameCostAsPartnership
        : null;

    private static OverlapCause? CauseOf(Giving one, string plannedCost) =>
        one.Cost == plannedCost ? OverlapCause.SameCost
        : one.Terms.SameCostAsPartnership == true ? OverlapCause.SameCostAsPartnership
        : null;

    private static bool SaysSame(FundingTerms giving, FundingTerms partnership) =>
        giving.SameCostAsPartnership == true && giving.Form != FundingForm.Iop && partnership.Form == FundingForm.Iop;

    private static (DateOnly Start, DateOnly End)? Common(FundingTerms terms, DateOnly start, DateOnly end)
    {
        var (from, to) = (terms.PeriodStart > start ? terms.PeriodStart : start, terms.PeriodEnd < end ? terms.PeriodEnd : end);
        return from <= to ? (from, to) : null;
    }

    private sealed record Giving(Guid Id, FundingTerms Terms, string Cost);
}
