namespace Iop.Eligibility.Domain.Law;

/// <summary>How a year's purchases of one kind, added up, stand to the limit of direct award.</summary>
public enum SameKindStanding { NoValue, LimitUnknown, Unanswered, Within, Above, AboveTogether }

/// <summary>A purchase that one of the municipality's administrations makes in a year. Value with options and in-kind.</summary>
/// <param name="Case">Name of the case that shows it; empty where a person has told of it.</param>
public sealed record SameKindPurchase(string Description, string Administration, int Year, decimal Value, string Case = "");

/// <summary>
/// The aggregate view of law.md 2.1: same-kind purchases of the year are added up over all the municipality's administrations,
/// so that what was split is seen whole.
/// </summary>
/// <param name="Complete">Somebody has said that these are all; null is not looked into, which is never the same as none.</param>
public sealed record SameKindReview(string Kind, int Year, IReadOnlyList<SameKindPurchase> Purchases, bool? Complete)
{
    /// <summary>Value of the case itself when this was recorded.</summary>
    public decimal? OwnValue { get; init; }

    /// <summary>The limit that it was held to; null where none was known.</summary>
    public decimal? Limit { get; init; }

    public decimal OtherValue => Purchases.Where(purchase => purchase.Year == Year).Sum(purchase => purchase.Value);

    public SameKindStanding Standing => Of(OwnValue, OtherValue, Complete == true, Limit);

    /// <summary>Where the sum stands. Only what lies below the limit is awarded directly (LOU 19 a kap. 2 §). A sum that
    /// has reached it needs no more answers; one that has not may still grow.</summary>
    public static SameKindStanding Of(decimal? own, decimal others, bool complete, decimal? limit) =>
        own is not { } value ? SameKindStanding.NoValue
        : limit is not { } most ? SameKindStanding.LimitUnknown
        : value >= most ? SameKindStanding.Above
        : value + others >= most ? SameKindStanding.AboveTogether
        : complete ? SameKindStanding.Within : SameKindStanding.Unanswered;
}
