using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;

namespace Iop.Organisations.Domain;

/// <summary>Who acts for an organisation, as claimed or told.</summary>
public sealed record RepresentativeTerms(string PersonRef, string DisplayName, string Role, IReadOnlyList<Guid> EvidenceDocuments);

/// <summary>
/// A person who acts for an organisation by their own identity. Claimed by the person, confirmed by someone else; ended,
/// never removed. Source: peers.md 3.1 (claim-approval), complaint 24.
/// </summary>
public sealed class Representative : Aggregate
{
    private Representative()
    {
    }

    public Representative(string municipality, string organisation, RepresentativeTerms terms)
        : base(municipality)
    {
        Organisation = organisation;
        (PersonRef, DisplayName, Role, EvidenceDocuments) = (terms.PersonRef, terms.DisplayName, terms.Role, terms.EvidenceDocuments);
    }

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    /// <summary>Subject of the person's tokens.</summary>
    public string PersonRef { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    public string Role { get; private set; } = "";

    public IReadOnlyList<Guid> EvidenceDocuments { get; private set; } = [];

    public RepresentativeState State { get; private set; } = RepresentativeState.Claimed;

    public DateTimeOffset? ConfirmTime { get; private set; }

    public ConfirmedBy? ConfirmedBy { get; private set; }

    public DateTimeOffset? EndTime { get; private set; }

    public string EndReason { get; private set; } = "";

    /// <summary>Who took over, where it was handed over.</summary>
    public Guid? Successor { get; private set; }

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfChild(Municipality, Organisation, OrganisationName.Representatives, Id);

    /// <summary>Confirms a claim.</summary>
    /// <exception cref="Refusal"><c>REPRESENTATIVE_STATE_NOT_ALLOWED</c>, or <c>REPRESENTATIVE_OWN_CLAIM</c> for one's own.</exception>
    public void Confirm(string by, ConfirmedBy side, DateTimeOffset now)
    {
        RequireState(RepresentativeState.Claimed);
        RequireAnother(by);
        (State, ConfirmTime, ConfirmedBy) = (RepresentativeState.Confirmed, now, side);
    }

    /// <summary>Declines a claim.</summary>
    /// <exception cref="Refusal"><c>REPRESENTATIVE_STATE_NOT_ALLOWED</c>, or <c>REPRESENTATIVE_OWN_CLAIM</c> for one's own.</exception>
    public void Decline(string by, string reason, DateTimeOffset now)
    {
        RequireState(RepresentativeState.Claimed);
        RequireAnother(by);
        (State, EndTime, EndReason) = (RepresentativeState.Declined, now, reason);
    }

    /// <summary>Ends it, or withdraws the claim. Anyone entitled may, the person too.</summary>
    /// <exception cref="Refusal"><c>REPRESENTATIVE_STATE_NOT_ALLOWED</c>.</exception>
    public void End(string reason, DateTimeOffset now)
    {
        RequireState(RepresentativeState.Confirmed, RepresentativeState.Claimed);
        (State, EndTime, EndReason) = (RepresentativeState.Ended, now, reason);
    }

    /// <summary>Ends it in favour of a successor, whose representation is confirmed by that.</summary>
    /// <exception cref="Refusal"><c>REPRESENTATIVE_STATE_NOT_ALLOWED</c>, or <c>REPRESENTATIVE_OWN_CLAIM</c> for a successor who hands over to themselves.</exception>
    public void HandOverTo(Representative successor, IReadOnlyList<Guid> evidence, string by, ConfirmedBy side, string reason, DateTimeOffset now)
    {
        RequireState(RepresentativeState.Confirmed);
        successor.Confirm(by, side, now);
        successor.EvidenceDocuments = [.. successor.EvidenceDocuments.Union(evidence)];
        End(reason, now);
        Successor = successor.Id;
    }

    private void RequireAnother(string by)
    {
        if (by == PersonRef)
        {
            throw Refusal.Precondition("REPRESENTATIVE_OWN_CLAIM", Name);
        }
    }

    private void RequireState(params RepresentativeState[] allowed)
    {
        if (!allowed.Contains(State))
        {
            throw Refusal.State("REPRESENTATIVE_STATE_NOT_ALLOWED", Name, State.ToUpperSnake(), allowed.Select(state => state.ToUpperSnake()));
        }
    }
}

/// <summary>How the municipality's record meets the issuer's word.</summary>
public static class RepresentativeRule
{
    /// <summary>
    /// Whether what is recorded of a person closes an organisation to them whatever the token says: something has been
    /// declined or ended, and nothing stands confirmed.
    /// </summary>
    public static bool Closes(IEnumerable<RepresentativeState> recorded)
    {
        var states = recorded.ToHashSet();
        return !states.Contains(RepresentativeState.Confirmed) && (states.Contains(RepresentativeState.Ended) || states.Contains(RepresentativeState.Declined));
    }
}
