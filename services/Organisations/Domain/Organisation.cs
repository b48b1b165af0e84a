using Iop.Platform.Errors;
using Iop.Platform.Persistence;

namespace Iop.Organisations.Domain;

/// <summary>What an organisation tells of itself and may change.</summary>
public sealed record OrganisationFacts
{
    public string DisplayName { get; init; } = "";
    public LegalForm LegalForm { get; init; }
    public OrganisationPurpose Purpose { get; init; }
    public string PurposeStatement { get; init; } = "";
    public DateOnly? FoundedDate { get; init; }
    public bool ActiveInMunicipality { get; init; }
    public string LocalActivity { get; init; } = "";
    public bool? DistributesProfit { get; init; }
    public bool? DemocraticallyGoverned { get; init; }
    public bool? PubliclyControlled { get; init; }
    public string ActiveSince { get; init; } = "";
    public int MemberCount { get; init; }
    public DateOnly? MemberCountDate { get; init; }
    public DateOnly? NextAnnualMeetingDate { get; init; }
}

/// <summary>A check of whether the statutes limit profit and its distribution.</summary>
public sealed record StatutesCheck(DateOnly CheckedOn, StatutesCheckResult Result, string Note);

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

    /// <inheritdoc/>
    public override string Name => OrganisationName.Of(Municipality, Key);

    /// <summary>Replaces the facts.</summary>
    public void Change(OrganisationFacts facts)
    {
        Facts = facts;
        Derive();
    }

    /// <summary>Records what a check of the statutes showed; the latest counts.</summary>
    /// <exception cref="Refusal"><c>STATUTES_CHECK_NOT_APPLICABLE</c> for a number group that needs none.</exception>
    public void Record(StatutesCheck check)
    {
        if (!Number.NeedsStatutesCheck)
        {
            throw Refusal.Precondition("STATUTES_CHECK_NOT_APPLICABLE", Name, ("group", $"{Number.Group}"));
        }

        StatutesCheck = check;
        Derive();
    }

    private void Derive() =>
        PartyEligibility = PartyEligibilityRule.For(Number, Facts.PubliclyControlled, StatutesCheck?.Result, State);
}
