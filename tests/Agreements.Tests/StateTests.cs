using System.Text.Json;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;

namespace Iop.Agreements.Tests;

public sealed class StateTests
{
    private static readonly AgreementState[] Alive = [AgreementState.Active, AgreementState.Suspended];
    private static readonly AgreementState[] Unsettled = [AgreementState.Expired, AgreementState.Terminated, AgreementState.Rescinded];

    private static readonly WindDownItem[] AllSettled =
        [.. Enum.GetValues<WindDownKind>().Where(kind => kind != WindDownKind.Unspecified).Select(kind => new WindDownItem(kind, Samples.Today, "Klart."))];

    private static readonly Dictionary<AgreementState, Func<Agreement>> States = new()
    {
        [AgreementState.Drafting] = () => Samples.Drafted(),
        [AgreementState.InNegotiation] = Samples.Negotiated,
        [AgreementState.TextAgreed] = Samples.TextAgreed,
        [AgreementState.AwaitingDecision] = Samples.AwaitingDecision,
        [AgreementState.AwaitingSignatures] = () => Samples.InSigning(),
        [AgreementState.Active] = Samples.Active,
        [AgreementState.Suspended] = () => After(a => Both(a, ProposalKind.Suspend)),
        [AgreementState.Expired] = () => After(a => a.PassLastDay(a.Terms.EndDate!.Value.AddDays(1), Samples.Now)),
        [AgreementState.Terminated] = () => After(a => Both(a, ProposalKind.Terminate)),
        [AgreementState.Rescinded] = () => After(Rescind),
        [AgreementState.WoundDown] = () => After(Rescind, a => a.CloseWindDown(AllSettled)),
        [AgreementState.Archived] = () => After(Rescind, a => a.CloseWindDown(AllSettled), a => a.Archive()),
        [AgreementState.Adopted] = () => Signed(Samples.Active().Amend(PartySide.Public, Samples.Committee, "Ny tid.", Samples.Today, Samples.Writer)),
        [AgreementState.Withdrawn] = () =>
        {
            var agreement = Samples.Negotiated();
            agreement.Withdraw(Samples.Today);
            return agreement;
        },
    };

    // Where an edit leads: back to the negotiation once anyone else has seen the text.
    private static readonly Dictionary<AgreementState, AgreementState> Edited = new()
    {
        [AgreementState.Drafting] = AgreementState.Drafting,
        [AgreementState.InNegotiation] = AgreementState.InNegotiation,
        [AgreementState.TextAgreed] = AgreementState.InNegotiation,
        [AgreementState.AwaitingDecision] = AgreementState.InNegotiation,
    };

