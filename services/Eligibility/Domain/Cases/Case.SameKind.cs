using System.Globalization;
using Iop.Eligibility.Domain.Law;
using Iop.Platform.Errors;

namespace Iop.Eligibility.Domain.Cases;

/// <content>The year's purchases of the same kind, added up over the municipality (law.md 2.1).</content>
public sealed partial class Case
{
    /// <summary>Takes in what other cases of a kind show.</summary>
    public void Refresh(string kind, IReadOnlyList<SameKindPurchase> known)
    {
        PurchaseKind = kind;
        Facts = Facts with { Procurement = Facts.Procurement with { PurchaseKind = kind, Known = known } };
    }

    /// <summary>What the facts say of the kind in a year: what was told of, and what other cases show.</summary>
    public SameKindReview ReviewOfFacts(int year) => new(
        PurchaseKind, year, [.. Facts.Procurement.SameKind, .. Facts.Procurement.Known], Facts.Procurement.SameKindComplete);

    /// <summary>
    /// What this case is, to others of its kind, in a year; null where it is nothing: not settled yet, or led elsewhere than
    /// to an award without competition. The title of a case that is kept to its committees is not told.
    /// </summary>
    public SameKindPurchase? PurchaseIn(int year)
    {
        var isMade = State is CaseState.Approved or CaseState.DecisionPending
            || (State == CaseState.Routed && RoutedInstrument is Guidelines.Instrument.Iop or Guidelines.Instrument.DirectAward);
        var value = CurrentAssessment(LegalAssessmentKind.Full)?.EstimatedValue ?? CaseMeasures.PlannedValue(Facts) ?? 0;
        var administration = Facts.Parties.FirstOrDefault(party => party is { Side: Guidelines.PartySide.Public, Lead: true })?.DisplayName ?? "";
        return isMade && value > 0 && (Decision?.Date.Year ?? year) == year
            ? new SameKindPurchase(CommitteesOnly ? "" : Facts.Title, administration, year, value, Name)
            : null;
    }

    /// <summary>
    /// Holds what others have come to since the assessment to the limit of the day of the decision: the one that the lawyer
    /// relied on may have lapsed with the year, or been taken out of use.
    /// </summary>
    public void MustStillBeWithinLimit(Thresholds thresholds)
    {
        if (CurrentAssessment(LegalAssessmentKind.Full) is { Ground: LegalGround.BelowDirectAwardLimit, SameKind: { } then })
        {
            var now = then with { Limit = DirectAwardLimit(thresholds).Amount, Purchases = [.. then.Purchases.Where(purchase => purchase.Case.Length == 0), .. Facts.Procurement.Known] };
            if (now.Standing is SameKindStanding.AboveTogether or SameKindStanding.Above)
            {
                throw Refusal.Precondition("SAME_KIND_ABOVE_LIMIT", Name, [.. SumAndLimit(now)]);
            }
        }
    }

    // law.md 2.1: a limit that is not known proves nothing, and is never passed over in silence.
    private ThresholdRow DirectAwardLimit(Thresholds thresholds)
    {
        var kind = Thresholds.DirectAwardKind(Facts.Procurement.AnnexTwoService);
        return thresholds.Of(kind) ?? throw MissingThreshold(new MissingThreshold(ProcurementLaw.Lou, kind, thresholds.Date));
    }

    // Taken from the facts where the lawyer adds nothing, and held to the limit either way.
    private LegalAssessment WithSameKind(LegalAssessment assessment, Thresholds thresholds)
    {
        var facts = ReviewOfFacts(thresholds.Date.Year);
        var value = assessment.EstimatedValue ?? CaseMeasures.PlannedValue(Facts);
        var review = (assessment.SameKind is { } told ? told with { Kind = PurchaseKind, Year = facts.Year, Purchases = [.. told.Purchases, .. Facts.Procurement.Known] } : facts) with
        {
            OwnValue = value,
            Limit = thresholds.Of(Thresholds.DirectAwardKind(Facts.Procurement.AnnexTwoService))?.Amount,
        };
        if (review.Standing == SameKindStanding.Unanswered && (assessment.IsProcurement || assessment.Ground == LegalGround.BelowDirectAwardLimit))
        {
            throw Refusal.Input(new FieldFault("legal_assessment.same_kind.complete", "SAME_KIND_UNANSWERED"));
        }

        return assessment with { SameKind = review, EstimatedValue = value };
    }

    private static IEnumerable<(string Key, string Value)> SumAndLimit(SameKindReview review) =>
    [
        ("sum", string.Create(CultureInfo.InvariantCulture, $"{review.OwnValue + review.OtherValue:0.##}")),
        ("limit", string.Create(CultureInfo.InvariantCulture, $"{review.Limit:0.##}")),
    ];
}
