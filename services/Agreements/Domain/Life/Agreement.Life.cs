using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Agreements.Domain;

/// <summary>The life of an agreement in force. Whatever one party may do, every other may too.</summary>
public sealed partial class Agreement
{
    /// <summary>States in which the agreement binds the parties.</summary>
    public static readonly IReadOnlyList<AgreementState> Binding = [AgreementState.Active, AgreementState.Suspended];

    /// <summary>What has happened beside the text.</summary>
    public AgreementLife Life { get; private set; } = new();

    /// <summary>Last day in force as things stand: the end date, or an earlier end that is given or agreed; null without a term.</summary>
    public DateOnly? LastDay => LastDayOf(Terms, Life);

    public static DateOnly? LastDayOf(AgreementTerms terms, AgreementLife life) =>
        life.EndedDate ?? (life.EarlyEnd is { } early ? Earliest(terms.EndDate, early) : terms.EndDate);

    /// <summary>Proposes what all must want, or confirms what another party has proposed.</summary>
    /// <returns>Whether anything changed: the same word twice is one.</returns>
    public bool ProposeJointly(ProposalKind kind, string partyId, string reason, DateOnly? lastDay, DateOnly today, DateTimeOffset now)
    {
        MustBe(kind switch
        {
            ProposalKind.Suspend => [AgreementState.Active],
            ProposalKind.Resume => [AgreementState.Suspended],
            _ => [.. Binding],
        });
        if (Life.OpenProposal is not { } open)
        {
            MustBeInTerm(lastDay, today);
            var proposal = new JointProposal(kind, partyId, reason, kind == ProposalKind.Terminate ? lastDay ?? today : null, now) { ConfirmedBy = [partyId] };
            Life = Life with { Proposals = [.. Life.Proposals, proposal] };
            return true;
        }

        if (open.Kind != kind)
        {
            throw Refusal.Precondition("PROPOSAL_OPEN", Name, ("kind", open.Kind.ToUpperSnake()));
        }

        if (lastDay is not null && lastDay != open.LastDay)
        {
            throw Refusal.Precondition("PROPOSAL_DIFFERS", Name, ("date", open.LastDay is { } day ? Phrases.Date(day) : ""));
        }

        if (open.ConfirmedBy.Contains(partyId))
        {
            return false;
        }

        Confirm(open with { ConfirmedBy = [.. open.ConfirmedBy, partyId] }, today, now);
        return true;
    }

    /// <summary>Says no to what another party has proposed.</summary>
    public void DeclineProposal(string partyId, string reason, DateTimeOffset now)
    {
        MustBe([.. Binding]);
        var open = Life.OpenProposal ?? throw Refusal.Precondition("PROPOSAL_NOT_OPEN", Name);
        Settle(open, ProposalOutcome.Declined, partyId, reason, now);
    }

    /// <summary>he-termination-right: rescinds at once on a ground that the agreement names.</summary>
    public void Rescind(string partyId, int ground, string reason, DateOnly today, DateTimeOffset now)
    {
        MustBe([.. Binding]);
        var grounds = Terms.Ending.RescissionGrounds;
        if (ground < 1 || ground > grounds.Count)
        {
            throw Refusal.Precondition("GROUND_NOT_NAMED", Name, ("count", $"{grounds.Count}"));
        }

        Life = Life with { Endings = [.. Life.Endings, new Ending(EndingKind.Rescission, partyId, today, reason, now) { Ground = grounds[ground - 1] }] };
        End(AgreementState.Rescinded, today, now);
    }

    /// <summary>he-renegotiation-any-party: a right of each party, that nothing follows from.</summary>
    public void RequestRenegotiation(string partyId, string reason, DateTimeOffset now)
    {
        MustBe([.. Binding]);
        if (!Terms.Ending.MayRenegotiate(partyId))
        {
            throw Refusal.Precondition("RENEGOTIATION_NOT_AGREED", Name, ("party", partyId));
        }

        Life = Life with { Renegotiations = [.. Life.Renegotiations, new Renegotiation(Life.Renegotiations.Count + 1, partyId, reason, now)] };
    }

    /// <summary>Answers another party's wish to renegotiate.</summary>
    public void AnswerRenegotiation(int number, string partyId, bool agrees, string answer, DateTimeOffset now)
    {
        MustBe([.. Binding]);
        var asked = Life.Renegotiations.FirstOrDefault(one => one.Number == number) ?? throw Refusal.NotFound("RENEGOTIATION_NOT_FOUND", Name);
        if (asked.PartyId == partyId || asked.Answers.Any(given => given.PartyId == partyId))
        {
            throw Refusal.Precondition("ALREADY_ANSWERED", Name, ("party", partyId));
        }

        var answered = asked with { Answers = [.. asked.Answers, new RenegotiationAnswer(partyId, agrees, answer, now)] };
        Life = Life with { Renegotiations = [.. Life.Renegotiations.Select(one => one.Number == number ? answered : one)] };
    }

    /// <summary>he-external-circumstances: what makes the agreement hard to keep, without anyone's fault.</summary>
    public void ReportHardship(string partyId, HardshipEvent what, string effect, string measures, DateTimeOffset now)
    {
        MustBe([.. Binding]);
        Life = Life with { Hardships = [.. Life.Hardships, new Hardship(partyId, what, effect, measures, now)] };
    }

    private void Confirm(JointProposal proposal, DateOnly today, DateTimeOffset now)
    {
        if (!RemainingParties.All(party => proposal.ConfirmedBy.Contains(party.PartyId)))
        {
            Life = Life with { Proposals = [.. Life.Proposals.SkipLast(1), proposal] };
            return;
        }

        Settle(proposal, ProposalOutcome.Agreed, proposal.ConfirmedBy[^1], "", now);
        switch (proposal.Kind)
        {
            case ProposalKind.Suspend:
                State = AgreementState.Suspended;
                break;
            case ProposalKind.Resume:
                State = AgreementState.Active;
                break;
            default:
                Terminate(proposal, today, now);
                break;
        }
    }

    private void Terminate(JointProposal proposal, DateOnly today, DateTimeOffset now)
    {
        // A word that came after the day that was proposed ends it on the day of the word: nothing ends in the past.
        var last = proposal.LastDay is { } day && day > today ? day : today;
        Life = Life with { Endings = [.. Life.Endings, new Ending(EndingKind.Mutual, proposal.PartyId, last, proposal.Reason, now)] };
        if (last == today)
        {
            End(AgreementState.Terminated, today, now);
        }
    }

    private void Settle(JointProposal open, ProposalOutcome outcome, string partyId, string reason, DateTimeOffset now) => Life = Life with
    {
        Proposals = [.. Life.Proposals.SkipLast(1), open with { Outcome = outcome, OutcomePartyId = partyId, OutcomeReason = reason, OutcomeTime = now }],
    };

    private void MustBeInTerm(DateOnly? lastDay, DateOnly today)
    {
        if (lastDay is { } day && (day < today || day > Terms.EndDate))
        {
            throw Refusal.Input(new FieldFault("last_date", "DATE_OUTSIDE_TERM"));
        }
    }

    private static DateOnly? Earliest(DateOnly? one, DateOnly other) => one is { } day && day < other ? day : other;
}
