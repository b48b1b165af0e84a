using FsCheck;
using FsCheck.Fluent;
using Iop.Organisations.Domain;

namespace Iop.Organisations.Tests;

/// <summary>What the versions of an agreement amount to, whatever they are and in whatever order they are heard of.</summary>
public sealed class AgreementAidPropertyTests
{
    private static readonly DateOnly First = new(2024, 1, 1);

    private static Gen<IReadOnlyList<AidVersion>> Versions =>
        from count in Gen.Choose(1, 6)
        from values in Gen.Choose(0, 5).Select(value => value * 100m).ListOf(count)
        from kinds in Gen.Elements(AidKind.DeMinimis, AidKind.SgeiDeMinimis).ListOf(count)
        from parties in Gen.Elements<IReadOnlyList<string>>(["a"], ["a", "b"], ["b"]).ListOf(count)
        select (IReadOnlyList<AidVersion>)[.. values.Select((value, i) => new AidVersion(i + 1, value == 0 ? AidKind.None : kinds[i], value, First.AddDays(i), parties[i]))];

    [Fact]
    public void The_order_in_which_versions_are_heard_of_does_not_matter() => Prop.ForAll(Versions.ToArbitrary(), versions =>
        Told(versions).GrantsTo("a").SequenceEqual(Told([.. versions.Reverse()]).GrantsTo("a"))
        && Told(versions).GrantsTo("a").SequenceEqual(Told([.. versions, .. versions]).GrantsTo("a"))).QuickCheckThrowOnFailure();

    [Fact]
    public void The_grants_sum_to_what_the_latest_version_with_the_organisation_gives() => Prop.ForAll(Versions.ToArbitrary(), versions =>
    {
        var latest = versions.LastOrDefault(version => version.Organisations.Contains("a"));
        var grants = Told(versions).GrantsTo("a");
        return grants.Sum(grant => grant.Value) == (latest?.Value ?? 0)
            && grants.All(grant => grant.Value > 0 && grant.Kind == latest!.Kind)
            && grants.Zip(grants.Skip(1)).All(pair => pair.First.GrantedDate < pair.Second.GrantedDate);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_settled_counts_exactly_and_never_more_than_was_granted() => Prop.ForAll(Versions.ToArbitrary(), Gen.Choose(0, 500).ToArbitrary(), (versions, given) =>
    {
        var told = Told(versions);
        if (told.GrantsTo("a").Count == 0)
        {
            return true;
        }

        var aid = new GrantedAid("a", told);
        var granted = aid.Grants.Sum(grant => grant.Value);
        aid.Settle(Math.Min(given, granted), "Skäl", DateTimeOffset.UnixEpoch);
        return aid.Counted.Sum(grant => grant.Value) == Math.Min(given, granted) && aid.Counted.All(grant => grant.Value > 0);
    }).QuickCheckThrowOnFailure();

    private static AgreementAid Told(IReadOnlyList<AidVersion> versions)
    {
        var told = new AgreementAid("1283", Guid.CreateVersion7());
        foreach (var version in versions)
        {
            told.Tell(version, First);
        }

        return told;
    }
}
