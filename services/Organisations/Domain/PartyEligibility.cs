namespace Iop.Organisations.Domain;

/// <summary>Whether an organisation may stand as a civil society party.</summary>
public enum PartyEligibility
{
    Eligible = 1,
    NeedsStatutesCheck = 2,
    Suspended = 3,
    NotEligible = 4,
}

/// <summary>Derives eligibility from what is known of the organisation.</summary>
public static class PartyEligibilityRule
{
    /// <summary>What holds longest is told first: a suspension is lifted sooner than public control or bad statutes.</summary>
    public static PartyEligibility For(OrganisationNumber number, bool? publiclyControlled, StatutesCheckResult? statutes, OrganisationState state) =>
        publiclyControlled == true || (number.NeedsStatutesCheck && statutes == StatutesCheckResult.Failed) ? PartyEligibility.NotEligible
        : state == OrganisationState.Suspended ? PartyEligibility.Suspended
        : number.NeedsStatutesCheck && statutes is null ? PartyEligibility.NeedsStatutesCheck
        : PartyEligibility.Eligible;
}
