using Iop.Eligibility.Domain.Cases;
using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;

namespace Iop.Eligibility.Domain.Precedents;

/// <summary>The states of a precedent.</summary>
public enum PrecedentState { Published, Withdrawn }

/// <summary>
/// What can be learnt from a decided case: codes and figures of the case, and a summary written for the purpose. The
/// texts of the case stay in the case, since anyone may have named a person in them.
/// </summary>
public sealed class Precedent : Platform.Persistence.Aggregate
{
    private static readonly CaseState[] Decided = [CaseState.Approved, CaseState.Declined];

    private Precedent()
    {
    }

    /// <summary>Publishes a precedent of a decided case.</summary>
    /// <param name="title">Title written for those who were not there.</param>
    /// <param name="summary">Reviewed: no person can be recognised by it.</param>
    /// <param name="shared">Whether other municipalities may see it.</param>
    public Precedent(Case @case, string title, string summary, bool shared)
        : base(@case.Municipality)
    {
        if (!Decided.Contains(@case.State))
        {
            throw Refusal.State("CASE_STATE_NOT_ALLOWED", @case.Name, Codes.Of(@case.State), Decided.Select(state => Codes.Of(state)));
        }

        (CaseId, Title, Summary, Shared) = (@case.Id, title, summary, shared);
        (ChallengeCodes, TargetGroupCodes, Domain) = ([.. @case.Facts.ChallengeCodes], [.. @case.Facts.TargetGroupCodes], @case.Facts.Domain);
        Lesson = Lesson.Of(@case);
    }

    public Guid CaseId { get; private set; }

    public PrecedentState State { get; private set; }

    public string Title { get; private set; } = "";

    public string Summary { get; private set; } = "";

    public bool Shared { get; private set; }

    public IReadOnlyList<string> ChallengeCodes { get; private set; } = [];

    public IReadOnlyList<string> TargetGroupCodes { get; private set; } = [];

    public string Domain { get; private set; } = "";

    public Lesson Lesson { get; private set; } = null!;

    public string WithdrawalReason { get; private set; } = "";

    public override string Name => ResourceName.Of(Municipality, "precedents", Id);

    /// <summary>Takes it back from other municipalities: what one committee keeps from another is not theirs to see.</summary>
    public void KeepHere() => Shared = false;

    /// <summary>Takes the precedent out of every search.</summary>
    public void Withdraw(string reason)
    {
        if (State != PrecedentState.Published)
        {
            throw Refusal.State("PRECEDENT_STATE_NOT_ALLOWED", Name, Codes.Of(State), Codes.Of(PrecedentState.Published));
        }

        (State, WithdrawalReason) = (PrecedentState.Withdrawn, reason);
    }
}

/// <summary>
/// A precedent as other municipalities may see it: a row of its own, there only while the precedent is published and
/// shared. It names no case.
/// </summary>
public sealed class SharedPrecedent : ITenantOwned
{
    private SharedPrecedent()
    {
    }

    public SharedPrecedent(Precedent precedent, DateTimeOffset now)
    {
        (Municipality, Id, CreateTime) = (precedent.Municipality, precedent.Id, now);
        (Title, Summary, Lesson) = (precedent.Title, precedent.Summary, precedent.Lesson);
        (ChallengeCodes, TargetGroupCodes, Domain) = (precedent.ChallengeCodes, precedent.TargetGroupCodes, precedent.Domain);
    }

    public string Municipality { get; private set; } = "";

    public Guid Id { get; private set; }

    public DateTimeOffset CreateTime { get; private set; }

    public string Title { get; private set; } = "";

    public string Summary { get; private set; } = "";

    public IReadOnlyList<string> ChallengeCodes { get; private set; } = [];

    public IReadOnlyList<string> TargetGroupCodes { get; private set; } = [];

    public string Domain { get; private set; } = "";

    public Lesson Lesson { get; private set; } = null!;

    public string Name => ResourceName.Of(Municipality, "precedents", Id);
}
