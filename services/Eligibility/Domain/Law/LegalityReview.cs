using System.Globalization;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

/// <summary>When a decision can become final (law.md 2.3): not while any member of the municipality can ask for a legality review.</summary>
public static class LegalityReview
{
    private const int DaysOfWeek = 7;

    private static readonly IReadOnlyList<(DateOnly ValidFrom, int Weeks)> Periods =
        [.. ((YamlSequenceNode)EmbeddedTexts.Root("Domain/legality-review.yaml")["periods"]).Children.Select(row => (
            DateOnly.Parse(row["validFrom"].ToString(), CultureInfo.InvariantCulture),
            int.Parse(row["weeks"].ToString(), CultureInfo.InvariantCulture)))];

    /// <summary>The first day that a decision announced on a day can be final, and the weeks before it; null where no rule is known for the day.</summary>
    public static (DateOnly Day, int Weeks)? FirstFinalDay(DateOnly publishedOn) =>
        Periods.Where(period => period.ValidFrom <= publishedOn).OrderBy(period => period.ValidFrom).Select(period => (period.ValidFrom, period.Weeks)).LastOrDefault()
            is { Weeks: > 0 and var weeks } ? (publishedOn.AddDays((weeks * DaysOfWeek) + 1), weeks) : null;
}
