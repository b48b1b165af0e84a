using Iop.Platform.Persistence;

namespace Iop.Organisations.Domain;

/// <summary>What one version of an agreement gives as a whole, and to whom. No aid is a value of zero.</summary>
/// <param name="Version">The version, from 1.</param>
/// <param name="Kind">Under which regulation.</param>
/// <param name="Value">In SEK over the whole term, money and kind together.</param>
/// <param name="GrantedDate">Day of its last signature.</param>
/// <param name="Organisations">Last parts of the names of the organisations that are parties.</param>
public sealed record AidVersion(int Version, AidKind Kind, decimal Value, DateOnly GrantedDate, IReadOnlyList<string> Organisations);

/// <summary>How an agreement has ended.</summary>
/// <param name="Early">Whether it ended before its time was out.</param>
/// <param name="LastDay">Last day in force.</param>
public sealed record AgreementEnd(bool Early, DateOnly LastDay);

/// <summary>That a party has left an agreement which goes on for the others.</summary>
/// <param name="LastDay">Last day in force for that party.</param>
/// <param name="Remaining">Last parts of the names of the organisations that remain.</param>
public sealed record Departure(DateOnly LastDay, IReadOnlyList<string> Remaining);

/// <summary>What one version has added, or less by what later ones took back.</summary>
public sealed record AidGrant(int Version, AidKind Kind, decimal Value, DateOnly GrantedDate);

/// <summary>
/// What has been told of an agreement, by events that may come in any order: each is put in its place, and what they
/// amount to is derived from all of them.
/// </summary>
public sealed class AgreementAid : ITenantOwned
{
    private AgreementAid()
    {
    }

    public AgreementAid(string municipality, Guid agreement) => (Municipality, Agreement) = (municipality, agreement);

    /// <inheritdoc/>
    public string Municipality { get; private set; } = "";

    public Guid Agreement { get; private set; }

    /// <summary>By version.</summary>
    public IReadOnlyList<AidVersion> Versions { get; private set; } = [];

    /// <summary>First day of the term, by the version first told of; null until one has been.</summary>
    public DateOnly? StartDate { get; private set; }

    public AgreementEnd? End { get; private set; }

    public IReadOnlyList<Departure> Departures { get; private set; } = [];

    /// <summary>Every organisation that is or has been a party.</summary>
    public IEnumerable<string> Organisations => Versions.SelectMany(version => version.Organisations).Distinct(StringComparer.Ordinal);

    public void Tell(AidVersion version, DateOnly? start)
    {
        Versions = [.. Versions.Where(known => known.Version != version.Version).Append(version).OrderBy(known => known.Version)];
        StartDate ??= start;
    }

    public void Tell(AgreementEnd end) => End = end;

    public void Tell(Departure departure) => Departures = [.. Departures, departure];

    /// <summary>
    /// What each version has added for an organisation. What a version takes back is taken from what was granted latest;
    /// one that leaves the organisation out takes nothing back, for what it has had it has had.
    /// </summary>
    public IReadOnlyList<AidGrant> GrantsTo(string organisation)
    {
        var grants = new List<AidGrant>();
        foreach (var version in Versions.Where(version => version.Organisations.Contains(organisation)))
        {
            foreach (var kind in grants.Select(grant => grant.Kind).Append(version.Kind).Where(kind => kind != AidKind.None).Distinct().ToList())
            {
                var before = grants.Where(grant => grant.Kind == kind).Sum(grant => grant.Value);
                var change = (kind == version.Kind ? version.Value : 0) - before;
                if (change > 0)
                {
                    grants.Add(new AidGrant(version.Version, kind, change, version.GrantedDate));
                }
                else
                {
                    TakeBack(grants, kind, -change);
                }
            }
        }

        return grants;
    }

    /// <summary>How it has ended for an organisation; null while it is a party to an agreement in force.</summary>
    public AgreementEnd? EndFor(string organisation)
    {
        var last = Versions.Last(version => version.Organisations.Contains(organisation));
        if (DepartureFrom(last, organisation) is { } departure)
        {
            return new AgreementEnd(Early: true, departure.LastDay);
        }

        return last == Versions[^1] ? End : new AgreementEnd(Early: true, Versions.First(version => version.Version > last.Version).GrantedDate);
    }

    // A version that was signed after it had left has it as a party anew.
    private Departure? DepartureFrom(AidVersion version, string organisation) =>
        Departures.Where(departure => !departure.Remaining.Contains(organisation) && departure.LastDay >= version.GrantedDate).MinBy(departure => departure.LastDay);

    /// <summary>Takes a sum from the latest grants of a kind. What falls to nothing goes.</summary>
    internal static void TakeBack(List<AidGrant> grants, AidKind kind, decimal sum)
    {
        for (var i = grants.Count - 1; i >= 0 && sum > 0; i--)
        {
            if (grants[i].Kind != kind)
            {
                continue;
            }

            var taken = Math.Min(sum, grants[i].Value);
            sum -= taken;
            grants[i] = grants[i] with { Value = grants[i].Value - taken };
            if (grants[i].Value == 0)
            {
                grants.RemoveAt(i);
            }
        }
    }
}
