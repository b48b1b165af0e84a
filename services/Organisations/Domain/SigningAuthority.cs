using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;

namespace Iop.Organisations.Domain;

/// <summary>A person who may sign: an opaque reference, with the name and role that make it understood.</summary>
public sealed record AuthorisedSignatory(string PersonRef, string DisplayName, string Role);

/// <summary>
/// Who may sign for an organisation between two days, proved by a chain of documents. It is ended, never changed or
/// removed, so that what was signed under it can be judged later. Source: law.md 2.9.
/// </summary>
public sealed class SigningAuthority : Aggregate
{
    private SigningAuthority()
    {
    }

    public SigningAuthority(Organisation organisation, SigningTerms terms)
        : base(organisation.Municipality)
    {
        Organisation = organisation.Key;
        Rule = terms.Rule;
        RequiredSignatures = terms.RequiredSignatures;
        Signatories = terms.Signatories;
        EvidenceDocuments = terms.EvidenceDocuments;
        ValidFrom = terms.ValidFrom;
        ValidUntil = terms.ValidUntil;
        // Until further notice is often written as the last day of the calendar, after which there is no other.
        GraceUntil = DateOnly.FromDayNumber(Math.Min(terms.ValidUntil.DayNumber + terms.GraceDays, DateOnly.MaxValue.DayNumber));
    }

    /// <summary>Last part of the organisation's name.</summary>
    public string Organisation { get; private set; } = "";

    public SigningRule Rule { get; private set; }

    /// <summary>How many must sign: one alone, or so many jointly.</summary>
    public int RequiredSignatures { get; private set; }

    public IReadOnlyList<AuthorisedSignatory> Signatories { get; private set; } = [];

    /// <summary>Ids of the organisation's documents that prove it.</summary>
    public IReadOnlyList<Guid> EvidenceDocuments { get; private set; } = [];

    public DateOnly ValidFrom { get; private set; }

    /// <summary>Last day, included.</summary>
    public DateOnly ValidUntil { get; private set; }

    /// <summary>
    /// Last day of the time after the annual meeting in which the old authority stands while the new board hands in its
    /// minutes; <see cref="ValidUntil"/> where there is none. Source: peers.md, complaint 24.
    /// </summary>
    public DateOnly GraceUntil { get; private set; }

    public DateTimeOffset? EndTime { get; private set; }

    /// <inheritdoc/>
    public override string Name => OrganisationName.OfChild(Municipality, Organisation, OrganisationName.SigningAuthorities, Id);

    public SigningAuthorityState StateOn(DateOnly day) =>
        EndTime is not null ? SigningAuthorityState.Ended
        : day < ValidFrom ? SigningAuthorityState.NotYetValid
        : day > GraceUntil ? SigningAuthorityState.Lapsed
        : SigningAuthorityState.Current;

    public bool InGraceOn(DateOnly day) => StateOn(day) == SigningAuthorityState.Current && day > ValidUntil;

    /// <summary>Ends it at once.</summary>
    /// <exception cref="Refusal"><c>SIGNING_AUTHORITY_STATE_NOT_ALLOWED</c> when it has already ended or lapsed.</exception>
    public void End(DateTimeOffset now, DateOnly today)
    {
        var state = StateOn(today);
        if (state is not (SigningAuthorityState.Current or SigningAuthorityState.NotYetValid))
        {
            throw Refusal.State(
                "SIGNING_AUTHORITY_STATE_NOT_ALLOWED", Name, state.ToUpperSnake(), SigningAuthorityState.Current.ToUpperSnake(), SigningAuthorityState.NotYetValid.ToUpperSnake());
        }

        EndTime = now;
    }
}

/// <summary>What a signing authority says, checked by whoever read it.</summary>
public sealed record SigningTerms(
    SigningRule Rule,
    int RequiredSignatures,
    IReadOnlyList<AuthorisedSignatory> Signatories,
    IReadOnlyList<Guid> EvidenceDocuments,
    DateOnly ValidFrom,
    DateOnly ValidUntil,
    int GraceDays = 0);
