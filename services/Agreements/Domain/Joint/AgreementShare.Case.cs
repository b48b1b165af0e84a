using Iop.Sight;

namespace Iop.Agreements.Domain;

/// <content>The committees of this municipality's own case: they keep what it has joined as the lead's keep the lead's (law.md 2.3).</content>
public sealed partial class AgreementShare : IMatterOfCommittees
{
    /// <summary>Codes of the committees, the one that answers for the case first.</summary>
    public IReadOnlyList<string> Committees { get; private set; } = [];

    /// <summary>Callers of other committees have no part in it.</summary>
    public bool CommitteesOnly { get; private set; }

    /// <summary>Place among the events of the case of the last one that told of committees.</summary>
    public long CommitteesSequence { get; private set; }

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

    private void NoteCommittees(MatterCommittees committees) => (Committees, CommitteesOnly) = (committees.All, committees.Only);
}
