using Iop.Agreements.Domain;
using Iop.Platform.Errors;

namespace Iop.Agreements.Tests;

/// <summary>One walk through the life of an agreement and the drafts of its new versions.</summary>
internal sealed class LifeWalk(int seed)
{
    private static readonly HashSet<(AgreementState From, AgreementState To)> Moves =
    [
        (AgreementState.Active, AgreementState.Suspended),
        (AgreementState.Suspended, AgreementState.Active),
        (AgreementState.Active, AgreementState.Expired),
        (AgreementState.Suspended, AgreementState.Expired),
        (AgreementState.Active, AgreementState.Terminated),
        (AgreementState.Suspended, AgreementState.Terminated),
        (AgreementState.Active, AgreementState.Rescinded),
        (AgreementState.Suspended, AgreementState.Rescinded),
        (AgreementState.Expired, AgreementState.WoundDown),
        (AgreementState.Terminated, AgreementState.WoundDown),
        (AgreementState.Rescinded, AgreementState.WoundDown),
        (AgreementState.WoundDown, AgreementState.Archived),
    ];

    private static readonly HashSet<(AgreementState From, AgreementState To)> DraftMoves =
    [
        (AgreementState.Drafting, AgreementState.InNegotiation),
        (AgreementState.InNegotiation, AgreementState.TextAgreed),
        (AgreementState.TextAgreed, AgreementState.InNegotiation),
        (AgreementState.TextAgreed, AgreementState.AwaitingSignatures),
        (AgreementState.AwaitingSignatures, AgreementState.InNegotiation),
        (AgreementState.AwaitingSignatures, AgreementState.TextAgreed),
        (AgreementState.AwaitingSignatures, AgreementState.Adopted),
        (AgreementState.Drafting, AgreementState.Withdrawn),
        (AgreementState.InNegotiation, AgreementState.Withdrawn),
        (AgreementState.TextAgreed, AgreementState.Withdrawn),
        (AgreementState.AwaitingSignatures, AgreementState.Withdrawn),
    ];

    private static readonly string[] Parties = [Samples.Committee, Samples.Association];
    private readonly Random _random = new(seed);
    private readonly Dictionary<int, string> _texts = [];
    private DateOnly _today = new(2027, 1, 1);

    public Agreement Agreement { get; } = Samples.Active();

    public Agreement? Draft { get; private set; }

    private DateTimeOffset Now => Calendar.StartOf(_today);

    private string Party => Parties[_random.Next(2)];

    public void StepAndCheck()
    {
        var draft = Draft;
        var (state, signatures, version, hash) = (Agreement.State, Agreement.Signatures, Agreement.Version, Agreement.TextHash);
        var (draftState, draftSignatures) = (draft?.State, draft?.Signatures ?? []);
        var pictures = (StateTests.Picture(Agreement), draft is null ? "" : StateTests.Picture(draft));
        try
        {
            Step();
        }
        catch (Refusal refusal)
        {
            Assert.NotEqual(RefusalKind.Internal, refusal.Kind);
            Assert.Equal(pictures, (StateTests.Picture(Agreement), draft is null ? "" : StateTests.Picture(draft)));
        }

        Assert.True(Agreement.State == state || Moves.Contains((state, Agreement.State)), $"{state} became {Agreement.State}");
        Assert.True(draft is null || draft.State == draftState || DraftMoves.Contains((draftState!.Value, draft.State)), $"{draftState} became {draft?.State}");
        AssertKept(signatures, Agreement.Signatures);
        AssertKept(draftSignatures, draft?.Signatures ?? []);

        // A version has one text for good, and a new text is a new version.
        Assert.True(Agreement.Version == version ? Agreement.TextHash == hash : Agreement.Version == version + 1);
        _texts.TryAdd(Agreement.Version, Agreement.TextHash);
        Assert.Equal(_texts[Agreement.Version], Agreement.TextHash);
        AssertTrue();
    }

    private void Step()
    {
        var kind = _random.Next(30);
        if (kind < 12)
        {
            StepDraft();
        }
        else if (kind < 24)
        {
            StepAlive(kind);
        }
        else
        {
            StepEnd(kind);
        }
    }

    private void StepAlive(int kind)
    {
        switch (kind)
        {
            case 12 or 13:
                Agreement.ProposeJointly((ProposalKind)_random.Next(1, 3), Party, "Skäl.", null, _today, Now);
                break;
            case 14:
                Agreement.DeclineProposal(Party, "Nej.", Now);
                break;
            case 15:
                Agreement.RequestRenegotiation(Party, "Skäl.", Now);
                break;
            case 16:
                Agreement.AnswerRenegotiation(_random.Next(1, 4), Party, agrees: true, "Ja.", Now);
                break;
            case 17:
                Agreement.ReportHardship(Party, HardshipEvent.Crisis, "Effekt.", "Åtgärd.", Now);
                break;
            case 18:
                Agreement.RecordTalks(_today.AddDays(_random.Next(-3, 2)), Party, "Ja.", _today);
                break;
            case 19:
                Agreement.RecordEvaluation(new EvaluationNote((Verdict)_random.Next(1, 5), Now, "plan"));
                break;
            case 20 or 21:
                Draft = Agreement.Amend(PartySide.Public, Party, "Ny tid.", _today, Samples.Writer);
                break;
            case 22:
                Draft = Agreement.Extend(PartySide.Public, Party, "Det går bra.", _random.Next(0, 15), Samples.Rules, _today, Samples.Writer);
                break;
            default:
                _today = _today.AddDays(_random.Next(30, 500));
                End(Agreement.PassLastDay(_today, Now));
                break;
        }
    }

