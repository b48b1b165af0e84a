using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>The facts of a case as the parties have written them. A draft may leave any of it unsaid.</summary>
public sealed record CaseContent
{
    public string Title { get; init; } = "";
    public string CaseReference { get; init; } = "";

    /// <summary>Name of the organisation that leads the civil society side.</summary>
    public string Organisation { get; init; } = "";

    public IReadOnlyList<CaseParty> Parties { get; init; } = [];
    public Initiator? ActivityInitiator { get; init; }
    public Initiator? FormProposer { get; init; }
    public string InitiativeDescription { get; init; } = "";
    public DateOnly? InitiativeDate { get; init; }
    public string Challenge { get; init; } = "";
    public string Need { get; init; } = "";
    public string ExistingServices { get; init; } = "";
    public string AddedValue { get; init; } = "";
    public string TargetGroup { get; init; } = "";
    public string Scope { get; init; } = "";
    public string OutOfScope { get; init; } = "";
    public string Domain { get; init; } = "";

    /// <summary>Keys of the reasons that the guideline lets the parties choose from.</summary>
    public IReadOnlyList<string> Rationales { get; init; } = [];

    /// <summary>ga-municipal-interest.</summary>
    public string MunicipalInterest { get; init; } = "";
    public IReadOnlyList<string> ChallengeCodes { get; init; } = [];
    public IReadOnlyList<string> TargetGroupCodes { get; init; } = [];

    /// <summary>Kinds of activity that add questions of law.</summary>
    public IReadOnlyList<string> ActivityTags { get; init; } = [];

    /// <summary>What procurement law asks, as the municipality has answered it.</summary>
    public ProcurementAnswers Procurement { get; init; } = new();
    public IReadOnlyList<Goal> Goals { get; init; } = [];
    public IReadOnlyList<Programme> ProgrammeLinks { get; init; } = [];
    public IReadOnlyList<GoalLink> MunicipalGoalLinks { get; init; } = [];
    public DateOnly? PlannedStartDate { get; init; }
    public int PlannedTermMonths { get; init; }
    public int PlannedExtensionCount { get; init; }
    public int PlannedExtensionMonths { get; init; }
    public IReadOnlyList<PlannedContribution> Contributions { get; init; } = [];

    /// <summary>What the organisations have had in income, for the share that comes from the municipality.</summary>
    public IReadOnlyList<OrganisationIncome> Incomes { get; init; } = [];

    /// <summary>What the municipality's own list of goals held when the case was last looked after.</summary>
    public KnownGoals KnownGoals { get; init; } = KnownGoals.None;

    /// <summary>Both sides have said all that they will contribute.</summary>
    public bool ContributionsComplete { get; init; }

    public string BudgetPlan { get; init; } = "";
    public string JointValues { get; init; } = "";
    public IReadOnlyList<Declaration> Declarations { get; init; } = [];

    /// <summary>What a draft may leave unsaid and an assessment may not, by field.</summary>
    public IEnumerable<string> Unsaid() =>
    [
        .. CaseReference.Length == 0 ? new[] { "case_reference" } : [],
        .. Parties.Any(party => party.Side == PartySide.Public) && !Parties.Any(party => party is { Side: PartySide.Public, Lead: true }) ? new[] { "parties.lead" } : [],
        .. Contributions.SelectMany((contribution, i) => contribution.Unsaid().Select(lacking => $"contributions[{i}].{lacking}")),
    ];

    /// <summary>Names of the organisations that are parties.</summary>
    public IReadOnlyList<string> Organisations =>
        [.. Parties.Where(party => party.Side == PartySide.Cso).Select(party => party.Organisation).Distinct()];

    /// <summary>Value of what the public side gives over the term, in kind at its value.</summary>
    public decimal PublicValue => Contributions
        .Where(contribution => Parties.Any(party => party.Side == PartySide.Public && party.PartyId == contribution.PartyId))
        .Sum(contribution => contribution.Value);
}

public enum PublicPartyKind { Committee, Administration, MunicipalCompany, OtherMunicipality, Region }

public enum PartyFunding { WithinFrame, Earmarked, NoMoney, Grant, Procured }

public enum ContributionKind { Money, Staff, Premises, Competence, VolunteerHours, Overhead, Marketing, Other }

public enum DeclarationKind
{
    NonMarketRelation, JointNeed, JointCommitment, NotForProfit, DemocracyConditions, FormalConditions, SharedValues, DeMinimisDisclosed,
}

