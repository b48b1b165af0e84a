using Iop.Eligibility.Domain.Guidelines;
using Iop.Sight;

namespace Iop.Eligibility.Domain.Cases;

/// <content>The committees that the case belongs to: each is an authority of its own (law.md 2.3).</content>
public sealed partial class Case : IMatterOfCommittees
{
    private const string ResponsibleField = "committees.responsible";

    /// <summary>Code of the committee that answers for the case and keeps its records; empty where nobody has said.</summary>
    public string ResponsibleCommittee { get; private set; } = "";

    /// <summary>That one first, then the others that are concerned.</summary>
    public IReadOnlyList<string> Committees { get; private set; } = [];

    /// <summary>Callers of other committees have no part in it.</summary>
    public bool CommitteesOnly { get; private set; }

    /// <summary>Takes what the guideline says of committees, and gives the case to the one committee of the officer who opens it.</summary>
    public void Open(GuidelinePack pack, IReadOnlyList<string> ofOfficer)
    {
        CommitteesOnly = pack.Committees?.OwnSightOnly == true;
        if (ofOfficer is [var only] && CommitteeRule.Knows(pack.Committees, only))
        {
            (ResponsibleCommittee, Committees) = (only, [only]);
        }
    }

    /// <summary>Says which committee answers for the case, and which others are concerned.</summary>
    public void Assign(string responsible, IReadOnlyList<string> concerned, bool only, GuidelinePack pack)
    {
        MustBeInEvenPaused([.. Undecided, CaseState.Approved, CaseState.Declined]);
        ResponsibleCommittee = responsible;
        Committees = [responsible, .. concerned];
        CommitteesOnly = only || pack.Committees?.OwnSightOnly == true;
    }

    /// <summary>Holds a caller who decides to the committee that answers for the case.</summary>
    /// <param name="committees">The committees that the caller works for.</param>
    /// <param name="pack">The guideline.</param>
    /// <param name="body">The body that decides: one above the committees takes a matter up from the one that answers for it.</param>
    public void MustBeDecidedBy(IReadOnlyList<string> committees, GuidelinePack pack, DecidingBody? body = null) =>
        this.Belonging().MustDecide(committees, pack.Committees is not null, body is DecidingBody.ExecutiveBoard or DecidingBody.Council);

    private IEnumerable<string> UnsaidOf(GuidelinePack pack) =>
        pack.Committees is not null && ResponsibleCommittee.Length == 0 ? [ResponsibleField] : [];
}
