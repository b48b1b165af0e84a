using Google.Protobuf.Collections;
using Iop.Eligibility.Domain.Law;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <summary>The year's purchases of one kind, to and from the contract.</summary>
internal static class SameKindMapping
{
    private const int MostPurchases = 100;
    private const int ShortestKind = 2;
    private const int LongestKind = 40;

    public static V1.SameKindReview ToProto(this SameKindReview review)
    {
        var message = ToProtoOfSums(review);
        message.PurchaseKind = review.Kind;
        message.Purchases.AddRange(review.Purchases.Select(ToProto));
        return message;
    }

    /// <summary>The sums without the purchases that they are of.</summary>
    public static V1.SameKindReview ToProtoOfSums(SameKindReview review)
    {
        var message = new V1.SameKindReview
        {
            Year = review.Year,
            OtherValue = review.OtherValue.ToProto(),
            AggregateValue = review.OwnValue is { } own ? (own + review.OtherValue).ToProto() : null,
            Limit = review.Limit?.ToProto(),
            Standing = Enums.To<SameKindStanding, V1.SameKindReview.Types.Standing>(review.Standing),
        };
        if (review.Complete is { } complete)
        {
            message.Complete = complete;
        }

        return message;
    }

    public static V1.SameKindPurchase ToProto(SameKindPurchase purchase) => new()
    {
        Description = purchase.Description,
        Administration = purchase.Administration,
        Year = purchase.Year,
        Value = purchase.Value.ToProto(),
        Case = purchase.Case,
    };

    /// <summary>What a lawyer tells of the kind; null where nothing is told. Purchases of other cases are the platform's to add.</summary>
    public static SameKindReview? Read(Faults faults, string at, V1.SameKindReview? message, string kindOfCase)
    {
        if (message is null)
        {
            return null;
        }

        var purchases = Purchases(faults, $"{at}.purchases", [.. message.Purchases.Where(purchase => purchase.Case.Length == 0)]);
        var kind = Kind(faults, $"{at}.purchase_kind", message.PurchaseKind.Length > 0 ? message.PurchaseKind : kindOfCase, purchases.Count > 0 || message.HasComplete);
        return new SameKindReview(kind, 0, purchases, message.HasComplete ? message.Complete : null);
    }

    public static string Kind(Faults faults, string field, string text, bool required)
    {
        var isKey = text.Length is >= ShortestKind and <= LongestKind && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
        faults.Require(text.Length > 0 || !required, field, "FIELD_REQUIRED");
        faults.Require(text.Length == 0 || isKey, field, "PURCHASE_KIND_INVALID");
        return text;
    }

    public static IReadOnlyList<SameKindPurchase> Purchases(Faults faults, string field, IReadOnlyList<V1.SameKindPurchase> messages)
    {
        faults.Require(messages.Count <= MostPurchases, field, "TOO_MANY_ITEMS", ("limit", $"{MostPurchases}"));
        return
        [
            .. messages.Select((message, i) => new SameKindPurchase(
                faults.Text($"{field}[{i}].description", message.Description, 200, required: true),
                faults.Text($"{field}[{i}].administration", message.Administration, 200, required: true),
                faults.Number($"{field}[{i}].year", message.Year, 2000, 2999),
                faults.Money($"{field}[{i}].value", message.Value, required: true))),
        ];
    }

    /// <summary>Takes out what only the municipality sees: other cases.</summary>
    public static void HideOtherCases(V1.Case message)
    {
        foreach (var review in message.LegalAssessments.Select(assessment => assessment.SameKind).OfType<V1.SameKindReview>())
        {
            Keep(review.Purchases, purchase => purchase.Case.Length == 0);
        }
    }

    private static void Keep<T>(RepeatedField<T> items, Func<T, bool> keeps)
    {
        var kept = items.Where(keeps).ToList();
        items.Clear();
        items.AddRange(kept);
    }
}
