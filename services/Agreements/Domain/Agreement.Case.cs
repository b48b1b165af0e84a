using Iop.Platform.Errors;

namespace Iop.Agreements.Domain;

/// <summary>The committees that a case belongs to, and what comes of it with the case.</summary>
/// <param name="All">Codes, the one that answers for it first.</param>
/// <param name="Only">Callers of other committees have no part in it.</param>
public sealed record CaseCommittees(IReadOnlyList<string> All, bool Only)
{
    public static readonly CaseCommittees None = new([], Only: false);

    /// <summary>
    /// Holds a caller who decides on the text to the committee that answers for the case. One who names no committee decides as
    /// before, unless the guideline has committees or the agreement is kept to some.
    /// </summary>
    /// <param name="committees">The committees that the caller works for.</param>
    /// <param name="hasCommittees">The guideline has committees.</param>
    /// <param name="body">The body that decides: one above the committees takes a matter up from the one that answers for it.</param>
    /// <exception cref="Refusal"><c>COMMITTEE_NOT_RESPONSIBLE</c>.</exception>
    public void MustBeDecidedBy(IReadOnlyList<string> committees, bool hasCommittees, DecidingBody body)
    {
        var isAsked = committees.Count > 0 || hasCommittees || Only;
        var deciding = body is DecidingBody.ExecutiveBoard or DecidingBody.Council ? All : All.Take(1);
        if (All is [{ Length: > 0 } responsible, ..] && isAsked && !deciding.Any(committees.Contains))
        {
            throw Refusal.Denied("COMMITTEE_NOT_RESPONSIBLE", ("committee", responsible));
        }
    }
}

/// <content>What the lead's own case tells after the agreement is drawn up: its committees, each an authority of its own (law.md 2.3), and the force of its decision.</content>
public sealed partial class Agreement
{
    /// <summary>Codes of the committees, the one that answers for it first.</summary>
    public IReadOnlyList<string> Committees { get; private set; } = [];

    /// <summary>Callers of other committees have no part in it.</summary>
    public bool CommitteesOnly { get; private set; }

    /// <summary>Place among the events of the case of the last one that told of committees.</summary>
    public long CommitteesSequence { get; private set; }

    public CaseCommittees OfCase => new(Committees, CommitteesOnly);

    /// <summary>Keeps what the case says of committees, as it was read.</summary>
    public void NoteCommittees(CaseCommittees committees) => (Committees, CommitteesOnly) = (committees.All, committees.Only);

    /// <summary>Keeps what the case has told of committees.</summary>
    /// <returns>False for what is older than what is known.</returns>
    public bool HearCommittees(CaseCommittees committees, long sequence)
    {
        if (sequence <= CommitteesSequence)
        {
            return false;
        }

        NoteCommittees(committees);
        CommitteesSequence = sequence;
        return true;
    }

    /// <summary>Keeps what the case says of the announcement, as it was read.</summary>
    public void NoteAnnouncement(Announcement? announcement) =>
        Origin = announcement is null ? Origin : Origin with { Announcement = announcement with { Sequence = Origin.Announcement?.Sequence ?? 0 } };

    /// <summary>Keeps what the case has told of the announcement.</summary>
    /// <returns>False for what is older than what is known.</returns>
    public bool HearAnnouncement(Announcement announcement)
    {
        if (announcement.Sequence <= (Origin.Announcement?.Sequence ?? 0))
        {
            return false;
        }

        Origin = Origin with { Announcement = announcement };
        return true;
    }
}
