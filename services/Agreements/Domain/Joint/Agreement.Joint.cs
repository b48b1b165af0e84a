using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Agreements.Domain;

/// <summary>
/// Several municipalities in one agreement. It lives with the lead; each of the others is linked to one public party,
/// for which nobody else acts from the invitation on.
/// </summary>
public sealed partial class Agreement
{
    /// <summary>The other municipalities, oldest invitation first.</summary>
    public IReadOnlyList<Member> Members { get; private set; } = [];

    /// <summary>Those that are parties.</summary>
    public IEnumerable<Member> Joined => Members.Where(member => member is { State: MemberState.Joined, LeaveTime: null });

    /// <summary>The packs that bind the text, the lead's own first.</summary>
    public IReadOnlyList<string> PackNames => [PackName, .. Joined.Select(member => member.PackName)];

    /// <summary>The pack under which a municipality is a party; an empty code is the lead's.</summary>
    public string PackOf(string municipality) => Joined.FirstOrDefault(member => member.Municipality == municipality)?.PackName ?? PackName;

    /// <summary>Whether a municipality comes into the agreement by this draft, and is no party of the version in force.</summary>
    public bool IsNew(string municipality) => Amends is not null && Joined.Any(member => member.Municipality == municipality && member.FromVersion == Version);

    /// <summary>The lead's own record that it has opened the agreement to a municipality; null when it has not.</summary>
    public Member? Admitted(string municipality) =>
        Members.FirstOrDefault(member => member.Municipality == municipality && IsAdmitted(member));

    // One that has left reads on what it left, and nothing that the others have agreed on since.
    private bool IsAdmitted(Member member) => IsLive(member) || (member.LeaveTime is not null && member.LeftVersion == Version);

    private static bool IsLive(Member member) => member is { State: MemberState.Invited or MemberState.Joined, LeaveTime: null };

    /// <summary>
    /// Invites a municipality to this text: that of the first version, or the draft of a later one, of which it then becomes a
    /// party when that version is in force, and of nothing before.
    /// </summary>
    public void Invite(string municipality, string partyId, string message, AgreementWriter writer, DateTimeOffset now)
    {
        MustBeOpen();
        if (municipality == Municipality)
        {
            throw Refusal.Input(new FieldFault("municipality", "MUNICIPALITY_IS_LEAD"));
        }

        if (Members.Any(member => IsLive(member) && (member.Municipality == municipality || member.PartyId == partyId)))
        {
            throw Refusal.Precondition("MUNICIPALITY_ALREADY_INVITED", Name, ("municipality", municipality), ("party", partyId));
        }

        if (Terms.PartyWith(partyId) is not { Side: PartySide.Public, Lead: false })
        {
            throw Refusal.Input("PARTY_NOT_INVITABLE", "party_id");
        }

        var others = Members.Where(member => member.Municipality != municipality && member.PartyId != partyId);
        Members = [.. others, new Member(municipality, partyId, MemberState.Invited, now) { Message = message, FromVersion = Version }];

        // What the lead has approved for that party before was no word of the municipality's.
        Relink(writer);
    }

    public void WithdrawInvitation(string municipality, string reason, DateTimeOffset now) =>
        Answer(municipality, MemberState.Withdrawn, reason, now, MemberState.Invited);

    public void DeclineInvitation(string municipality, string reason, DateTimeOffset now) =>
        Answer(municipality, MemberState.Declined, reason, now, MemberState.Invited);

    /// <summary>Joins. The headings and what the law demands by the municipality's own assessment come into the text.</summary>
    public void Join(string municipality, Joining joining, AgreementWriter writer, DateTimeOffset now)
    {
        MustBeOpen();
        Answer(municipality, MemberState.Joined, "", now, MemberState.Invited, MemberState.Joined);
        Members = [.. Members.Select(member => member.Municipality != municipality ? member : member with
        {
            PackName = joining.PackName,
            OrganisationNumbers = joining.OrganisationNumbers,
            DecisionRequired = joining.Rules.DecisionOnTextDemanded,
        })];
        Origin = Origin with
        {
            MunicipalMatter = Origin.MunicipalMatter || joining.Origin.MunicipalMatter,
            Entrustment = Origin.Entrustment || joining.Origin.Entrustment,
        };
        Sections = JointSections.With(joining.Rules, Origin, Sections, writer.Phrases);
        Relink(writer);
    }

    /// <summary>Leaves before signing. What only its pack asked for, and nobody has written, goes with it.</summary>
    /// <param name="remaining">What the packs say that still bind.</param>
    public void Leave(string municipality, string reason, IReadOnlyList<AgreementRules> remaining, AgreementWriter writer, DateTimeOffset now)
    {
        MustBeOpen();
        Answer(municipality, MemberState.Left, reason, now, MemberState.Joined);
        Sections = JointSections.Under(remaining, Sections);
        Relink(writer);
    }

    public static string Word(MemberState state) => state.ToUpperSnake();

    private void Answer(string municipality, MemberState state, string reason, DateTimeOffset now, params MemberState[] from)
    {
        var member = Members.FirstOrDefault(member => member.Municipality == municipality && from.Contains(member.State))
            ?? throw Refusal.Precondition("NOT_INVITED", Name);
        Members = [.. Members.Select(other => other != member ? other : member with { State = state, Reason = reason, AnswerTime = now })];
    }

    private void Relink(AgreementWriter writer)
    {
        Rewrite(Terms, Sections, writer);
        VoidApprovals();
    }

    // Terms are written as wholes and without knowledge of the links, which are the lead's and the others' together.
    private AgreementTerms Linked(AgreementTerms terms)
    {
        var live = Members.Where(IsLive).ToList();
        if (live.Exists(member => terms.PartyWith(member.PartyId) is not { Side: PartySide.Public, Lead: false }))
        {
            throw Refusal.Precondition("PARTY_IS_MUNICIPALITY", Name, ("parties", string.Join(", ", live.Select(member => member.PartyId))));
        }

        Members = [.. Members.Where(member => live.Contains(member) || terms.PartyWith(member.PartyId) is not null)];
        return terms with { Parties = [.. terms.Parties.Select(party => party with { Municipality = MunicipalityOf(party.PartyId) })] };
    }

    // A party whose municipality has said no is nobody's: the lead does not sign in its place.
    private string MunicipalityOf(string partyId) => Members.LastOrDefault(member => member.PartyId == partyId)?.Municipality ?? "";
}
