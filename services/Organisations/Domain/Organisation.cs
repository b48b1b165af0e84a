using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;

namespace Iop.Organisations.Domain;

/// <summary>An organisation as one municipality knows it. Its number and the last part of its name never change.</summary>
public sealed class Organisation : Aggregate
{
    private Organisation()
    {
    }

    /// <summary>Registers an organisation.</summary>
    /// <param name="municipality">Code of the tenant.</param>
    /// <param name="key">Last part of the name as the caller chose it; empty for one made here.</param>
    /// <param name="number">A number that fits civil society.</param>
    /// <param name="facts">What is told of it.</param>
    public Organisation(string municipality, string key, OrganisationNumber number, OrganisationFacts facts)
        : base(municipality)
    {
        Key = key.Length == 0 ? Id.ToString() : key;
        Number = number;
        Facts = facts;
        Derive();
    }

    /// <summary>Last part of the name.</summary>
    public string Key { get; private set; } = "";

    public OrganisationNumber Number { get; private set; } = null!;

    public OrganisationFacts Facts { get; private set; } = new();

    public StatutesCheck? StatutesCheck { get; private set; }

    public OrganisationState State { get; private set; } = OrganisationState.Active;

    /// <summary>Kept beside what it follows from, so that lists can be narrowed to it.</summary>
    public PartyEligibility PartyEligibility { get; private set; }

    /// <summary>Empty unless it is suspended.</summary>
    public string SuspensionReason { get; private set; } = "";

    public DateTimeOffset? SuspendTime { get; private set; }

    /// <summary>Kept beside the facts, so that those of one undertaking can be found.</summary>
    public string UndertakingKey { get; private set; } = "";

    /// <inheritdoc/>
    public override string Name => OrganisationName.Of(Municipality, Key);

    /// <summary>Replaces the facts.</summary>
    public void Change(OrganisationFacts facts)
    {
        Facts = facts;
        Derive();
    }

    /// <summary>Records what a check of the statutes showed; the latest counts.</summary>
    /// <exception cref="Refusal">
    /// <c>STATUTES_CHECK_NOT_APPLICABLE</c> without clauses for a number group that needs no check of profit limits, or
    /// <c>STATUTES_CLAUSE_REQUIRED</c>.
    /// </exception>
    public void Record(StatutesCheck check)
    {
        check.MustFit(Facts.LegalForm);
        if (!Number.NeedsStatutesCheck && check.Clauses.Count == 0)
        {
            throw Refusal.Precondition("STATUTES_CHECK_NOT_APPLICABLE", Name, ("group", $"{Number.Group}"));
        }

        StatutesCheck = check;
        Derive();
    }

    /// <summary>Sets the registration aside. What the organisation has entered stands.</summary>
    /// <exception cref="Refusal"><c>ORGANISATION_STATE_NOT_ALLOWED</c> when it is suspended already.</exception>
    public void Suspend(string reason, DateTimeOffset now)
    {
        RequireState(OrganisationState.Active);
        (State, SuspensionReason, SuspendTime) = (OrganisationState.Suspended, reason, now);
        Derive();
    }

    /// <summary>Takes a suspended registration into use again.</summary>
    /// <exception cref="Refusal"><c>ORGANISATION_STATE_NOT_ALLOWED</c> when it is not suspended.</exception>
    public void Reinstate()
    {
        RequireState(OrganisationState.Suspended);
        (State, SuspensionReason, SuspendTime) = (OrganisationState.Active, "", null);
        Derive();
    }

    private void RequireState(OrganisationState required)
    {
        if (State != required)
        {
            throw Refusal.State("ORGANISATION_STATE_NOT_ALLOWED", Name, State.ToUpperSnake(), required.ToUpperSnake());
        }
    }

    private void Derive()
    {
        PartyEligibility = PartyEligibilityRule.For(Number, Facts.PubliclyControlled, StatutesCheck?.Result, State);
        UndertakingKey = Facts.UndertakingKey;
    }
}
