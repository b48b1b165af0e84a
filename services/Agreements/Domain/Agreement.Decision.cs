using Iop.Platform.Errors;

namespace Iop.Agreements.Domain;

/// <summary>Decision of a body on the text that the parties have agreed.</summary>
public sealed partial record TextDecision(TextDecisionOutcome Outcome, string Body, DateOnly Date, string ReferenceNumber, string Reasons)
{
    public string TextHash { get; init; } = "";

    public string RecordedBy { get; init; } = "";

    public DecidingBody BodyKind { get; init; }
}

public enum TextDecisionOutcome
{
    Unspecified,
    Approved,
    Returned,
}

public sealed partial class Agreement
{
    /// <summary>The decision on the present text; null while there is none.</summary>
    public TextDecision? TextDecision { get; private set; }

    // A text that was approved by the body and not changed since needs no second decision.
    private bool AwaitsDecision =>
        (Terms.DecisionRequired && !IsApproval(TextDecision)) || Joined.Any(member => member.DecisionRequired && !IsApproval(member.TextDecision));

    private bool IsApproval(TextDecision? decision) => decision is { Outcome: TextDecisionOutcome.Approved } && decision.TextHash == TextHash;

    /// <summary>
    /// Records what a body decided on the agreed text. li-board-decides, ga-board-may-enter: the body decides, and never
    /// someone who approved the text for a public party. Each municipality's own body decides for itself.
    /// </summary>
    public void RecordDecision(TextDecision decision, string personRef, string displayName, string municipality = "")
    {
        MustBe(AgreementState.AwaitingDecision);
        if (!(municipality.Length == 0 ? Terms.DecisionRequired : Joined.Any(member => member.Municipality == municipality && member.DecisionRequired)))
        {
            throw Refusal.Precondition("DECISION_NOT_REQUIRED", Name);
        }

        if (Approvals.Any(approval => approval.PersonRef == personRef))
        {
            throw Refusal.Precondition("DECIDER_APPROVED_TEXT", Name);
        }

        var recorded = decision with { TextHash = TextHash, RecordedBy = displayName };
        if (municipality.Length == 0)
        {
            TextDecision = recorded;
        }
        else
        {
            Members = [.. Members.Select(member => member.Municipality == municipality ? member with { TextDecision = recorded } : member)];
        }

        if (decision.Outcome == TextDecisionOutcome.Approved)
        {
            State = AwaitsDecision ? AgreementState.AwaitingDecision : AgreementState.TextAgreed;
            return;
        }

        State = AgreementState.InNegotiation;
        Approvals = [];
        TextAgreedTime = null;
    }
}
