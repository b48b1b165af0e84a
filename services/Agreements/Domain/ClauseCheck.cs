using Iop.Agreements.Domain.Linter;

namespace Iop.Agreements.Domain;

/// <summary>
/// Looks for clauses that do not belong in a partnership, in everything that the parties write. Generated text is not
/// looked at: it says only what the terms say. What the pack says of a type goes before what the law makes of it.
/// </summary>
internal static class ClauseCheck
{
    public static IEnumerable<Finding> Run(AgreementTerms terms, IReadOnlyList<Section> sections, AgreementRules rules)
    {
        var clauses = ClausesOf(rules);
        var known = clauses.Keys.Where(ClauseLinter.Default.Knows).ToList();
        foreach (var (sectionId, fieldPath, text) in Places(terms, sections).Where(place => place.Text.Length > 0))
        {
            var words = clauses.Where(clause => !ClauseLinter.Default.Knows(clause.Key))
                .SelectMany(clause => ClauseLinter.Default.FindWords(text, clause.Key, clause.Value.Rule.Markers));
            foreach (var found in ClauseLinter.Default.Find(text, known).Concat(words))
            {
                var (rule, isLaw) = clauses[found.Type];
                var blocking = AgreementCheck.Binds(rule.Severity);
                yield return new Finding(
                    (isLaw, blocking) switch
                    {
                        (false, true) => "clause-not-allowed",
                        (false, false) => "clause-to-reconsider",
                        (true, true) => "clause-impossible",
                        (true, false) => "clause-risky",
                    },
                    rule.RuleId, blocking, sectionId, fieldPath, ("marker", found.Words), ("reason", rule.Reason.Sv), ("reason_en", rule.Reason.En))
                {
                    Place = new ClausePlace(found.Type, found.Words, found.Offset),
                };
            }
        }
    }

    private static Dictionary<string, (ForbiddenClause Rule, bool IsLaw)> ClausesOf(AgreementRules rules)
    {
        var clauses = ClauseLinter.Default.Laws.ToDictionary(law => law.Type, law => (Rule: law with { RuleId = RuleIdOf(law, rules) }, IsLaw: true), StringComparer.Ordinal);
        foreach (var clause in rules.ForbiddenClauses)
        {
            // However the pack spells a type, its letters are the same.
            var type = clauses.Keys.FirstOrDefault(known => Letters(known) == Letters(clause.Type)) ?? clause.Type;
            clauses[type] = (clause, IsLaw: false);
        }

        return clauses.Where(clause => clause.Value.Rule.Severity is not (RuleSeverity.Optional or RuleSeverity.Informative)).ToDictionary(StringComparer.Ordinal);
    }

    // ga-agree-duration, he-period-ends-without-notice: that there is an end, and no silent renewal, is the pack's own rule of the term.
    private static string RuleIdOf(ForbiddenClause law, AgreementRules rules) => law.Type switch
    {
        "open-ended" => rules.Period.RuleId,
        "silent-renewal" => rules.Extension.RuleId,
        _ => law.RuleId,
    };

    private static string Letters(string type) => string.Concat(type.Where(char.IsLetter)).ToUpperInvariant();

    // Not the exclusions: what they name is what the partnership does not do. Nor insight and entrustment, where the law
    // itself demands control and recovery.
    private static IEnumerable<(string SectionId, string FieldPath, string Text)> Places(AgreementTerms terms, IReadOnlyList<Section> sections)
    {
        var included = sections.Select((section, i) => (section, i)).Where(pair => pair.section.IsIncluded);
        return included.Select(pair => (pair.section.SectionId, $"sections[{pair.i}].text", pair.section.Text))
            .Concat(included.Where(pair => pair.section.IsAdded).Select(pair => (pair.section.SectionId, $"sections[{pair.i}].heading", pair.section.Heading.Sv)))
            .Concat(terms.Contributions.Select((item, i) => ("", $"contributions[{i}].description", item.Description)))
            .Concat(terms.Contributions.Select((item, i) => ("", $"contributions[{i}].valuation_method", item.ValuationMethod)))
            .Concat(terms.Goals.Select((goal, i) => ("", $"goals[{i}].text", goal.Text)))
            .Concat(terms.Commitments.Select((said, i) => ("", $"commitments[{i}].text", said.Text)))
            .Concat(terms.Stakeholders.Select((body, i) => ("", $"stakeholders[{i}].concern", body.Concern)))
            .Concat(terms.Ending.RescissionGrounds.Select((ground, i) => ("", $"ending.rescission_grounds[{i}]", ground)))
            .Concat(terms.Annexes.Select((annex, i) => ("", $"annexes[{i}].heading", annex.Heading)))
            .Concat(terms.Annexes.Select((annex, i) => ("", $"annexes[{i}].text", annex.Text)))
            .Concat(
            [
                ("", "follow_up.how", terms.FollowUp.How), ("", "follow_up.who", terms.FollowUp.Who), ("", "follow_up.financing", terms.FollowUp.Financing),
                ("", "title", terms.Title),
                ("", "collaboration.municipal_role", terms.Collaboration.MunicipalRole),
                ("", "economy.other_grants_disclosure", terms.Economy.OtherGrantsDisclosure),
                ("", "knowledge.how", terms.Knowledge.How), ("", "knowledge.what", terms.Knowledge.What), ("", "knowledge.who", terms.Knowledge.Who),
                ("", "publicity.secrecy", terms.Publicity.Secrecy),
                ("", "economy.compensation_basis", terms.Economy.CompensationBasis), ("", "economy.budget_plan", terms.Economy.BudgetPlan),
                ("", "ending.hardship", terms.Ending.Hardship), ("", "ending.disputes", terms.Ending.Disputes), ("", "ending.wind_down", terms.Ending.WindDown),
            ]);
    }
}
