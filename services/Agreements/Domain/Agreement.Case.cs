using Iop.Platform.Errors;
using Iop.Sight;

namespace Iop.Agreements.Domain;

/// <content>What the lead's own case tells after the agreement is drawn up: its committees, each an authority of its own (law.md 2.3), and the force of its decision.</content>
public sealed partial class Agreement : IMatterOfCommittees
{
    /// <summary>Codes of the committees, the one that answers for it first.</summary>
    public IReadOnlyList<string> Committees { get; private set; } = [];

    /// <summary>Callers of other committees have no part in it.</summary>
    public bool CommitteesOnly { get; private set; }

    /// <summary>Place among the events of the case of the last one that told of committees.</summary>
    public long CommitteesSequence { get; private set; }

    /// <summary>Keeps what the case says of committees, as it was read.</summary>
    public void NoteCommittees(MatterCommittees committees) => (Committees, CommitteesOnly) = (committees.All, committees.Only);

    /// <summary>Keeps what the case has told of committees.</summary>
    /// <returns>False for what is older than what is known.</returns>
    public bool HearCommittees(MatterCommittees committees, long sequence)
    {
        if (sequence <= CommitteesSequence)
        {
            return false;
        }

        NoteCommittees(committees);
        CommitteesSequence = sequence;
        return true;
    }

    /// <summary>Keeps that the case has found an entrustment since; what was entrusted before stays so until the parties say otherwise.</summary>
    public void NoteEntrustment(bool found) => Origin = Origin with { Entrustment = Origin.Entrustment || found };

    /// <summary>
    /// Keeps that a renewed assessment has found an entrustment, and gives a text that is open the heading for it (law.md 2.2). What is being
    /// signed, or is signed, stays as it is: it has the heading when it is next written, and the next version from the beginning.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    public bool HearEntrustment(AgreementWriter writer)
    {
        if (Ended.Contains(State))
        {
            return false;
        }

        var (known, before) = (Origin.Entrustment, Sections.Count);
        NoteEntrustment(true);
        if (Open.Contains(State))
        {
            Rewrite(Terms, Sections, writer);
        }

        if (Sections.Count != before)
        {
            VoidApprovals();
        }

        return !known || Sections.Count != before;
    }

    /// <summary>Refuses a text without the heading, which comes into it when the news of the assessment does.</summary>
    /// <exception cref="Refusal"><c>ENTRUSTMENT_NOT_IN_TEXT</c>.</exception>
    public void MustSayEntrustment()
    {
        if (Sections.All(section => section.Source != SectionSource.Entrustment))
        {
            throw Refusal.Precondition("ENTRUSTMENT_NOT_IN_TEXT", Name);
        }
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
