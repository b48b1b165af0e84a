using System.Text.Json.Serialization;
using Iop.Platform.Errors;
using Iop.Platform.Identity;

namespace Iop.Sight;

/// <summary>
/// The committees (nämnder) that a matter belongs to with all that comes of it: each is an authority of its own, and sight
/// between them is not automatic (law.md 2.3).
/// </summary>
/// <param name="All">Codes, the one that answers for the matter first. Empty where nobody has said.</param>
/// <param name="Only">Callers of other committees have no part in it.</param>
public sealed record MatterCommittees(IReadOnlyList<string> All, bool Only)
{
    /// <summary>Of none, and kept from nobody.</summary>
    public static readonly MatterCommittees None = new([], Only: false);

    /// <summary>Code of the committee that answers for the matter and keeps its records; empty where nobody has said.</summary>
    [JsonIgnore]
    public string Responsible => All is [var first, ..] ? first : "";

    /// <summary>Codes of the others that are concerned.</summary>
    [JsonIgnore]
    public IEnumerable<string> Concerned => All.Skip(1);

    /// <summary>Whether the caller sees it. Organisations are parties whatever committee they meet, and are not asked.</summary>
    public bool AreSeenBy(Caller caller) => !Only || !caller.SeesMunicipality || caller.SeesCommittees(All);

    /// <summary>Lets through who sees it.</summary>
    /// <exception cref="Refusal"><c>COMMITTEE_NOT_ALLOWED</c>.</exception>
    public void MustBeSeenBy(Caller caller)
    {
        if (!AreSeenBy(caller))
        {
            throw Refusal.Denied("COMMITTEE_NOT_ALLOWED");
        }
    }

    /// <summary>
    /// Holds a caller who decides to the committee that answers for the matter. One who names no committee decides as before,
    /// unless the guideline has committees or the matter is kept to some.
    /// </summary>
    /// <param name="committees">The committees that the caller works for.</param>
    /// <param name="hasCommittees">The guideline has committees.</param>
    /// <param name="fromAbove">The body that decides is above the committees, and takes a matter up from any that is concerned.</param>
    /// <exception cref="Refusal"><c>COMMITTEE_NOT_RESPONSIBLE</c>.</exception>
    public void MustDecide(IReadOnlyList<string> committees, bool hasCommittees, bool fromAbove)
    {
        var isAsked = committees.Count > 0 || hasCommittees || Only;
        var deciding = fromAbove ? All : All.Take(1);
        if (Responsible.Length > 0 && isAsked && !deciding.Any(committees.Contains))
        {
            throw Refusal.Denied("COMMITTEE_NOT_RESPONSIBLE", ("committee", Responsible));
        }
    }
}

/// <summary>Something stored that belongs to committees.</summary>
public interface IMatterOfCommittees
{
    /// <summary>Codes, the one that answers for it first.</summary>
    IReadOnlyList<string> Committees { get; }

    /// <summary>Callers of other committees have no part in it.</summary>
    bool CommitteesOnly { get; }
}

/// <summary>What a caller sees of what belongs to committees, so that a list holds what a read of each would show.</summary>
public static class CommitteeSight
{
    /// <summary>The committees that it belongs to.</summary>
    public static MatterCommittees Belonging(this IMatterOfCommittees matter) => new(matter.Committees, matter.CommitteesOnly);

    /// <summary>Those that the caller sees.</summary>
    public static IQueryable<T> SeenBy<T>(this IQueryable<T> matters, Caller caller)
        where T : class, IMatterOfCommittees
    {
        var own = caller.Committees.ToList();
        return SeesAll(caller) ? matters : matters.Where(matter => !matter.CommitteesOnly || matter.Committees.Any(committee => own.Contains(committee)));
    }

    /// <summary>Those that are kept from the caller.</summary>
    public static IQueryable<T> HiddenFrom<T>(this IQueryable<T> matters, Caller caller)
        where T : class, IMatterOfCommittees
    {
        var (all, own) = (SeesAll(caller), caller.Committees.ToList());
        return matters.Where(matter => !all && matter.CommitteesOnly && !matter.Committees.Any(committee => own.Contains(committee)));
    }

    /// <summary>Whether nothing is kept from the caller.</summary>
    public static bool SeesAll(Caller caller) => !caller.SeesMunicipality || caller.SeesCommittees([]);
}
