namespace Iop.FollowUp.Domain;

/// <summary>What one party promised of one type, and what has come in of it.</summary>
/// <param name="PartyId">Key of the party within the agreement.</param>
/// <param name="Side">Its side.</param>
/// <param name="Type">The type as a code.</param>
/// <param name="PromisedValue">Value promised.</param>
/// <param name="PromisedHours">Hours promised.</param>
/// <param name="ReceivedValue">Value that came in.</param>
/// <param name="ReceivedHours">Hours that came in.</param>
public sealed record ContributionBalance(
    string PartyId, Side Side, string Type, decimal PromisedValue, long PromisedHours, decimal ReceivedValue, long ReceivedHours);

/// <summary>Weighs what came in against what was promised. Rules: ga-agree-resource-split, he-agree-resources.</summary>
public static class ContributionBalances
{
    /// <summary>One balance for each party and type that was promised or came in, public side first.</summary>
    public static IReadOnlyList<ContributionBalance> Of(IReadOnlyList<Promise> promised, IReadOnlyList<Promise> received)
    {
        var (before, since) = (promised.ToLookup(KeyOf), received.ToLookup(KeyOf));
        return
        [
            .. promised.Concat(received).Select(KeyOf).Distinct()
                .OrderBy(key => key.Side).ThenBy(key => key.PartyId, StringComparer.Ordinal).ThenBy(key => key.Type, StringComparer.Ordinal)
                .Select(key => new ContributionBalance(
                    key.PartyId,
                    key.Side,
                    key.Type,
                    before[key].Sum(p => p.Value),
                    before[key].Sum(p => p.Hours),
                    since[key].Sum(p => p.Value),
                    since[key].Sum(p => p.Hours))),
        ];
    }

    /// <summary>A side's share of a value, in per cent with one decimal; 0 where nothing has a value.</summary>
    public static double ShareOf(Side side, IReadOnlyList<ContributionBalance> balances, Func<ContributionBalance, decimal> value) =>
        Share(balances.Where(b => b.Side == side).Sum(value), balances.Where(b => b.Side != side).Sum(value));

    /// <summary>One side's share of what both have, in per cent with one decimal; 0 where neither has any.</summary>
    public static double Share(decimal own, decimal others) =>
        own + others == 0 ? 0 : (double)Math.Round(100 * own / (own + others), 1, MidpointRounding.AwayFromZero);

    private static (string PartyId, Side Side, string Type) KeyOf(Promise promise) => (promise.PartyId, promise.Side, promise.Type);
}
