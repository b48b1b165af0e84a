namespace Iop.Agreements.Domain;

/// <summary>What a signed version gives to report to the central register. law.md 2.2: signing is what gives the aid.</summary>
/// <param name="Organisations">Resource names of those that it is given to.</param>
/// <param name="Aid">What is given, or taken back.</param>
/// <param name="TakenBack">It was reported before and is no longer given by that regulation.</param>
public sealed record AidToReport(IReadOnlyList<string> Organisations, DeMinimisAid Aid, bool TakenBack)
{
    /// <summary>
    /// Each organisation for itself. A version that gives it no more than the one before, or than has been reported, gives nothing
    /// to report; one that gives by another regulation takes back what was reported by the old one, and gives all of it by the new.
    /// To one that comes in by this version all of it is new.
    /// </summary>
    /// <param name="aid">What the version gives.</param>
    /// <param name="organisations">Those that it gives it to.</param>
    /// <param name="before">What the version before gave; null where there was none, or it gave none.</param>
    /// <param name="had">Those that it gave it to.</param>
    /// <param name="reported">What has been reported of the agreement.</param>
    public static IEnumerable<AidToReport> Of(
        DeMinimisAid aid, IReadOnlyList<string> organisations, DeMinimisAid? before, IReadOnlyCollection<string> had, IReadOnlyList<StateAidReport> reported) =>
        from organisation in organisations
        from change in Changes(aid, had.Contains(organisation) ? before : null, [.. reported.Where(report => report.Organisations.Contains(organisation))])
        group organisation by change into same
        select new AidToReport([.. same], same.Key.Aid, same.Key.TakenBack);

    private static IEnumerable<(DeMinimisAid Aid, bool TakenBack)> Changes(DeMinimisAid aid, DeMinimisAid? before, IReadOnlyList<StateAidReport> reported)
    {
        var sums = reported.GroupBy(report => report.Basis).ToDictionary(same => same.Key, same => same.Sum(report => report.Withdrawal ? -report.Amount : report.Amount));
        foreach (var (basis, sum) in sums.Where(other => other.Key != aid.Basis && other.Value > 0))
        {
            yield return (new DeMinimisAid(basis, sum), true);
        }

        if (Math.Min(aid.Beyond(before), aid.Amount - sums.GetValueOrDefault(aid.Basis)) is > 0 and var more)
        {
            yield return (aid with { Amount = more }, false);
        }
    }
}
