namespace Iop.Agreements.Domain;

/// <summary>
/// One set of rules from several: whatever any of the packs asks is asked, whatever any forbids is forbidden, and of two
/// limits the narrower holds. A zero in a pack says nothing of the matter.
/// </summary>
public static class StrictestRules
{
    public static AgreementRules Of(IReadOnlyList<AgreementRules> packs) => packs is [var only] ? only : new AgreementRules
    {
        Sections = [.. packs.SelectMany(pack => pack.Sections).DistinctBy(section => section.Key)],
        Sayings = [.. packs.SelectMany(pack => pack.Sayings)],
        ForbiddenClauses = [.. packs.SelectMany(pack => pack.ForbiddenClauses)],
        Contributions = Contributions(packs),
        Period = Period(packs),
        Extension = Extension(packs),
        FollowUp = FollowUp([.. packs.Select(pack => pack.FollowUp)]),
        Signing = Signing([.. packs.Select(pack => pack.Signing)]),
        Retention = Retention(packs),
    };

    private static SigningRule Signing(IReadOnlyList<SigningRule> rules) => rules.MaxBy(rule => rule.MinimumAssurance)! with
    {
        Ordered = rules.Any(rule => rule.Ordered),
        Levels = Enum.GetValues<SignedDocument>().ToDictionary(document => document, document => rules.Max(rule => rule.MinimumFor(document).Assurance)),
        MinimumClass = rules.Max(rule => rule.MinimumClass),
        Classes = Enum.GetValues<SignedDocument>().ToDictionary(document => document, document => rules.Max(rule => rule.MinimumFor(document).Class)),
    };

    private static ContributionRule Contributions(IReadOnlyList<AgreementRules> packs)
    {
        var rules = packs.Select(pack => pack.Contributions).ToList();
        var named = rules.Where(rule => rule.Types.Count > 0).ToList();

        // What counts in every pack that says what counts. Where nothing does, the check of each pack tells it.
        var types = named.Count == 0 ? [] : named.Select(rule => rule.Types.AsEnumerable()).Aggregate((one, other) => one.Intersect(other)).ToList();
        return new ContributionRule(
            Foremost(rules, rule => rule.RequiredFrom.Count).RuleId,
            [.. rules.SelectMany(rule => rule.RequiredFrom).Distinct()],
            types,
            Severest(rules.Where(rule => rule.RequiredFrom.Count > 0).Select(rule => rule.Severity)));
    }

    private static PeriodRule Period(IReadOnlyList<AgreementRules> packs)
    {
        var rules = packs.Select(pack => pack.Period).ToList();
        var shortest = Least(rules.Select(rule => rule.MaxMonths));
        return new PeriodRule(
            (rules.Find(rule => shortest > 0 && rule.MaxMonths == shortest) ?? rules[0]).RuleId,
            rules.Max(rule => rule.MinMonths),
            shortest,
            Severest(rules.Select(rule => rule.Severity)));
    }

    private static ExtensionRule Extension(IReadOnlyList<AgreementRules> packs)
    {
        var rules = packs.Select(pack => pack.Extension).ToList();
        var allowed = rules.TrueForAll(rule => rule.Allowed);
        return new ExtensionRule(
            (rules.Find(rule => !rule.Allowed) ?? rules[0]).RuleId,
            allowed,
            Least(rules.Select(rule => rule.MaxCount)),
            Least(rules.Select(rule => rule.MaxMonths)),
            rules.Exists(rule => rule.TermsRequired));
    }

    private static FollowUpRule FollowUp(IReadOnlyList<FollowUpRule> rules)
    {
        var reminders = rules.Select(rule => rule.Reminders).OfType<ReminderRule>().ToList();
        var reporters = rules.Select(rule => rule.ReportingResponsibility).Where(who => who != ReportingResponsibility.Unspecified).Distinct().ToList();
        return new FollowUpRule(
            rules[0].RuleId,
            Least(rules.Select(rule => rule.CheckInEveryMonths)),
            Least(rules.Select(rule => rule.ReportEveryMonths)),
            rules.Max(rule => rule.EvaluationMonthsBeforeEnd),
            rules.Max(rule => rule.RenewalTalksMonthsBeforeEnd),
            reporters switch { [] => ReportingResponsibility.Unspecified, [var one] => one, _ => ReportingResponsibility.Shared })
        {
            RequiredFields = [.. rules.SelectMany(rule => rule.RequiredFields).Distinct(StringComparer.Ordinal)],
            CheckInTopics = [.. rules.SelectMany(rule => rule.CheckInTopics).Distinct(StringComparer.Ordinal)],
            EvaluationQuestions = [.. rules.SelectMany(rule => rule.EvaluationQuestions).Distinct(StringComparer.Ordinal)],

            // The lead is reminded as the first guideline that says so; whom a number may point out is the same for all.
            Reminders = reminders.FirstOrDefault() is { } first ? first with { MinimumGroupSize = reminders.Max(rule => rule.MinimumGroupSize) } : null,
        };
    }

    private static RetentionRule Retention(IReadOnlyList<AgreementRules> packs)
    {
        var rules = packs.Select(pack => pack.Retention).ToList();
        return rules.Find(rule => rule.Preserve) ?? rules.MaxBy(rule => rule.YearsAfterEnd)!;
    }

    private static T Foremost<T>(IEnumerable<T> rules, Func<T, int> weight) => rules.MaxBy(weight)!;

    private static int Least(IEnumerable<int> limits) => limits.Where(limit => limit > 0).DefaultIfEmpty(0).Min();

    private static RuleSeverity Severest(IEnumerable<RuleSeverity> severities)
    {
        var all = severities.ToList();
        var binding = all.Where(AgreementCheck.Binds).ToList();
        return binding.Count > 0 ? binding[0] : all.FirstOrDefault();
    }
}
