using System.Reflection;
using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

/// <content>Commands that need something in place first, what the calendar does, and that no command is left out.</content>
public sealed partial class StateTests
{
    private const string Neighbour = "grannkommunen";

    private static readonly AgreementState[] Open = [AgreementState.Drafting, AgreementState.InNegotiation, AgreementState.TextAgreed, AgreementState.AwaitingDecision];

    private static readonly SigningEvidence Paper =
        new(0, 0, SignatureMethod.Paper, [new EvidencedSignature(Samples.Association, "anna", Samples.Today, "")], new string('a', 64));

    private static Dictionary<string, (Action<Agreement> Do, Dictionary<AgreementState, AgreementState> To)> More => new()
    {
        ["approve as the last party"] = (a => ApproveAll(a), new()
        {
            [AgreementState.InNegotiation] = AgreementState.TextAgreed,
            [AgreementState.TextAgreed] = AgreementState.TextAgreed,
            [AgreementState.AwaitingDecision] = AgreementState.AwaitingDecision,
        }),
        ["sign as the last one"] = (a => SignAll(a), To(AgreementState.Active, AgreementState.AwaitingSignatures)),
        ["be ready to sign"] = (a => a.MustBeReadyToSign([]), Stays(AgreementState.TextAgreed)),
        ["await signatures"] = (a => a.MustAwaitSignatures(), Stays(AgreementState.AwaitingSignatures)),
        ["record paper"] = (a => a.RecordEvidence(Paper, a.TextHash, Word("officer"), Samples.Today), Stays(AgreementState.AwaitingSignatures)),
        ["attest paper"] = (a => Evidenced(a).Attest(1, Word("secretary"), _ => true, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now), Stays(AgreementState.AwaitingSignatures)),
        ["look for evidence"] = (a => Evidenced(a).MustAwaitAttestation(1), Stays(AgreementState.AwaitingSignatures)),
        ["halt signing"] = (a => a.HaltSigning(halted: true), Stays(AgreementState.AwaitingSignatures)),
        ["end signing elsewhere"] = (a => a.EndSigningElsewhere(Samples.Now), To(AgreementState.TextAgreed, AgreementState.AwaitingSignatures)),
        ["move section"] = (a => Moved(a, (id, etag) => a.MoveSection(id, etag, 1, Samples.Writer)), Edited),
        ["remove section"] = (a => Moved(a, (id, etag) => a.RemoveSection(id, etag, Samples.Writer)), Edited),
        ["approve section"] = (a => a.ApproveSection("activity", a.SectionWith("activity").Etag, Samples.Committee, "officer", Samples.Now), Stays(AgreementState.InNegotiation)),
        ["motivate a departure"] = (a => a.MotivateDeparture("x-rule", "", "D", [], Samples.Now), Stays(Open)),
        ["invite a municipality"] = (a => WithNeighbour(a).Invite("0580", Neighbour, "", Samples.Writer, Samples.Now), Edited),
        ["join"] = (a => Join(Invited(a)), Edited),
        ["leave"] = (a => JoinedBy(a).Leave("0580", "Nej.", [Samples.Rules], Samples.Writer, Samples.Now), Edited),
        ["decline a proposal"] = (a => Proposed(a).DeclineProposal(Samples.Committee, "Nej.", Samples.Now), Stays(Alive)),
        ["answer a renegotiation"] = (a => Asked(a).AnswerRenegotiation(1, Samples.Committee, agrees: true, "Gärna.", Samples.Now), Stays(Alive)),
        ["correct talks"] = (a => Talked(a).CorrectTalks(1, a.Terms.StartDate!.Value, Samples.Committee, "Vi vill det.", "Fel ord.", a.Terms.StartDate!.Value), Stays(Alive)),
        ["talk about the text"] = (a => a.MustBeOpenToTalk(), Stays(Open)),
        ["propose a text"] = (a => a.MustBeShared(), Stays(AgreementState.InNegotiation, AgreementState.TextAgreed, AgreementState.AwaitingDecision)),
        ["take a document"] = (a => a.MustTakeDocuments(), Stays([.. Open, AgreementState.AwaitingSignatures])),
    };