    private void StepEnd(int kind)
    {
        var was = Agreement.State;
        switch (kind)
        {
            case 24 when _random.Next(6) == 0:
                Agreement.ProposeJointly(ProposalKind.Terminate, Party, "Skäl.", _random.Next(2) == 0 ? null : _today.AddDays(40), _today, Now);
                break;
            case 25 when _random.Next(8) == 0:
                Agreement.GiveNotice(Party, "Skäl.", _today, Now);
                break;
            case 26 when _random.Next(20) == 0:
                Agreement.Rescind(Party, _random.Next(0, 3), "Skäl.", _today, Now);
                break;
            case 27:
                Agreement.SettleWindDown(Settled());
                break;
            case 28:
                Agreement.CloseWindDown(_random.Next(2) == 0 ? [Settled()] : [.. Enumerable.Range(1, 4).Select(kind => new WindDownItem((WindDownKind)kind, _today, "Klart."))]);
                break;
            case 29:
                Agreement.Archive();
                break;
            default:
                break;
        }

        End(Iop.Agreements.Domain.Agreement.Binding.Contains(was) && !Iop.Agreements.Domain.Agreement.Binding.Contains(Agreement.State));
    }

    private void StepDraft()
    {
        if (Draft is not { } draft)
        {
            return;
        }

        var (party, person) = (Party, new[] { "chair", "anna", "bo" }[_random.Next(3)]);
        switch (_random.Next(16))
        {
            case 0 or 1:
                draft.Share(Now);
                break;
            case < 7:
                draft.Approve(party, "A", draft.TextHash, [], Now);
                break;
            case < 9:
                draft.OpenForSignatures(Samples.Requirements(jointly: 1), new SigningPlan(Now, _today, _today.AddDays(30), 7) { Ordered = _random.Next(2) == 0 });
                break;
            case 9 when _random.Next(4) == 0:
                draft.Withdraw(_today);
                Agreement.DropAmendment();
                break;
            case 10 when _random.Next(3) == 0:
                draft.DeclineSignature(party, person, "Nej.", Now);
                break;
            case 11:
                draft.ExpireSigning(_today, Now);
                break;
            case 12 when _random.Next(3) == 0:
                draft.ChangeTerms(draft.Terms with { Title = $"Titel {_random.Next(9)}" }, Samples.Writer);
                break;
            default:
                if (draft.Sign(party, Samples.Signer(person), draft.TextHash, Samples.Rules.Signing.MinimumFor(SignedDocument.Agreement), Now))
                {
                    Agreement.Adopt(draft, Now);
                }

                break;
        }
    }

    // What follows from an end, as the service does it in the same transaction.
    private void End(bool ended)
    {
        if (ended && Agreement.Life.OpenAmendment is not null)
        {
            Agreement.DropAmendment();
            Draft!.GiveUp(_today, Now);
        }
    }

    private WindDownItem Settled() => new((WindDownKind)_random.Next(1, 5), _today, "Klart.");

    private void AssertTrue()
    {
        Assert.Equal(Agreement.Life.EndedDate is null, Iop.Agreements.Domain.Agreement.Binding.Contains(Agreement.State));
        Assert.True(Agreement.Life.EndedDate is null || (Agreement.Life.EndedDate <= Agreement.Terms.EndDate && Agreement.Life.EndedDate <= _today), "it ended within its term and not ahead of time");
        Assert.True(Agreement.Life.OpenProposal is null || Iop.Agreements.Domain.Agreement.Binding.Contains(Agreement.State), "nothing is proposed about what has ended");
        Assert.Equal(Agreement.Life.OpenAmendment, Draft is { State: not (AgreementState.Adopted or AgreementState.Withdrawn) } ? Draft.Id : null);
        Assert.True(Agreement.Life.ExtensionCount <= Agreement.Terms.Extension.MaxCount, "extended more often than agreed");
        List<Signature> present = [.. Agreement.Signatures.Where(signature => signature.Version == Agreement.Version)];
        Assert.All(Agreement.FixedRequirements, requirement => Assert.True(requirement.IsFulfilledBy(present)));
        Assert.All(present.Where(signature => !signature.Voided), signature => Assert.Equal(Agreement.TextHash, signature.TextHash));
    }

    private static void AssertKept(IReadOnlyList<Signature> before, IReadOnlyList<Signature> after)
    {
        Assert.True(after.Count >= before.Count, "a signature was lost");
        for (var i = 0; i < before.Count; i++)
        {
            Assert.Equal(before[i] with { Voided = after[i].Voided }, after[i]);
            Assert.True(after[i].Voided || !before[i].Voided, "a voided signature came alive");
        }
    }
}
