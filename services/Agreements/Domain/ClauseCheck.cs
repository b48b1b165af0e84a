using System.Text.RegularExpressions;

namespace Iop.Agreements.Domain;

/// <summary>
/// Looks for the words that a pack says give a forbidden clause away, as whole words in everything that the parties
/// write. Generated text is not looked at: it says only what the terms say.
/// </summary>
internal static class ClauseCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static IEnumerable<Finding> Run(AgreementTerms terms, IReadOnlyList<Section> sections, IReadOnlyList<ForbiddenClause> clauses)
    {
        var places = Places(terms, sections).Where(place => place.Text.Length > 0).ToList();
        foreach (var clause in clauses.Where(clause => clause.Severity is not (RuleSeverity.Optional or RuleSeverity.Informative) && clause.Markers.Count > 0))
        {
            var words = WordsOf(clause);
            foreach (var place in places)
            {
                if (words.Match(place.Text) is { Success: true } hit)
                {
                    var blocking = AgreementCheck.Binds(clause.Severity);
                    yield return new Finding(
                        blocking ? "clause-not-allowed" : "clause-to-reconsider", clause.RuleId, blocking, place.SectionId, place.FieldPath,
                        ("marker", hit.Value), ("reason", clause.Reason.Sv), ("reason_en", clause.Reason.En));
                }
            }
        }
    }

    private static Regex WordsOf(ForbiddenClause clause)
    {
        var phrases = clause.Markers.Select(marker => Regex.Escape(PlainText.Normalise(marker)).Replace(@"\ ", @"\s+", StringComparison.Ordinal));
        return new Regex($@"(?<![\p{{L}}\p{{N}}])(?:{string.Join('|', phrases)})(?![\p{{L}}\p{{N}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
    }

    private static IEnumerable<(string SectionId, string FieldPath, string Text)> Places(AgreementTerms terms, IReadOnlyList<Section> sections)
    {
        var included = sections.Select((section, i) => (section, i)).Where(pair => pair.section.IsIncluded);
        return included.Select(pair => (pair.section.SectionId, $"sections[{pair.i}].text", pair.section.Text))
            .Concat(terms.Contributions.Select((item, i) => ("", $"contributions[{i}].description", item.Description)))
            .Concat(terms.Goals.Select((goal, i) => ("", $"goals[{i}].text", goal.Text)))
            .Concat([("", "follow_up.how", terms.FollowUp.How), ("", "follow_up.who", terms.FollowUp.Who), ("", "follow_up.financing", terms.FollowUp.Financing)]);
    }
}
