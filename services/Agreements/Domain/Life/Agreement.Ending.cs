using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Agreements.Domain;

/// <summary>The end of an agreement and what comes after it.</summary>
public sealed partial class Agreement
{
    private static readonly AgreementState[] Unsettled = [AgreementState.Expired, AgreementState.Terminated, AgreementState.Rescinded];
    private static readonly AgreementState[] Unsigned = [AgreementState.Drafting, AgreementState.InNegotiation, AgreementState.TextAgreed, AgreementState.AwaitingDecision];

    /// <summary>Lets the calendar do what nobody needs to ask for.</summary>
    /// <returns>Whether the agreement has ended with this.</returns>
    public bool PassLastDay(DateOnly today, DateTimeOffset now)
    {
        if (!Binding.Contains(State) || LastDay is not { } last || today <= last)
        {
            return false;
        }

        End(last < Terms.EndDate ? AgreementState.Terminated : AgreementState.Expired, last, now);
        return true;
    }

    /// <summary>Gives up a draft before it is signed.</summary>
    public void Withdraw(DateOnly today)
    {
        MustBe(Unsigned);
        State = AgreementState.Withdrawn;
        (Approvals, TextAgreedTime) = ([], null);
        Life = Life with { EndedDate = today };
    }

    /// <summary>Ends a draft of a version that can never come into force, wherever it stands.</summary>
    public void GiveUp(DateOnly today, DateTimeOffset now)
    {
        if (State == AgreementState.AwaitingSignatures)
        {
            LeaveSigning(RoundOutcome.Withdrawn, "", "", now);
            State = AgreementState.TextAgreed;
        }

        if (Unsigned.Contains(State))
        {
            Withdraw(today);
        }
    }

    public void SettleWindDown(WindDownItem item)
    {
        MustBe(Unsettled);
        Life = Life with { WindDown = [.. Life.WindDown.Where(other => other.Kind != item.Kind), item] };
    }

    /// <summary>Closes the wind-down when each kind of thing is settled.</summary>
    public void CloseWindDown(IReadOnlyList<WindDownItem> items)
    {
        MustBe(Unsettled);
        List<WindDownItem> settled = [.. Life.WindDown.Where(old => items.All(item => item.Kind != old.Kind)), .. items];
        var missing = Enum.GetValues<WindDownKind>().Where(kind => kind != WindDownKind.Unspecified && settled.All(item => item.Kind != kind)).ToList();
        if (missing.Count > 0)
        {
            throw Refusal.Precondition("WIND_DOWN_INCOMPLETE", Name, ("missing", string.Join(", ", missing.Select(kind => kind.ToUpperSnake()))));
        }

        Life = Life with { WindDown = settled };
        State = AgreementState.WoundDown;
    }

    public void Archive()
    {
        MustBe(AgreementState.WoundDown);
        State = AgreementState.Archived;
    }

    /// <summary>Whether it binds the parties on a day, and why.</summary>
    public (bool Valid, IReadOnlyList<ValidityReason> Reasons) ValidityOn(DateOnly day) => ValidityRules.Of(State, Terms, Life, day);

    private void End(AgreementState how, DateOnly lastDay, DateTimeOffset now)
    {
        if (Life.OpenProposal is { } open)
        {
            Settle(open, ProposalOutcome.Lapsed, "", "", now);
        }

        State = how;
        Life = Life with { EndedDate = lastDay };
    }
}

/// <summary>Validity as a computed state with its reasons.</summary>
public static class ValidityRules
{
    public static (bool Valid, IReadOnlyList<ValidityReason> Reasons) Of(AgreementState state, AgreementTerms terms, AgreementLife life, DateOnly day)
    {
        if (!Agreement.Binding.Contains(state))
        {
            return (false, [life.EndedDate is null ? ValidityReason.NotSigned : ValidityReason.Ended]);
        }

        List<ValidityReason> reasons = [];
        var early = life.EarlyEnd;
        var past = (terms.EndDate is { } end && day > end) || (early is { } last && day > last);
        if (past)
        {
            reasons.Add(ValidityReason.EndPassed);
        }
        else if (terms.StartDate is { } start && day < start)
        {
            reasons.Add(ValidityReason.NotBegun);
        }
        else
        {
            reasons.Add(state == AgreementState.Suspended ? ValidityReason.Suspended : ValidityReason.InForce);
        }

        if (early is not null && !past)
        {
            reasons.Add(ValidityReason.Ending);
        }

        return (reasons[0] == ValidityReason.InForce, reasons);
    }
}
