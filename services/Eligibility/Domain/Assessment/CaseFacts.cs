using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>
/// All that an evaluation needs to know about a case. What nobody has said yet is null or absent, which is never the
/// same as no.
/// </summary>
public sealed record CaseFacts
{
    /// <summary>Who took the initiative to the activity; not to be mixed up with who proposed the form.</summary>
    public Initiator? ActivityInitiator { get; init; }

    public Initiator? FormProposer { get; init; }
    public IReadOnlyList<PartyFacts> Parties { get; init; } = [];
    public string? Need { get; init; }
    public string? Challenge { get; init; }
    public string? TargetGroup { get; init; }

    /// <summary>What exists today, and what the partnership adds.</summary>
    public string? Complement { get; init; }

    public string? Synergy { get; init; }
    public string? MunicipalInterest { get; init; }

    /// <summary>What the activity covers, and what it does not.</summary>
    public string? Scope { get; init; }

    /// <summary>A key of the pack's domains, or another word where the activity lies outside them.</summary>
    public string? Domain { get; init; }

    public IReadOnlyList<GoalFacts> Goals { get; init; } = [];
    public IReadOnlyList<ProgrammeLink> ProgrammeLinks { get; init; } = [];

    /// <summary>Numbers of the municipal goals that the case is linked to.</summary>
    public IReadOnlyList<string> MunicipalGoals { get; init; } = [];

    /// <summary>Numbers of the goals that the municipality has entered itself and that hold; null where it has entered none.</summary>
    public IReadOnlySet<string>? OwnGoals { get; init; }

    public PriorityFacts Priorities { get; init; } = new(false, 0, 0);

    /// <summary>The day of the evaluation.</summary>
    public DateOnly AsOf { get; init; }

    public int? PlannedTermMonths { get; init; }

    /// <summary>The first day of the partnership; the day of the evaluation where none is planned.</summary>
    public DateOnly TermStart { get; init; }

    /// <summary>What others, and the municipality in other forms, give the organisations.</summary>
    public IReadOnlyList<OtherFunding> OtherFunding { get; init; } = [];

    /// <summary>What is on record beside the answers, by criterion.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FindingEvidence>> Evidence { get; init; } = Nothing<IReadOnlyList<FindingEvidence>>();

    public IReadOnlyList<ContributionFacts> Contributions { get; init; } = [];

    /// <summary>Both sides have said all that they will contribute; a side without a contribution then gives none.</summary>
    public bool ContributionsComplete { get; init; }

    public IReadOnlyList<FundingFacts> FundingSources { get; init; } = [];
    public bool? HasBudgetPlan { get; init; }
    public IReadOnlyList<MeetingFacts> Meetings { get; init; } = [];

    /// <summary>Codes of what speaks for a purchase, by the facts and by the lawyer.</summary>
    public IReadOnlySet<string> RedFlags { get; init; } = new HashSet<string>();

    /// <summary>The texts ask for a seat in the municipality.</summary>
    public bool DemandsLocalSeat { get; init; }

    /// <summary>The de minimis aid that the lawyer has found; null where there is none.</summary>
    public AidFacts? Aid { get; init; }

    /// <summary>Other organisations that may be concerned have been heard.</summary>
    public bool OthersHeard { get; init; }

    public IReadOnlyList<DeclarationFacts> Declarations { get; init; } = [];

    /// <summary>Status by document type.</summary>
    public IReadOnlyDictionary<string, DocumentStatus> Documents { get; init; } = Nothing<DocumentStatus>();

    public IReadOnlyList<VettingFacts> Vetting { get; init; } = [];
    public ProcurementFacts Procurement { get; init; } = new();
    public LegalAssessmentState LegalAssessment { get; init; }
    public bool Decided { get; init; }

    /// <summary>Answers by criterion id or by the key of a routing question.</summary>
    public IReadOnlyDictionary<string, GivenAnswer> Answers { get; init; } = Nothing<GivenAnswer>();

    /// <summary>Recorded motivations of deviations, by rule id.</summary>
    public IReadOnlyDictionary<string, string> Motivations { get; init; } = Nothing<string>();

    private static Dictionary<string, T> Nothing<T>() => [];
}

/// <summary>A party of either side.</summary>
/// <param name="OrganisationGroup">First digit of the organisation number; 2 is a public body.</param>
/// <param name="Relation">What the party is to the others; null until somebody has said it.</param>
/// <param name="Aspects">What is known about the organisation; absent means not yet known.</param>
public sealed record PartyFacts(string Id, PartySide Side, int? OrganisationGroup = null,
    PartyRelation? Relation = null, IReadOnlyDictionary<OrganisationAspect, bool>? Aspects = null);

/// <summary>A goal of the partnership.</summary>
/// <param name="Joint">Formulated and approved by both sides; null until known.</param>
public sealed record GoalFacts(string Text, bool? Joint, bool? PublicBenefit);

/// <summary>A political programme or plan that the activity realises.</summary>
/// <param name="NamesCivilSociety">The programme names civil society organisations particularly.</param>
public sealed record ProgrammeLink(string Programme, string? Section, bool NamesCivilSociety);

/// <summary>What one side brings to the partnership.</summary>
/// <param name="Value">Value in SEK for the whole term; zero says that nothing is given.</param>
public sealed record ContributionFacts(PartySide Side, ContributionType Type, decimal Value);

