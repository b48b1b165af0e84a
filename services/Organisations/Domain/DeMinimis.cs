using System.Runtime.InteropServices;

namespace Iop.Organisations.Domain;

/// <summary>The three years that end on a day. Source: law.md 2.2 (Regulations (EU) 2023/2831 and 2023/2832).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AidWindow(DateOnly Start, DateOnly End)
{
    private const int Years = 3;

    /// <summary>
    /// Aid leaves the window on the third anniversary of the day it was granted; what was granted on 29 February leaves
    /// on 1 March.
    /// </summary>
    public static AidWindow EndingOn(DateOnly day) => new(day.AddYears(-Years).AddDays(1), day);

    public bool Holds(DateOnly day) => day >= Start && day <= End;
}

/// <summary>Aid granted, or to be granted, to an undertaking.</summary>
/// <param name="Disclosure">Where it is disclosed; null for what an agreement gives and for what is planned.</param>
/// <param name="Organisation">Last part of the name of the organisation that has it.</param>
/// <param name="GrantedDate">The day.</param>
/// <param name="Kind">Under which regulation.</param>
/// <param name="Value">In SEK, money and kind together.</param>
/// <param name="Agreement">The agreement that gives it, where the register has learnt of it from that.</param>
public sealed record Aid(Guid? Disclosure, string Organisation, DateOnly GrantedDate, AidKind Kind, decimal Value, Guid? Agreement = null);

/// <summary>Aid as it was counted; without a rate it has no sum in euro.</summary>
public sealed record CountedAid(Aid Aid, RateRow? Rate)
{
    /// <summary>Rounded up: what is uncertain by rounding must not let a ceiling be passed.</summary>
    public long EurCents => Rate is null ? 0 : (long)decimal.Ceiling(Aid.Value / Rate.SekPerEur * 100);
}

/// <summary>The sum held to one ceiling.</summary>
public sealed record CeilingFinding(CeilingRow Ceiling, long GrantedEurCents, long ExtraEurCents)
{
    public long RemainingEurCents => (Ceiling.Eur * 100) - GrantedEurCents - ExtraEurCents;
}

/// <summary>A day for which a table has no row.</summary>
public sealed record MissingRow(bool IsRate, DateOnly Date, DateOnly? ExpiredDate);

/// <summary>Whether ceilings hold.</summary>
public enum AidResult
{
    Within = 1,
    Exceeded = 2,
    Incomplete = 3,
}

/// <summary>The de minimis aid of a single undertaking over three years.</summary>
public sealed record AidSum(
    AidResult Result, AidWindow Window, IReadOnlyList<CeilingFinding> Ceilings, IReadOnlyList<CountedAid> Counted, IReadOnlyList<MissingRow> Missing)
{
    /// <summary>Sums aid. A pure function of what is given to it.</summary>
    /// <param name="day">Day that new aid would be granted.</param>
    /// <param name="planned">Kind of that aid, and its value in SEK, which may be zero.</param>
    /// <param name="granted">Aid of every organisation of the undertaking.</param>
    /// <param name="tables">Rates and ceilings.</param>
    /// <param name="given">Rate for days that the table has none for.</param>
    public static AidSum Of(DateOnly day, (AidKind Kind, decimal Value) planned, IEnumerable<Aid> granted, AidTables tables, RateRow? given)
    {
        var window = AidWindow.EndingOn(day);
        var missing = new List<MissingRow>();
        var counted = granted.Where(aid => aid.Kind != AidKind.None && window.Holds(aid.GrantedDate))
            .OrderBy(aid => aid.GrantedDate).ThenBy(aid => aid.Disclosure).ThenBy(aid => aid.Agreement)
            .Select(aid => Count(aid, tables, given, missing)).ToList();
        var extra = planned.Value > 0 ? Count(new Aid(null, "", day, planned.Kind, planned.Value), tables, given, missing) : null;

        var ceilings = new List<CeilingFinding>();
        foreach (var kind in CeilingsFor(planned.Kind, counted))
        {
            if (tables.CeilingOn(kind, day) is { } ceiling)
            {
                ceilings.Add(new CeilingFinding(ceiling, counted.Where(aid => CountsUnder(kind, aid.Aid.Kind)).Sum(aid => aid.EurCents), extra?.EurCents ?? 0));
            }
            else
            {
                missing.Add(new MissingRow(false, day, tables.CeilingExpiredBefore(kind, day)));
            }
        }

        var result = missing.Count > 0 ? AidResult.Incomplete
            : ceilings.Exists(ceiling => ceiling.RemainingEurCents < 0) ? AidResult.Exceeded
            : AidResult.Within;
        return new AidSum(result, window, ceilings, extra is null ? counted : [.. counted, extra], [.. missing.Distinct()]);
    }

    // General aid has its own ceiling; together with aid for services of general economic interest it is held to theirs too.
    private static IEnumerable<AidKind> CeilingsFor(AidKind planned, IReadOnlyList<CountedAid> counted)
    {
        if (planned == AidKind.DeMinimis)
        {
            yield return AidKind.DeMinimis;
        }

        if (planned == AidKind.SgeiDeMinimis || counted.Any(aid => aid.Aid.Kind == AidKind.SgeiDeMinimis))
        {
            yield return AidKind.SgeiDeMinimis;
        }
    }

    private static bool CountsUnder(AidKind ceiling, AidKind kind) => ceiling == AidKind.SgeiDeMinimis || kind == AidKind.DeMinimis;

    private static CountedAid Count(Aid aid, AidTables tables, RateRow? given, List<MissingRow> missing)
    {
        var rate = tables.RateOn(aid.GrantedDate) ?? given;
        if (rate is null)
        {
            missing.Add(new MissingRow(true, aid.GrantedDate, tables.RateExpiredBefore(aid.GrantedDate)));
        }

        return new CountedAid(aid, rate);
    }
}
