namespace Iop.Organisations.Domain;

/// <summary>A disclosure and the aid of an agreement that it tells of, or seems to; no agreement where that aid is only planned.</summary>
public sealed record AidLink(Guid Disclosure, string Organisation, Guid? Agreement);

/// <summary>
/// Which disclosures tell of aid that the register has learnt of from an agreement: the same aid must count once. One
/// that only looks like it counts, for a ceiling must not be passed by a guess, and is pointed out. Source: law.md 2.2.
/// </summary>
public sealed record AidLinks(IReadOnlyList<AidLink> Linked, IReadOnlyList<AidLink> PossibleDuplicates)
{
    // Signed in one season and told of in another, but seldom a year apart.
    private const int DaysApart = 366;

    /// <param name="disclosed">Disclosures of aid.</param>
    /// <param name="granted">Aid of agreements.</param>
    /// <param name="planned">The agreement that is to give the aid that is planned; what is disclosed of it is that aid.</param>
    public static AidLinks Of(IReadOnlyList<FundingDisclosure> disclosed, IReadOnlyList<GrantedAid> granted, Guid? planned = null)
    {
        var linked = Pairs(disclosed, granted, (disclosure, aid) => disclosure.Agreement == aid.Agreement && aid.Grants.Count > 0);
        var ofPlanned = disclosed.Where(disclosure => planned is not null && disclosure.Agreement == planned && !linked.Exists(link => link.Disclosure == disclosure.Id))
            .Select(disclosure => new AidLink(disclosure.Id, disclosure.Organisation, null));
        return new AidLinks([.. linked, .. ofPlanned], Pairs(disclosed.Where(disclosure => disclosure.Agreement is null), granted, LooksLike));
    }

    /// <summary>The disclosures that count.</summary>
    public IEnumerable<Aid> Counted(IEnumerable<FundingDisclosure> disclosed) => disclosed
        .Where(disclosure => !Linked.Any(link => link.Disclosure == disclosure.Id))
        .Select(disclosure => new Aid(disclosure.Id, disclosure.Organisation, disclosure.GrantedDate!.Value, disclosure.AidKind, disclosure.Terms.Value));

    /// <summary>
    /// What counts of the aid of agreements. Organisations of one undertaking that were given aid together are counted with
    /// no more than was given.
    /// </summary>
    public IEnumerable<Aid> Counted(IEnumerable<GrantedAid> granted)
    {
        foreach (var agreement in granted.GroupBy(aid => aid.Agreement))
        {
            var left = new Dictionary<(int, AidKind), decimal>();
            foreach (var (aid, grant) in agreement.SelectMany(aid => aid.Counted.Select(grant => (aid, grant))))
            {
                var place = (grant.Version, grant.Kind);
                var most = agreement.SelectMany(other => other.Grants).Where(other => (other.Version, other.Kind) == place).Max(other => other.Value);
                var value = Math.Min(grant.Value, left.GetValueOrDefault(place, most));
                left[place] = left.GetValueOrDefault(place, most) - value;
                if (value > 0)
                {
                    yield return new Aid(null, aid.Organisation, grant.GrantedDate, grant.Kind, value, aid.Agreement);
                }
            }
        }
    }

    private static List<AidLink> Pairs(IEnumerable<FundingDisclosure> disclosed, IReadOnlyList<GrantedAid> granted, Func<FundingDisclosure, GrantedAid, bool> same) =>
    [
        .. from disclosure in disclosed
           from aid in granted
           where disclosure.Organisation == aid.Organisation && same(disclosure, aid)
           orderby disclosure.Id
           select new AidLink(disclosure.Id, disclosure.Organisation, aid.Agreement),
    ];

    private static bool LooksLike(FundingDisclosure disclosure, GrantedAid aid) =>
        disclosure.Terms.GiverKind == GiverKind.OwnMunicipality
        && aid.Counted.Any(grant => grant.Kind == disclosure.AidKind
            && Math.Abs(grant.GrantedDate.DayNumber - disclosure.GrantedDate!.Value.DayNumber) <= DaysApart
            && (disclosure.Form == FundingForm.Iop || grant.Value == disclosure.Terms.Value));
}