    // What the table tries, by the name of the method.
    private static readonly string[] Tried =
    [
        "ChangeTerms", "WriteSection", "Share", "Approve", "AddSection", "MoveSection", "RemoveSection", "ApproveSection", "MotivateDeparture", "RecordDecision", "OpenForSignatures", "Sign",
        "DeclineSignature", "WithdrawSigning", "Withdraw", "ProposeJointly", "DeclineProposal", "Rescind", "GiveNotice", "RequestRenegotiation", "AnswerRenegotiation", "ReportHardship", "RecordTalks", "CorrectTalks", "HearTalks",
        "Amend", "Extend", "SettleWindDown", "CloseWindDown", "Archive", "MustBeReadyToSign", "MustAwaitSignatures", "RecordEvidence", "Attest", "MustAwaitAttestation", "HaltSigning",
        "EndSigningElsewhere", "Invite", "Join", "Leave", "MustBeOpenToTalk", "MustBeShared", "MustTakeDocuments", "MustTakeDisputes", "PassLastDay", "ExpireSigning", "GiveUp",
    ];

    // What is read, noted or looked at in whatever state it is; Adopt, PassLeaving and the answers to an invitation have tests of their own.
    private static readonly string[] OfNoState =
    [
        "IsVisibleTo", "SectionWith", "AuthoritiesFor", "ValidityOn", "NeedsLegalCheck", "PackOf", "Admitted", "IsNew", "HasBeenTold",
        "NoteAid", "NoteCommittees", "HearCommittees", "NoteAnnouncement", "HearAnnouncement", "NoteEntrustment", "HearEntrustment", "MustSayEntrustment", "NoteProviderCase", "NoteReadiness", "RecordEvaluation", "DropAmendment", "DeriveRetention",
        "MustBeReadyAtLead", "MustBeCaseOf", "MustHaveBeenOpen", "MustHaveBeenSigned", "MustKeepTerm", "MustNotBeImport", "RemindSignatories", "Adopt", "PassLeaving", "WithdrawInvitation", "DeclineInvitation",
    ];

    public static TheoryData<AgreementState> AllStates => [.. States.Keys];

    [Fact]
    public void No_command_of_an_agreement_is_left_out()
    {
        var methods = typeof(Agreement).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName).Select(method => method.Name).Distinct();

