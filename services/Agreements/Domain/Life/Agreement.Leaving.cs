using Iop.Platform.Errors;

namespace Iop.Agreements.Domain;

/// <summary>
/// Notice. Of one of several it ends the agreement for that party alone, as long as what the guidelines of the others ask for holds
/// without it: for a municipality that has joined and for one of several organisations alike (he-equal-parties).
/// </summary>
public sealed partial class Agreement
{
    /// <summary>The parties that have not left the version in force.</summary>
    public IEnumerable<Party> RemainingParties => Terms.Parties.Where(party => !HasLeft(party.PartyId));

    internal bool HasLeft(string partyId) => Life.Endings.Any(ending => ending.PartyId == partyId && ending.LeftVersion == Version);

    /// <summary>Gives notice for one party: its period counted from today, never past the end date.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="reason">Why.</param>
    /// <param name="today">The day of today.</param>
    /// <param name="now">This moment.</param>
    /// <param name="holdsWithout">Whether the guidelines of those who remain hold when some parties are gone; null: nobody leaves alone.</param>
    public void GiveNotice(string partyId, string reason, DateOnly today, DateTimeOffset now, Func<IReadOnlySet<string>, bool>? holdsWithout = null)
    {
        MustBe([.. Binding]);
        var period = Terms.Ending.Notices.FirstOrDefault(notice => notice.PartyId == partyId) ?? throw Refusal.Precondition("NOTICE_NOT_AGREED", Name, ("party", partyId));
        if (Life.Endings.FirstOrDefault(ending => IsPendingNotice(ending) && ending.PartyId == partyId) is { } given)
        {
            throw Refusal.Precondition("ENDING_DECIDED", Name, ("date", Phrases.Date(given.LastDay)));
        }

        var last = Earliest(Terms.EndDate, Term.NoticeEnd(today, period.Months))!.Value;
        Life = Life with { Endings = Judged([.. Life.Endings, new Ending(EndingKind.Notice, partyId, last, reason, now)], holdsWithout ?? (_ => false)) };
    }

    /// <summary>Lets the party leave whose last day has passed first, where the agreement goes on without it.</summary>
    /// <returns>The party; null when none leaves.</returns>
    public Party? PassLeaving(DateOnly today, DateTimeOffset now)
    {
        if (NextLeaving is not { } ending || today <= ending.LastDay)
        {
            return null;
        }

        // Those who were asked to agree on something are others now.
        if (Life.OpenProposal is { } open)
        {
            Settle(open, ProposalOutcome.Lapsed, "", "", now);
        }

        Life = Life with { Endings = [.. Life.Endings.Select(other => other == ending ? ending with { EffectTime = now, LeftVersion = Version } : other)] };
        Members = [.. Members.Select(member => member.PartyId == ending.PartyId && Joined.Contains(member) ? member with { LeaveTime = now, LastDay = ending.LastDay, LeftVersion = Version } : member)];
        return Terms.PartyWith(ending.PartyId);
    }

    // The first to leave while the agreement goes on; one whose last day is that of all has nothing to leave.
    private Ending? NextLeaving => Binding.Contains(State)
        ? Life.Endings.Where(ending => ending.PartyOnly && IsPendingNotice(ending) && ending.LastDay < LastDay).MinBy(ending => ending.LastDay)
        : null;

    // A party that a later version did without has nothing left to leave.
    private bool IsPendingNotice(Ending ending) => ending is { Kind: EndingKind.Notice, EffectTime: null } && Terms.PartyWith(ending.PartyId) is not null;

    // In the order of their days: each is judged by who is left when it takes effect, and a notice given later can change what an
    // earlier one comes to.
    private List<Ending> Judged(IReadOnlyList<Ending> endings, Func<IReadOnlySet<string>, bool> holdsWithout)
    {
        HashSet<string> gone = [.. Terms.Parties.Select(party => party.PartyId).Where(HasLeft)];
        Dictionary<Ending, Ending> judged = [];
        foreach (var ending in endings.Where(IsPendingNotice).OrderBy(ending => ending.LastDay).ThenBy(ending => ending.GiveTime))
        {
            gone.Add(ending.PartyId);
            judged[ending] = ending with { PartyOnly = MayLeaveAlone(ending.PartyId) && holdsWithout(gone) };
        }

        return [.. endings.Select(ending => judged.GetValueOrDefault(ending, ending))];
    }

    // The lead's own parties are what the agreement lives with.
    private bool MayLeaveAlone(string partyId) => Terms.PartyWith(partyId) is { Side: PartySide.CivilSociety } or { Municipality.Length: > 0 };
}