/// <summary>The municipality's list of priorities, and how the case is linked to it.</summary>
/// <param name="IsKept">There is a list to link to.</param>
/// <param name="Linked">How many links the case has.</param>
/// <param name="Holding">How many of them are to what holds.</param>
public sealed record PriorityFacts(bool IsKept, int Linked, int Holding);

public enum OtherFundingForm { Grant, Iop, ProcuredContract, Other }

/// <summary>Something that an organisation is given beside the partnership.</summary>
/// <param name="Disclosure">Name of the disclosure that tells of it.</param>
/// <param name="IsMunicipal">The municipality of the case gives it.</param>
/// <param name="IsSameCost">It pays for the cost that the partnership does; null is not known.</param>
public sealed record OtherFunding(string Organisation, string Disclosure, OtherFundingForm Form, bool IsMunicipal, string Cost,
    DateOnly Start, DateOnly End, bool? IsSameCost);

public sealed record FundingFacts(string PartyId, FundingKind Kind, string? BudgetCode = null);

/// <summary>A meeting that has been held.</summary>
/// <param name="Topics">Topics that the parties settled, as keys of the pack's dialogue gate.</param>
/// <param name="With">Those who took part; the same on the same day is the same meeting, however often it is recorded.</param>
public sealed record MeetingFacts(MeetingKind Kind, DateOnly Date, IReadOnlyList<string> Topics, string With = "");

public sealed record DeclarationFacts(string PartyId, string Kind, bool Affirmed);

public enum DocumentStatus { Received, DeclaredNonExistent, Requested, Missing }

public sealed record VettingFacts(string PartyId, string ConditionSet, string Condition, VettingStatus Status);

public enum VettingStatus { Declared, Verified, Failed }

public enum ProcurementGateResult { NotAssessed, NotRequired, Required }

/// <summary>De minimis aid as it was told, and the value of all that the public side gives, in SEK.</summary>
public sealed record AidFacts(decimal Told, decimal Given);

/// <summary>What the procurement assessment found. Limits are those in force, so a missing one decides nothing.</summary>
public sealed record ProcurementFacts
{
    public ProcurementGateResult Result { get; init; }

    /// <summary>Value in SEK with all options and extensions.</summary>
    public decimal? EstimatedValue { get; init; }

    public decimal? DirectAwardLimit { get; init; }

    /// <summary>The limit for social and other special services.</summary>
    public decimal? AnnexTwoLimit { get; init; }

    /// <summary>From it the rules of the directive hold for services that are not special ones.</summary>
    public decimal? ServicesEuThreshold { get; init; }

    /// <summary>Value of the year's other purchases of the same kind, so far as it is known.</summary>
    public decimal SameKindValue { get; init; }

    /// <summary>Those are all that there are.</summary>
    public bool IsSameKindComplete { get; init; }

    /// <summary>How the value stands to the limit of direct award, with the others of its kind.</summary>
    public SameKindStanding SameKind => SameKindReview.Of(
        EstimatedValue, SameKindValue, IsSameKindComplete, IsAnnexTwoService == true ? AnnexTwoLimit : DirectAwardLimit);

    public bool? IsAnnexTwoService { get; init; }
    public bool? ReservedConditionsMet { get; init; }

    /// <summary>What the register says of the organisations and the Act (2022:900); the least favourable stands for the case.</summary>
    public ActStatus Registration { get; init; }

    /// <summary>Day of that status; null where none is known.</summary>
    public DateOnly? RegistrationDate { get; init; }

    /// <summary>Codes (CPV) of the service.</summary>
    public IReadOnlyList<string> ServiceCodes { get; init; } = [];

    /// <summary>Whether a service of those codes may be reserved, by the list of the day.</summary>
    public Reservability Reservability { get; init; }

    /// <summary>Where that list is from; empty where no row covers the codes.</summary>
    public IReadOnlyList<string> ReservabilitySources { get; init; } = [];

    /// <summary>The service is primary care, which is never reserved in a system of choice.</summary>
    public bool? IsPrimaryCare { get; init; }

    /// <summary>Above it the reasons for a direct award are documented; null is not known.</summary>
    public decimal? DocumentationLimit { get; init; }

    /// <summary>Somebody has read that amount where it is published.</summary>
    public bool IsDocumentationLimitVerified { get; init; }

    /// <summary>A partnership is held to be allowed because its value lies below the limit of direct award.</summary>
    public bool ReliesOnDirectAward { get; init; }

    public bool? HasSystemOfChoice { get; init; }
    public bool? IsOwnOperation { get; init; }

    /// <summary>The day whose limits these are.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>A municipal matter is handed over, as the law of 10 kap. kommunallagen has it.</summary>
    public bool IsMatterHandedOver { get; init; }
}

/// <summary>Where an organisation stands in the register of the Act (2022:900), from the most favourable to the least.</summary>
public enum ActStatus { Unknown, Registered, NotRegistered, Deregistered }

public enum LegalAssessmentState { NotDone, Possible, NotPossible }

public sealed record GivenAnswer(Answer? Value, string? Option = null, string? Reasoning = null, string? Evidence = null)
{
    public static GivenAnswer Yes { get; } = new(Answer.Yes);

    public static GivenAnswer No { get; } = new(Answer.No);

    /// <summary>An answer that no rule of routing asks for, given with reasons.</summary>
    public static GivenAnswer Otherwise { get; } = new(null, Option: "", Reasoning: "-");

    public bool IsGiven => Value is not null || Option is not null;
}
