using System.Text.Json;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;

namespace Iop.Agreements.Tests;

/// <summary>Every state with every command: where it leads, and that it is refused everywhere else. The second half stands beside.</summary>
public sealed partial class StateTests
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
            foreach (var command in Commands.Keys.Concat(More.Keys))
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
        var (act, to) = Commands.TryGetValue(command, out var known) ? known : More[command];
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

    internal static bool Write(Agreement agreement, string text) =>
        agreement.WriteSection("activity", agreement.Sections[2].Etag, new SectionEdit(text, null, null), PartySide.Public, Samples.Now, Samples.Writer);

    internal static bool Sign(Agreement agreement, string party, string person) =>
        agreement.Sign(party, Samples.Signer(person), agreement.TextHash, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Samples.Now);

    internal static Refusal Refused(string reason, Agreement agreement, Action<Agreement> act)
    {
        var refusal = RefusedAny(agreement, act);
        Assert.Equal(reason, refusal.Reason);
        return refusal;
    }

    internal static Refusal RefusedAny(Agreement agreement, Action<Agreement> act)
    {
        var before = Picture(agreement);
        var refusal = Assert.Throws<Refusal>(() => act(agreement));
        Assert.Equal(before, Picture(agreement));
        return refusal;
    }
}