    // Each command, and the state that it leads to from each state that allows it.
    private static readonly Dictionary<string, (Action<Agreement> Do, Dictionary<AgreementState, AgreementState> To)> Commands = new()
    {
        ["change terms"] = (a => a.ChangeTerms(a.Terms with { Title = "Nytt" }, Samples.Writer), Edited),
        ["write section"] = (a => Write(a, "Ny text."), Edited),
        ["share"] = (a => a.Share(Samples.Now), new() { [AgreementState.Drafting] = AgreementState.InNegotiation }),
        ["approve"] = (a => a.Approve(Samples.Committee, "K", a.TextHash, [], Samples.Now), new()
        {
            [AgreementState.InNegotiation] = AgreementState.InNegotiation,
            [AgreementState.TextAgreed] = AgreementState.TextAgreed,
            [AgreementState.AwaitingDecision] = AgreementState.AwaitingDecision,
        }),
        ["add section"] = (a => a.AddSection("activity", a.SectionWith("activity").Etag, "Sommar", "", PartySide.Public, Samples.Now, Samples.Writer), Edited),
        ["approve by decision"] = (a => a.RecordDecision(Samples.Decision(), "decider", "D"), new() { [AgreementState.AwaitingDecision] = AgreementState.TextAgreed }),
        ["return by decision"] = (a => a.RecordDecision(Samples.Decision(TextDecisionOutcome.Returned), "decider", "D"), new() { [AgreementState.AwaitingDecision] = AgreementState.InNegotiation }),
        ["open for signatures"] = (a => a.OpenForSignatures(Samples.Requirements(), Samples.Plan), new() { [AgreementState.TextAgreed] = AgreementState.AwaitingSignatures }),
        ["sign"] = (a => Sign(a, Samples.Committee, "chair"), new() { [AgreementState.AwaitingSignatures] = AgreementState.AwaitingSignatures }),
        ["decline"] = (a => a.DeclineSignature(Samples.Association, "anna", "Nej.", Samples.Now), new() { [AgreementState.AwaitingSignatures] = AgreementState.InNegotiation }),
        ["withdraw signing"] = (a => a.WithdrawSigning(Samples.Committee, "Fel.", Samples.Now), new() { [AgreementState.AwaitingSignatures] = AgreementState.TextAgreed }),
        ["withdraw"] = (a => a.Withdraw(Samples.Today), To(AgreementState.Withdrawn, AgreementState.Drafting, AgreementState.InNegotiation, AgreementState.TextAgreed, AgreementState.AwaitingDecision)),
        ["suspend together"] = (a => Both(a, ProposalKind.Suspend), To(AgreementState.Suspended, AgreementState.Active)),
        ["resume together"] = (a => Both(a, ProposalKind.Resume), To(AgreementState.Active, AgreementState.Suspended)),
        ["terminate together"] = (a => Both(a, ProposalKind.Terminate), To(AgreementState.Terminated, Alive)),
        ["rescind"] = (Rescind, To(AgreementState.Rescinded, Alive)),
        ["give notice"] = (a => a.GiveNotice(Samples.Association, "Vi räcker inte till.", Samples.Today, Samples.Now), Stays(Alive)),
        ["ask for renegotiation"] = (a => a.RequestRenegotiation(Samples.Association, "Behovet är ett annat.", Samples.Now), Stays(Alive)),
        ["report hardship"] = (a => a.ReportHardship(Samples.Association, HardshipEvent.Premises, "Stängt.", "Vi lånar en lokal.", Samples.Now), Stays(Alive)),
        ["record talks"] = (a => a.RecordTalks(a.Terms.StartDate!.Value, Samples.Committee, "Vi vill fortsätta.", a.Terms.StartDate!.Value), Stays(Alive)),
        ["amend"] = (a => a.Amend(PartySide.CivilSociety, Samples.Association, "Ny målgrupp.", Samples.Today, Samples.Writer), Stays(Alive)),
        ["extend"] = (a => Extend(a), Stays(AgreementState.Active)),
        ["settle one thing"] = (a => a.SettleWindDown(AllSettled[0]), Stays(Unsettled)),
        ["close the wind-down"] = (a => a.CloseWindDown(AllSettled), To(AgreementState.WoundDown, Unsettled)),
        ["archive"] = (a => a.Archive(), To(AgreementState.Archived, AgreementState.WoundDown)),
        ["open a dispute"] = (a => Dispute.Open(a, DisputeType.Activity, "Text", Samples.Committee, ""), Stays([.. Alive, .. Unsettled])),
    };

