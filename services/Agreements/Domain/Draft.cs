namespace Iop.Agreements.Domain;

/// <summary>What an approved case knows that an agreement can begin from.</summary>
public sealed record CaseFacts
{
    public required string CaseName { get; init; }

    public required string PackName { get; init; }

    public required string Title { get; init; }

    public IReadOnlyList<Party> Parties { get; init; } = [];

    public IReadOnlyList<Contribution> Contributions { get; init; } = [];

    public IReadOnlyList<string> Goals { get; init; } = [];

    public DateOnly? PlannedStart { get; init; }

    public int TermMonths { get; init; }

    public int ExtensionCount { get; init; }

    public int ExtensionMonths { get; init; }

    /// <summary>What the case says in words, by the keys that the first texts use.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();
}

/// <summary>Makes the first terms and sections of an agreement from its case and its guideline pack.</summary>
public static class Draft
{
    public static AgreementTerms Terms(CaseFacts facts, AgreementRules rules)
    {
        DateOnly? end = facts.PlannedStart is { } start && facts.TermMonths > 0 ? Term.End(start, facts.TermMonths) : null;
        var extends = rules.Extension.Allowed && facts.ExtensionCount > 0 && facts.ExtensionMonths > 0;
        return new AgreementTerms
        {
            Title = facts.Title,
            Parties = facts.Parties,
            Contributions = facts.Contributions,
            Goals = [.. facts.Goals.Select((text, index) => new Goal($"goal-{index + 1}", text))],
            StartDate = facts.PlannedStart,
            EndDate = end,
            Extension = extends ? new ExtensionTerms(Allowed: true, facts.ExtensionCount, facts.ExtensionMonths) : ExtensionTerms.None,
            FollowUp = FollowUp(rules.FollowUp, facts.PlannedStart, end),
        };
    }

    public static IReadOnlyList<Section> Sections(AgreementRules rules, CaseFacts facts, Phrases phrases) =>
        [.. rules.Sections.Select(template => new Section
        {
            SectionId = template.Key,
            Key = template.Key,
            RuleId = template.RuleId,
            Heading = template.Heading,
            Guidance = template.Guidance,
            Mode = template.Mode,
            Source = SourceOf(template),
            Text = FirstText(template.Key, facts, phrases),
        })];

    private static FollowUpTerms FollowUp(FollowUpRule rule, DateOnly? start, DateOnly? end) => new()
    {
        CheckInEveryMonths = rule.CheckInEveryMonths,
        ReportEveryMonths = rule.ReportEveryMonths,
        ReportingResponsibility = rule.ReportingResponsibility,
        EvaluationDate = Term.EvaluationDate(rule, start, end),
        RenewalTalksDate = Term.RenewalTalksDate(rule, start, end),
    };

    // However the code is spelled, its letters are the same. What only suggests a first text, such as the challenge of the case, is the parties' own from then on.
    private static SectionSource SourceOf(SectionTemplate template) => string.Concat(template.GeneratedFrom.Where(char.IsLetter)).ToUpperInvariant() switch
    {
        "NAME" => SectionSource.Name,
        "PARTIES" => template.Repeatable ? SectionSource.Roles : SectionSource.Parties,
        "CONTRIBUTIONS" => SectionSource.Contributions,
        "PERIOD" => SectionSource.Period,
        "GOALS" => SectionSource.Goals,
        "CONTACTS" => SectionSource.Contacts,
        "FOLLOWUP" => SectionSource.FollowUp,
        "SIGNATURES" => SectionSource.Signatures,
        _ => SectionSource.None,
    };

    private static string FirstText(string key, CaseFacts facts, Phrases phrases)
    {
        if (phrases.Find($"prefill.{key}") is not { } template)
        {
            return "";
        }

        var values = facts.Texts.Select(pair => (pair.Key, pair.Value)).ToArray();
        var paragraphs = template.Split("\n\n").Select(paragraph => Templates.Fill(paragraph, values)).Where(paragraph => paragraph.Length > 0);
        return PlainText.Normalise(string.Join("\n\n", paragraphs));
    }
}
