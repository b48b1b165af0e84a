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
    public static IReadOnlyList<FundingOverlap> Find(IReadOnlyList<(Guid Id, FundingTerms Terms)> disclosed, IReadOnlyList<PlannedFunding> planned)
    {
        var found = new List<FundingOverlap>();
        for (var i = 0; i < disclosed.Count; i++)
        {
            var (id, terms) = disclosed[i];
            foreach (var (otherId, other) in disclosed.Skip(i + 1))
            {
                if (CauseOf(terms, other) is { } cause && Common(terms, other.PeriodStart, other.PeriodEnd) is { } days)
                {
                    found.Add(new FundingOverlap(id, otherId, null, days.Start, days.End, cause) { CumulatesAid = Cumulates(terms.AidKind, other.AidKind) });
                }
            }

            for (var place = 0; place < planned.Count; place++)
            {
                var plan = planned[place];
                if (CauseOf(terms, plan) is { } cause && Common(terms, plan.PeriodStart, plan.PeriodEnd) is { } days)
                {
                    found.Add(new FundingOverlap(id, null, place, days.Start, days.End, cause) { CumulatesAid = Cumulates(terms.AidKind, plan.AidKind) });
                }
            }
        }

        return found;
    }

    /// <summary>Costs are the same when they read the same, whatever their case and spacing.</summary>
    public static bool IsSameCost(string one, string other) => SearchText.Plain(one) == SearchText.Plain(other);

    // Of one kind the ceiling says how much; of two, no sum does.
    private static bool Cumulates(AidKind one, AidKind other) => one > AidKind.None && other > AidKind.None && one != other;

    private static OverlapCause? CauseOf(FundingTerms one, FundingTerms other) =>
        IsSameCost(one.Cost, other.Cost) ? OverlapCause.SameCost
        : SaysSame(one, other) || SaysSame(other, one) ? OverlapCause.SameCostAsPartnership
        : null;

    private static OverlapCause? CauseOf(FundingTerms one, PlannedFunding plan) =>
        IsSameCost(one.Cost, plan.Cost) ? OverlapCause.SameCost
        : one.SameCostAsPartnership == true ? OverlapCause.SameCostAsPartnership
        : null;

    private static bool SaysSame(FundingTerms giving, FundingTerms partnership) =>
        giving.SameCostAsPartnership == true && giving.Form != FundingForm.Iop && partnership.Form == FundingForm.Iop;

    private static (DateOnly Start, DateOnly End)? Common(FundingTerms terms, DateOnly start, DateOnly end)
    {
        var (from, to) = (terms.PeriodStart > start ? terms.PeriodStart : start, terms.PeriodEnd < end ? terms.PeriodEnd : end);
        return from <= to ? (from, to) : null;
    }
}