    public static TheoryData<string, AgreementState> Table
    {
        get
        {
            var table = new TheoryData<string, AgreementState>();
            foreach (var command in Commands.Keys)
            {
                foreach (var state in States.Keys)
                {
                    table.Add(command, state);
                }
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_command_leads_where_the_table_says_or_is_refused_and_changes_nothing(string command, AgreementState state)
    {
        var agreement = States[state]();
        Assert.Equal(state, agreement.State);
        var (act, to) = Commands[command];
        if (to.TryGetValue(state, out var expected))
        {
            act(agreement);
            Assert.Equal(expected, agreement.State);
            return;
        }

        var before = Picture(agreement);
        var refusal = Assert.Throws<Refusal>(() => act(agreement));

        Assert.Equal((RefusalKind.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED"), (refusal.Kind, refusal.Reason));
        Assert.Equal(Agreement.Word(state), refusal.Metadata["state"]);
        Assert.NotEmpty(refusal.Metadata["allowed"]);
        Assert.Equal(before, Picture(agreement));
    }

    [Fact]
    public void The_last_approval_makes_the_text_agreed_and_an_edit_voids_all()
    {
        var agreement = Samples.Negotiated();
        agreement.Approve(Samples.Committee, "K", agreement.TextHash, [], Samples.Now);
        Assert.Equal(AgreementState.InNegotiation, agreement.State);
        agreement.Approve(Samples.Association, "F", agreement.TextHash, [], Samples.Now);
        Assert.Equal((AgreementState.TextAgreed, 2), (agreement.State, agreement.Approvals.Count));

        Write(agreement, "Ändrad.");

        Assert.Equal(AgreementState.InNegotiation, agreement.State);
        Assert.Empty(agreement.Approvals);
        Assert.Null(agreement.TextAgreedTime);
    }

    [Fact]
    public void An_edit_that_changes_nothing_voids_nothing()
    {
        var agreement = Samples.TextAgreed();

        Assert.False(Write(agreement, agreement.Sections[2].Text));
        Assert.Equal(AgreementState.TextAgreed, agreement.State);
    }

    [Fact]
    public void The_same_approval_twice_is_one()
    {
        var agreement = Samples.Negotiated();

        Assert.True(agreement.Approve(Samples.Committee, "K", agreement.TextHash, [], Samples.Now));
        Assert.False(agreement.Approve(Samples.Committee, "K", agreement.TextHash, [], Samples.Now));
        Assert.Single(agreement.Approvals);
    }

    [Fact]
    public void Another_text_than_the_one_read_is_not_approved() =>
        Refused("TEXT_HASH_MISMATCH", Samples.Negotiated(), a => a.Approve(Samples.Committee, "K", new string('0', 64), [], Samples.Now));

    [Fact]
    public void A_blocking_finding_stops_the_approval_and_is_named()
    {
        var refusal = Refused("AGREEMENT_CHECK_FAILED", Samples.Negotiated(), a => a.Approve(
            Samples.Committee, "K", a.TextHash, [new Finding("section-empty", "x-goals", Blocking: true, "goals", ""), new Finding("contact-missing", "", Blocking: false, "", "contacts")], Samples.Now));

        Assert.Equal("x-goals", refusal.Metadata["rules"]);
    }

    [Fact]
    public void Two_jointly_sign_before_the_agreement_is_active()
    {
        var agreement = Samples.InSigning(jointly: 2);

        Assert.False(Sign(agreement, Samples.Committee, "chair"));
        Assert.False(Sign(agreement, Samples.Association, "anna"));
        Assert.Equal(AgreementState.AwaitingSignatures, agreement.State);
        Assert.True(Sign(agreement, Samples.Association, "bo"));
        Assert.Equal((AgreementState.Active, 1, Samples.Now), (agreement.State, agreement.Version, agreement.ActivateTime!.Value));
        Assert.All(agreement.Signatures, signature => Assert.Equal(agreement.TextHash, signature.TextHash));
        Assert.Equal("Öppna Famnen Eslöv", agreement.Signatures[1].OnBehalfOf);
    }

    [Theory]
    [InlineData("someone", "loa3", true, "SIGNATORY_NOT_AUTHORISED")]
    [InlineData("anna", "loa3", false, "SIGNATORY_NOT_AUTHORISED")]
    [InlineData("anna", "loa2", true, "ASSURANCE_LEVEL_TOO_LOW")]
    [InlineData("anna", "", true, "ASSURANCE_LEVEL_TOO_LOW")]
    public void One_who_may_not_sign_is_refused(string person, string level, bool authorised, string reason) =>
        Refused(reason, Samples.InSigning(), a => a.Sign(Samples.Association, Samples.Signer(person, level, authorised), a.TextHash, Samples.Rules.Signing.MinimumAssurance, Samples.Now));

    [Theory]
    [InlineData("loa3")]
    [InlineData("loa4")]
    [InlineData("http://id.elegnamnden.se/loa/1.0/loa3")]
    [InlineData("substantial")]
    public void A_level_that_is_enough_is_enough_however_it_is_written(string level)
    {
        var agreement = Samples.InSigning();
        agreement.Sign(Samples.Association, Samples.Signer("anna", level), agreement.TextHash, Samples.Rules.Signing.MinimumAssurance, Samples.Now);
        Assert.Equal(level, Assert.Single(agreement.Signatures).AssuranceLevel);
    }

    [Fact]
    public void No_one_signs_twice_or_another_text_or_declines_after_signing()
    {
        var agreement = Samples.InSigning();
        Sign(agreement, Samples.Association, "anna");

        Refused("ALREADY_SIGNED", agreement, a => Sign(a, Samples.Association, "anna"));
        Refused("ALREADY_SIGNED", agreement, a => a.DeclineSignature(Samples.Association, "anna", "Nej.", Samples.Now));
        Refused("SIGNATORY_NOT_AUTHORISED", agreement, a => a.DeclineSignature(Samples.Association, "chair", "Nej.", Samples.Now));
        Refused("TEXT_HASH_MISMATCH", agreement, a => a.Sign(Samples.Association, Samples.Signer("bo"), new string('0', 64), AssuranceLevel.Unknown, Samples.Now));
    }

    [Fact]
    public void Declining_voids_signatures_and_approvals_and_keeps_them_in_sight()
    {
        var agreement = Samples.InSigning();
        Sign(agreement, Samples.Committee, "chair");

        agreement.DeclineSignature(Samples.Association, "anna", "Nej.", Samples.Now);

        Assert.True(Assert.Single(agreement.Signatures).Voided);
        Assert.Empty(agreement.Approvals);
    }

    [Fact]
    public void Withdrawing_voids_signatures_and_lets_approvals_stand()
    {
        var agreement = Samples.InSigning();
        Sign(agreement, Samples.Committee, "chair");

        agreement.WithdrawSigning(Samples.Committee, "Fel.", Samples.Now);
        agreement.OpenForSignatures(Samples.Requirements(), Samples.Plan);
        Sign(agreement, Samples.Committee, "chair");

        Assert.Equal([true, false], agreement.Signatures.Select(signature => signature.Voided));
        Assert.Equal(2, agreement.Approvals.Count);
    }

    [Fact]
    public void Signing_does_not_open_for_a_party_that_no_one_can_sign_for()
    {
        var refusal = Refused("SIGNATORIES_MISSING", Samples.TextAgreed(), a => a.OpenForSignatures([Samples.Requirements()[0], new SignatureRequirement(Samples.Association, 1, [])], Samples.Plan));

        Assert.Equal(Samples.Association, refusal.Metadata["parties"]);
    }

    [Fact]
    public void A_draft_is_seen_by_the_side_that_writes_it_alone()
    {
        var draft = Samples.Drafted(PartySide.CivilSociety);

        Assert.True(draft.IsVisibleTo(PartySide.CivilSociety));
        Assert.False(draft.IsVisibleTo(PartySide.Public));
        draft.Share(Samples.Now);
        Assert.True(draft.IsVisibleTo(PartySide.Public));
        Assert.False(draft.IsVisibleTo(PartySide.Unspecified));
    }

    internal static string Picture(Agreement agreement) => JsonSerializer.Serialize(agreement);

    private static Agreement After(params Action<Agreement>[] steps)
    {
        var agreement = Samples.Active();
        foreach (var step in steps)
        {
            step(agreement);
        }

        return agreement;
    }

    internal static void Both(Agreement agreement, ProposalKind kind)
    {
        agreement.ProposeJointly(kind, Samples.Association, "Skäl.", null, Samples.Today, Samples.Now);
        agreement.ProposeJointly(kind, Samples.Committee, "Vi håller med.", null, Samples.Today, Samples.Now);
    }

    internal static Agreement Extend(Agreement agreement)
    {
        if (agreement.State == AgreementState.Active)
        {
            agreement.RecordTalks(agreement.Terms.StartDate!.Value, Samples.Committee, "Vi vill fortsätta.", agreement.Terms.StartDate!.Value);
            agreement.RecordEvaluation(new EvaluationNote(Verdict.Partly, Samples.Now, "plan"));
        }

        return agreement.Extend(PartySide.Public, Samples.Committee, "", 0, Samples.Rules, Samples.Today, Samples.Writer);
    }

    internal static Agreement Signed(Agreement draft)
    {
        draft.Share(Samples.Now);
        draft.Approve(Samples.Committee, "K", draft.TextHash, [], Samples.Now);
        draft.Approve(Samples.Association, "F", draft.TextHash, [], Samples.Now);
        draft.OpenForSignatures(Samples.Requirements(jointly: 1), Samples.Plan);
        Sign(draft, Samples.Committee, "chair");
        Sign(draft, Samples.Association, "anna");
        return draft;
    }

    private static void Rescind(Agreement agreement) => agreement.Rescind(Samples.Committee, 1, "Det strider mot lag.", Samples.Today, Samples.Now);

    private static Dictionary<AgreementState, AgreementState> To(AgreementState to, params AgreementState[] from) => from.ToDictionary(state => state, _ => to);

    private static Dictionary<AgreementState, AgreementState> Stays(params AgreementState[] states) => states.ToDictionary(state => state);

    private static bool Write(Agreement agreement, string text) =>
        agreement.WriteSection("activity", agreement.Sections[2].Etag, new SectionEdit(text, null, null), PartySide.Public, Samples.Now, Samples.Writer);

    private static bool Sign(Agreement agreement, string party, string person) =>
        agreement.Sign(party, Samples.Signer(person), agreement.TextHash, Samples.Rules.Signing.MinimumAssurance, Samples.Now);

    internal static Refusal Refused(string reason, Agreement agreement, Action<Agreement> act)
    {
        var before = Picture(agreement);
        var refusal = Assert.Throws<Refusal>(() => act(agreement));
        Assert.Equal(reason, refusal.Reason);
        Assert.Equal(before, Picture(agreement));
        return refusal;
    }
}