        Assert.Equal(Tried.Concat(OfNoState).Order(StringComparer.Ordinal), methods.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_state_is_in_the_table() =>
        Assert.Equal(Enum.GetValues<AgreementState>().Where(state => state != AgreementState.Unspecified), States.Keys.Order());

    [Theory]
    [MemberData(nameof(AllStates))]
    public void Talks_that_a_follow_up_has_recorded_are_kept_by_what_is_in_force_and_move_nothing(AgreementState state)
    {
        var agreement = States[state]();
        var before = agreement.Life.Talks.Count;

        var kept = agreement.HearTalks(new HeardTalks(agreement.Terms.StartDate!.Value, "municipalities/1285/plans/x/checkIns/y", 2), PartySide.CivilSociety, "") > 0;

        Assert.Equal((Alive.Contains(state), state), (kept, agreement.State));
        Assert.Equal(kept ? before + 1 : before, agreement.Life.Talks.Count);
    }

    // The calendar asks for nothing: it moves what is due, and leaves all else as it is.
    [Theory]
    [MemberData(nameof(AllStates))]
    public void The_calendar_ends_what_is_in_force_and_what_is_to_be_signed_and_nothing_else(AgreementState state)
    {
        Expect(a => a.PassLastDay(a.Terms.EndDate!.Value.AddDays(1), Samples.Now), Alive.Contains(state) ? AgreementState.Expired : state);
        Expect(a => a.ExpireSigning(Samples.Plan.ExpireDate.AddDays(1), Samples.Now), state == AgreementState.AwaitingSignatures ? AgreementState.TextAgreed : state);
        Expect(
            a =>
            {
                a.GiveUp(Samples.Today, Samples.Now);
                return a.State == AgreementState.Withdrawn;
            },
            Open.Contains(state) || state == AgreementState.AwaitingSignatures ? AgreementState.Withdrawn : state);

        void Expect(Func<Agreement, bool> act, AgreementState expected)
        {
            var agreement = States[state]();
            var before = Picture(agreement);
            var moved = act(agreement);
            Assert.Equal(expected, agreement.State);
            Assert.Equal(expected == state, before == Picture(agreement));
            Assert.True(moved || expected == state);
        }
    }

    private static void ApproveAll(Agreement agreement)
    {
        foreach (var party in agreement.Terms.Parties)
        {
            agreement.Approve(party.PartyId, party.DisplayName, agreement.TextHash, [], Samples.Now, party.PartyId);
        }
    }

    private static void SignAll(Agreement agreement)
    {
        Sign(agreement, Samples.Committee, "chair");
        Sign(agreement, Samples.Association, "anna");
        Sign(agreement, Samples.Association, "bo");
    }

    // What is put in place first is approved anew, so that the command comes in the state that it is tried in.
    private static Agreement Prepared(Agreement agreement, Action<Agreement> prepare)
    {
        var state = agreement.State;
        if (!Open.Contains(state))
        {
            return agreement;
        }

        prepare(agreement);
        if (state is AgreementState.TextAgreed or AgreementState.AwaitingDecision)
        {
            ApproveAll(agreement);
        }

        Assert.Equal(state, agreement.State);
        return agreement;
    }

    private static Section Added(Agreement agreement) =>
        Prepared(agreement, a => a.AddSection("activity", a.SectionWith("activity").Etag, "Sommar", "Läger.", PartySide.Public, Samples.Now, Samples.Writer))
            .Sections.LastOrDefault(section => section.IsAdded) ?? agreement.Sections[0];

    private static void Moved(Agreement agreement, Action<string, string> act)
    {
        var section = Added(agreement);
        act(section.SectionId, section.Etag);
    }

    private static Agreement WithNeighbour(Agreement agreement) => Prepared(agreement, a => a.ChangeTerms(
        a.Terms with { Parties = [.. a.Terms.Parties, new Party(Neighbour, PartySide.Public, "Grannkommunen") { Kind = PublicPartyKind.OtherMunicipality }] }, Samples.Writer));

    private static Agreement Invited(Agreement agreement) => Prepared(WithNeighbour(agreement), a => a.Invite("0580", Neighbour, "", Samples.Writer, Samples.Now));

    private static Agreement JoinedBy(Agreement agreement) => Prepared(Invited(agreement), Join);

    private static void Join(Agreement agreement) => agreement.Join("0580", new Joining("p", Samples.Rules, [], new Origin()), Samples.Writer, Samples.Now);

    private static Attestation Word(string person) => new(person, person, Samples.Committee, Samples.Now);

    private static Agreement Evidenced(Agreement agreement)
    {
        if (agreement.State == AgreementState.AwaitingSignatures)
        {
            agreement.RecordEvidence(Paper, agreement.TextHash, Word("officer"), Samples.Today);
        }

        return agreement;
    }

    private static Agreement Proposed(Agreement agreement)
    {
        if (Alive.Contains(agreement.State))
        {
            agreement.ProposeJointly(ProposalKind.Terminate, Samples.Association, "Skäl.", null, Samples.Today, Samples.Now);
        }

        return agreement;
    }

    private static Agreement Asked(Agreement agreement)
    {
        if (Alive.Contains(agreement.State))
        {
            agreement.RequestRenegotiation(Samples.Association, "Behovet är ett annat.", Samples.Now);
        }

        return agreement;
    }

    private static Agreement Talked(Agreement agreement)
    {
        if (Alive.Contains(agreement.State))
        {
            agreement.RecordTalks(agreement.Terms.StartDate!.Value, Samples.Committee, "Vi vill fortsätta.", agreement.Terms.StartDate!.Value);
        }

        return agreement;
    }
}
