using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Sight;

namespace Iop.Agreements.Domain;

/// <summary>
/// That another municipality's agreement is open to this one. The row belongs to the municipality that looks, and holds
/// what only that one knows: its case. The lead keeps a record of its own, and both must say that the door is open.
/// </summary>
public sealed partial class AgreementShare : Aggregate
{
    public const string Collection = "agreementShares";

    private AgreementShare()
    {
    }

    private AgreementShare(string municipality, Guid agreement)
        : base(municipality, agreement)
    {
    }

    public override string Name => ResourceName.Of(Municipality, Collection, Id);

    /// <summary>The agreement as this municipality calls it. The share has the agreement's own id.</summary>
    public string AgreementName => ResourceName.Of(Municipality, Agreement.Collection, Id);

    /// <summary>The draft of a new version that it comes in by; null where it is, or is invited to be, a party of the agreement itself.</summary>
    public Guid? Draft { get; private set; }

    /// <summary>Id of what is open to it: the draft, or the agreement.</summary>
    public Guid Door => Draft ?? Id;

    /// <summary>What is open to it, as this municipality calls it.</summary>
    public string DoorName => ResourceName.Of(Municipality, Agreement.Collection, Door);

    /// <summary>Code of the municipality that the agreement lives with.</summary>
    public string Lead { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string PartyId { get; private set; } = "";

    public MemberState State { get; private set; }

    public string Message { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public string CaseName { get; private set; } = "";

    public string PackName { get; private set; } = "";

    /// <summary>The organisations that the case is about, as this municipality's register has them.</summary>
    public IReadOnlyList<KnownOrganisation> Organisations { get; private set; } = [];

    /// <summary>The aid that this municipality gives, as its own case was assessed; null when it gives none.</summary>
    public DeMinimisAid? Aid { get; private set; }

    /// <summary>What the version in force gives, which the register counts from its own day; null while there is none, or it gives none.</summary>
    public DeMinimisAid? GivenAid { get; private set; }

    /// <summary>What signing gives beside that, and needs room for. More than what is to be reported, where less was given in between.</summary>
    public decimal AddedAid => Aid?.Beyond(GivenAid) ?? 0;

    /// <summary>How much of it has been made ready for the register.</summary>
    public decimal ReportedAid { get; private set; }

    /// <summary>By which regulation; unspecified where nothing was, and in shares from before it was kept, which are taken to be as now.</summary>
    public StateAidBasis ReportedBasis { get; private set; }

    /// <summary>What has been reported by another regulation than the aid is given by now; null where nothing has.</summary>
    public DeMinimisAid? MovedAid => Aid is { } aid && ReportedAid > 0 && ReportedBasis != StateAidBasis.Unspecified && ReportedBasis != aid.Basis ? new DeMinimisAid(ReportedBasis, ReportedAid) : null;

    /// <summary>What the aid is beside what has been reported by the same regulation; zero or less when nothing remains.</summary>
    public decimal UnreportedAid => (Aid?.Amount ?? 0) - (MovedAid is null ? ReportedAid : 0);

    public DateTimeOffset InviteTime { get; private set; }

    public DateTimeOffset? AnswerTime { get; private set; }

    /// <summary>Whether the agreement is to be seen at all.</summary>
    public bool IsOpen => State is MemberState.Invited or MemberState.Joined;

    public static AgreementShare Of(Agreement agreement, Member member)
    {
        var share = new AgreementShare(member.Municipality, agreement.Amends ?? agreement.Id);
        share.Invite(agreement, member);
        return share;
    }

    /// <summary>Invites, for the first time or again.</summary>
    public void Invite(Agreement agreement, Member member)
    {
        (Lead, Title, PartyId, Message) = (agreement.Municipality, agreement.Terms.Title, member.PartyId, member.Message);
        (State, InviteTime, AnswerTime, Reason) = (MemberState.Invited, member.InviteTime, null, "");
        (CaseName, PackName, Organisations, Aid) = ("", "", [], null);
        Draft = IdOfDraft(agreement);
        NoteCommittees(MatterCommittees.None);
    }

    /// <summary>Whether it was invited to this text, and not to that of another draft.</summary>
    public bool IsOf(Agreement agreement) => Draft == IdOfDraft(agreement);

    /// <summary>The version that it came in by is in force.</summary>
    /// <returns>Whether that is news.</returns>
    public bool ComeIntoForce()
    {
        var news = Draft is not null;
        Draft = null;
        return news;
    }

    public void WithdrawInvitation(string reason, DateTimeOffset now) => Answer(MemberState.Withdrawn, reason, now, MemberState.Invited);

    public void Join(OwnCase own, IReadOnlyList<KnownOrganisation> organisations, DateTimeOffset now)
    {
        Answer(MemberState.Joined, "", now, MemberState.Invited);
        (CaseName, PackName, Organisations, Aid) = (own.Name, own.PackName, organisations, own.Aid);
        NoteCommittees(own.Committees);
    }

    public void Decline(string reason, DateTimeOffset now) => Answer(MemberState.Declined, reason, now, MemberState.Invited);

    public void Leave(string reason, DateTimeOffset now) => Answer(MemberState.Left, reason, now, MemberState.Joined);

    /// <summary>Keeps what the case says of aid, for the moment when the last one signs and nobody can be asked, and of committees.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Note(OwnCase own)
    {
        var news = own.Aid != Aid || own.Committees.Only != CommitteesOnly || !own.Committees.All.SequenceEqual(Committees);
        Aid = own.Aid;
        NoteCommittees(own.Committees);
        return news;
    }

    /// <summary>
    /// What remains to report when a version is signed, and what is to be taken back, since it is given by another regulation now; null where
    /// there is none.
    /// </summary>
    public (DeMinimisAid? Given, DeMinimisAid? TakenBack) TakeAidToReport()
    {
        var (given, back) = (UnreportedAid > 0 ? Aid! with { Amount = UnreportedAid } : null, MovedAid);
        GivenAid = Aid;
        if (given is not null || back is not null)
        {
            (ReportedAid, ReportedBasis) = (Aid!.Amount, Aid.Basis);
        }

        return (given, back);
    }

    /// <summary>Names in this municipality's register of the organisations that are parties.</summary>
    public List<string> NamesOf(IReadOnlyList<Party> parties) =>
        [.. Organisations.Where(known => parties.Any(party => party.OrganisationNumber == known.Number)).Select(known => known.Name)];

    /// <exception cref="Refusal"><c>SHARE_STATE_NOT_ALLOWED</c>.</exception>
    public void MustBe(MemberState allowed)
    {
        if (State != allowed)
        {
            throw Refusal.State("SHARE_STATE_NOT_ALLOWED", Name, Agreement.Word(State), Agreement.Word(allowed));
        }
    }

    private static Guid? IdOfDraft(Agreement agreement) => agreement.Amends is null ? null : agreement.Id;

    private void Answer(MemberState state, string reason, DateTimeOffset now, MemberState from)
    {
        MustBe(from);
        (State, Reason, AnswerTime) = (state, reason, now);
    }
}

/// <summary>What a municipality's own case says, as it was read.</summary>
public sealed record OwnCase(string Name, string PackName, DeMinimisAid? Aid, MatterCommittees Committees);

/// <summary>An organisation in this municipality's register, and the number by which the lead's register has it too.</summary>
public sealed record KnownOrganisation(string Name, string Number);
