using System.Globalization;
using System.Text.RegularExpressions;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>Says in words what a case lacks, so that whoever is refused knows what to do.</summary>
internal static partial class OpenMatters
{
    private const int MostTold = 8;

    /// <summary>The criteria, questions, steps and facts that are open; the first of them where they are many.</summary>
    public static string Tell(IEnumerable<string> rules, IEnumerable<string> missing, GuidelinePack pack)
    {
        var told = rules.Select(rule => pack.Criteria.FirstOrDefault(criterion => criterion.Id == rule)?.Statement.Sv ?? rule)
            .Concat(missing.Select(each => OfMissing(each, pack))).Distinct(StringComparer.Ordinal).ToList();
        if (told.Count == 0)
        {
            return Words.Of("openMatter", "evaluation").Sv;
        }

        var first = string.Join(' ', told.Take(MostTold).Select(each => each[^1] is '.' or '?' ? each : $"{each}."));
        return told.Count > MostTold ? $"{first} {string.Format(CultureInfo.InvariantCulture, Words.Of("openMatter", "more").Sv, told.Count - MostTold)}" : first;
    }

    private static string OfMissing(string missing, GuidelinePack pack) =>
        pack.Routing.Questions.FirstOrDefault(question => question.Key == missing)?.Text.Sv
        ?? pack.Steps.FirstOrDefault(step => step.Key == missing)?.Text.Sv
        ?? Words.Of("openMatter", Index().Replace(missing, "")).Sv;

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Index();
}
