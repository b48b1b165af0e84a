using System.Text.Json.Serialization;

namespace Iop.Agreements.Domain;

public sealed record EconomyTerms
{
    public bool? OtherGrantsAllowed { get; init; }

    public string OtherGrantsDisclosure { get; init; } = "";

    public SurplusRule SurplusRule { get; init; }

    public string CompensationBasis { get; init; } = "";

    public string BudgetPlan { get; init; } = "";

    /// <summary>Zero when no value of an hour is agreed.</summary>
    public decimal VolunteerHourValue { get; init; }
}

public enum SurplusRule
{
    Unspecified,
    Repay,
    CarryOver,
    Reinvest,
}

public sealed record EndingTerms
{
    /// <summary>he-renegotiation-any-party: when none is named, every party may.</summary>
    public IReadOnlyList<string> RenegotiationPartyIds { get; init; } = [];

    public IReadOnlyList<NoticeTerms> Notices { get; init; } = [];

    public IReadOnlyList<string> RescissionGrounds { get; init; } = [];

    public string Hardship { get; init; } = "";

    public string Disputes { get; init; } = "";

    public string WindDown { get; init; } = "";

    public bool MayRenegotiate(string partyId) => RenegotiationPartyIds.Count == 0 || RenegotiationPartyIds.Contains(partyId);
}

public sealed record NoticeTerms(string PartyId, int Months);

public sealed record EntrustmentTerms
{
    public string Service { get; init; } = "";

    public string Compensation { get; init; } = "";

    public string Overcompensation { get; init; } = "";
}

/// <summary>An annex: a text, a file, or both. The hash of the file stands in the text, and so under its hash.</summary>
public sealed record Annex(string Heading, string Text)
{
    /// <summary>Resource name of the document; empty for a text alone.</summary>
    public string Document { get; init; } = "";

    public string FileName { get; init; } = "";

    public string MediaType { get; init; } = "";

    public string Sha256 { get; init; } = "";

    public bool IsFile => Document.Length > 0;
}

/// <summary>What the case knew and the agreement keeps: codes for overviews, and what its legal assessment demands of the text.</summary>
public sealed record Origin
{
    public string Domain { get; init; } = "";

    public IReadOnlyList<string> ChallengeCodes { get; init; } = [];

    public IReadOnlyList<string> TargetGroupCodes { get; init; } = [];

    /// <summary>Where it comes from, of an agreement that was drawn up outside the platform.</summary>
    public string ImportSource { get; init; } = "";

    public bool IsImported => ImportSource.Length > 0;

    /// <summary>KL 10 kap.: the care of a municipal matter is handed over, so follow-up and public insight must be agreed.</summary>
    public bool MunicipalMatter { get; init; }

    /// <summary>Decision 2012/21/EU: compensation for a service of general economic interest needs an act of entrustment.</summary>
    public bool Entrustment { get; init; }

    /// <summary>When the decision on the case was announced; null where that is not known.</summary>
    public Announcement? Announcement { get; init; }
}

/// <summary>When a decision was announced, and from when it has legal force.</summary>
public sealed record Announcement(DateOnly? PublishedOn, DateOnly? FinalOn)
{
    // KL 13 kap. 5 §: three weeks in which any member can ask for a legality review.
    private const int DaysOfReview = 21;

    /// <summary>Place among the events of the case.</summary>
    public long Sequence { get; init; }

    /// <summary>The first day on which the decision has, or can have, legal force.</summary>
    [JsonIgnore]
    public DateOnly? LegalForceFrom => FinalOn ?? PublishedOn?.AddDays(DaysOfReview + 1);
}