/// <summary>A party of a case.</summary>
/// <param name="Registered">What the register said of an organisation when it was last asked; null for a public party.</param>
public sealed record CaseParty(string PartyId, PartySide Side, string Organisation, PublicPartyKind? Kind, string DisplayName,
    bool Lead, PartyFunding? Funding, string BudgetCode, RegisteredOrganisation? Registered);

/// <summary>What the register of organisations knows that an evaluation needs.</summary>
/// <param name="NumberGroup">First digit of the organisation number.</param>
/// <param name="Aspects">What is known; absent means not known.</param>
public sealed record RegisteredOrganisation(string DisplayName, int? NumberGroup,
    IReadOnlyDictionary<OrganisationAspect, bool> Aspects,
    IReadOnlyDictionary<string, DocumentStatus> Documents, IReadOnlyList<RegisteredVetting>? Vetting = null,
    IReadOnlyList<RegisteredRequest>? Asked = null)
{
    /// <summary>Registration under the Act (2022:900), voluntary and never required.</summary>
    public ActStatus Act { get; init; }

    public DateOnly? ActDate { get; init; }

    public DateOnly? FoundedDate { get; init; }

    /// <summary>The register describes what it does in the municipality.</summary>
    public bool HasLocalActivity { get; init; }

    public IReadOnlyList<RegisteredRelation> Relations { get; init; } = [];

    /// <summary>What it has disclosed that it is given; null where that was not read.</summary>
    public IReadOnlyList<RegisteredFunding>? Funding { get; init; }

    /// <summary>Day that the latest document of a type came; null where documents were not read.</summary>
    public IReadOnlyDictionary<string, DateOnly>? Received { get; init; }

    /// <summary>What the documents show that the body which checks should see, in Swedish. Source: ga-doc-audit-report, ga-doc-board-list.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>How the register says that an organisation stands against a condition; one that nobody has answered is absent.</summary>
public sealed record RegisteredVetting(string Set, string Condition, VettingStatus Status);

public sealed record Goal(string Text, IReadOnlyList<string> AgreedBy, string PublicBenefit);

public sealed record Programme(string Title, DateOnly? AdoptedDate, string Section, string Uri);

public sealed record GoalLink(string Goal, string Description);

/// <summary>What a party means to contribute over the whole term.</summary>
/// <param name="HourlyValue">Value of one hour, where the value is hours times it.</param>
public sealed record PlannedContribution(string PartyId, ContributionKind Type, string Description, decimal Value, int Hours,
    string ValuationMethod, decimal? HourlyValue = null)
{
    /// <summary>The value is known. A draft may leave it unsaid, which is not the same as nothing.</summary>
    public bool IsValued => Value > 0;

    /// <summary>What remains to be said of it, by field.</summary>
    public IEnumerable<string> Unsaid()
    {
        if (!IsValued)
        {
            yield return "value";
        }

        if (Type == ContributionKind.VolunteerHours && Hours == 0)
        {
            yield return "hours";
        }

        if (Type != ContributionKind.Money && HourlyValue is null && ValuationMethod.Length == 0)
        {
            yield return "valuation_method";
        }
    }
}

/// <summary>What procurement law asks about a case; null is not known.</summary>
public sealed record ProcurementAnswers(bool? AnnexTwoService = null, bool? ReservedConditionsMet = null, bool? SystemOfChoice = null,
    bool? OwnOperation = null)
{
    /// <summary>Codes (CPV) of the service, for whether it may be reserved.</summary>
    public IReadOnlyList<string> ServiceCodes { get; init; } = [];

    /// <summary>The service is primary care; null is not known.</summary>
    public bool? PrimaryCare { get; init; }

    /// <summary>Kind of the purchase as the municipality groups its purchases; cases of one kind are added up.</summary>
    public string PurchaseKind { get; init; } = "";

    /// <summary>What the administrations buy of the kind beside what other cases show.</summary>
    public IReadOnlyList<SameKindPurchase> SameKind { get; init; } = [];

    /// <summary>Those are all that there are; null is not looked into.</summary>
    public bool? SameKindComplete { get; init; }

    /// <summary>What other cases of the kind showed when they were last looked at.</summary>
    public IReadOnlyList<SameKindPurchase> Known { get; init; } = [];
}

public sealed record Declaration(string PartyId, DeclarationKind Kind, DateOnly DeclaredOn, string Note);

/// <summary>A document that the municipality has asked an organisation for, whatever case it was for.</summary>
/// <param name="DueDate">Last day to hand it in, where one was set.</param>
/// <param name="IsOpen">None of its type has come since.</param>
public sealed record RegisteredRequest(string Type, DateOnly? DueDate, DateOnly? Date = null, int FinancialYear = 0, string Message = "", bool IsOpen = true);
