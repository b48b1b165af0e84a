namespace Iop.Agreements.Domain;

/// <summary>A party. The number is the organisation's, from the register; it stands in the text and tells namesakes apart.</summary>
public sealed record Party(string PartyId, PartySide Side, string DisplayName)
{
    public string Organisation { get; init; } = "";

    public string OrganisationNumber { get; init; } = "";

    public PublicPartyKind Kind { get; init; }

    public bool Lead { get; init; }

    public FundingSource FundingSource { get; init; }

    public string BudgetCode { get; init; } = "";

    /// <summary>Code of the other municipality that it belongs to; empty for the lead's own.</summary>
    public string Municipality { get; init; } = "";
}

public sealed record Contribution(string PartyId, ContributionType Type, decimal Value)
{
    public string Description { get; init; } = "";

    public int Hours { get; init; }

    public string ValuationMethod { get; init; } = "";

    /// <summary>What one hour is worth; the value is then hours times it. Null where it was reached otherwise.</summary>
    public decimal? HourlyValue { get; init; }
}

public sealed record PaymentPlanItem(decimal Amount, DateOnly? DueDate, string PayerPartyId, string PayeePartyId);

public sealed record ExtensionTerms(bool Allowed, int MaxCount, int Months)
{
    public static readonly ExtensionTerms None = new(Allowed: false, 0, 0);
}

public sealed record Goal(string GoalId, string Text);

public sealed record ContactPerson(string PartyId, string Function, string DisplayName, string Email, string Phone);

public sealed record FollowUpTerms
{
    public int CheckInEveryMonths { get; init; }

    public int ReportEveryMonths { get; init; }

    public ReportingResponsibility ReportingResponsibility { get; init; }

    public DateOnly? EvaluationDate { get; init; }

    public DateOnly? RenewalTalksDate { get; init; }

    public string How { get; init; } = "";

    public string Who { get; init; } = "";

    public string Financing { get; init; } = "";

    /// <summary>Days of check-ins; where there are any they hold instead of the interval.</summary>
    public IReadOnlyList<DateOnly> CheckInDates { get; init; } = [];

    /// <summary>Days by which reports come; where there are any they hold instead of the interval.</summary>
    public IReadOnlyList<DateOnly> ReportDates { get; init; } = [];

    public bool HasCheckIns => CheckInEveryMonths > 0 || CheckInDates.Count > 0;

    public bool HasReports => ReportEveryMonths > 0 || ReportDates.Count > 0;
}

public sealed record Signatory(string PartyId, string PersonRef, string DisplayName, string Role);

/// <summary>Everything structured that the parties agree on. Replaced as a whole, never changed in place.</summary>
public sealed partial record AgreementTerms
{
    public string Title { get; init; } = "";

    public IReadOnlyList<Party> Parties { get; init; } = [];

    public IReadOnlyList<Contribution> Contributions { get; init; } = [];

    public IReadOnlyList<PaymentPlanItem> PaymentPlan { get; init; } = [];

    public DateOnly? StartDate { get; init; }

    public DateOnly? EndDate { get; init; }

    public ExtensionTerms Extension { get; init; } = ExtensionTerms.None;

    public bool? EndsWithoutNotice { get; init; }

    public IReadOnlyList<Goal> Goals { get; init; } = [];

    public IReadOnlyList<ContactPerson> Contacts { get; init; } = [];

    public FollowUpTerms FollowUp { get; init; } = new();

    public IReadOnlyList<Signatory> PublicSignatories { get; init; } = [];

    public IReadOnlyList<string> Exclusions { get; init; } = [];

    public IReadOnlyList<Commitment> Commitments { get; init; } = [];

    public Collaboration Collaboration { get; init; } = new();

    public IReadOnlyList<Stakeholder> Stakeholders { get; init; } = [];

    public EconomyTerms Economy { get; init; } = new();

    public KnowledgeTerms Knowledge { get; init; } = new();

    public EndingTerms Ending { get; init; } = new();

    public PublicityTerms Publicity { get; init; } = new();

    public EntrustmentTerms Entrustment { get; init; } = new();

    public IReadOnlyList<Annex> Annexes { get; init; } = [];

    /// <summary>Whether the public side wants a body to decide on the agreed text. No part of the text.</summary>
    public bool DecisionRequired { get; init; }

    public Party? PartyWith(string partyId) => Parties.FirstOrDefault(party => party.PartyId == partyId);

    public string NameOf(string partyId) => PartyWith(partyId)?.DisplayName ?? "";
}
