namespace Iop.Platform.Identity;

/// <summary>The roles that a token can carry, as they stand in its <c>roles</c> claim.</summary>
public static class Roles
{
    /// <summary>Prepares cases and agreements for the municipality.</summary>
    public const string CaseOfficer = "case-officer";

    /// <summary>Makes the legal assessment.</summary>
    public const string Lawyer = "lawyer";

    /// <summary>Decides, alone or for a committee.</summary>
    public const string DecisionMaker = "decision-maker";

    /// <summary>Keeps the municipality's guideline packs.</summary>
    public const string GuidelineOwner = "guideline-owner";

    /// <summary>Acts for the organisations that the token names, and for no other.</summary>
    public const string OrganisationRepresentative = "organisation-representative";

    /// <summary>Another e-service of the municipality.</summary>
    public const string Integration = "integration";

    /// <summary>Reads everything of its municipality, changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Keeps the installation running; sees no case data.</summary>
    public const string Operator = "operator";

    /// <summary>Every role.</summary>
    public static readonly IReadOnlyList<string> All =
        [CaseOfficer, Lawyer, DecisionMaker, GuidelineOwner, OrganisationRepresentative, Integration, Auditor, Operator];

    /// <summary>Those who act for the public side.</summary>
    public static readonly IReadOnlyList<string> PublicSide = [CaseOfficer, Lawyer, DecisionMaker, GuidelineOwner];
}
