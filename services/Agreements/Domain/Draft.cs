using Iop.Sight;

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

    public string BudgetPlan { get; init; } = "";

    public Origin Origin { get; init; } = new();

    /// <summary>Departures from the guideline that the case has given reasons for.</summary>
    public IReadOnlyList<Departure> Departures { get; init; } = [];

    public MatterCommittees Committees { get; init; } = MatterCommittees.None;

    /// <summary>What the case says in words, by the keys that the first texts use.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();
}

/// <summary>Makes the first terms and sections of an agreement from its case and its guideline pack.</summary>
public static class Draft
{
    private static readonly Dictionary<string, SectionSource> ByKey = new(StringComparer.Ordinal)
    {
        ["exclusions"] = SectionSource.Exclusions,
        ["municipal-role"] = SectionSource.MunicipalRole,
        ["knowledge-gathering"] = SectionSource.Knowledge,
        ["renegotiation"] = SectionSource.Renegotiation,
        ["termination"] = SectionSource.Termination,
        ["notice-period"] = SectionSource.Notice,
        ["hardship"] = SectionSource.Hardship,
        ["dispute"] = SectionSource.Dispute,
        ["wind-down"] = SectionSource.WindDown,
        ["stakeholders"] = SectionSource.Stakeholders,
        ["secrecy"] = SectionSource.Secrecy,
        ["insight"] = SectionSource.Insight,
        ["entrustment"] = SectionSource.Entrustment,
    };

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
            Economy = new EconomyTerms { BudgetPlan = facts.BudgetPlan },
            DecisionRequired = rules.DecisionOnTextDemanded,
        };
    }

    public static IReadOnlyList<Section> Sections(AgreementRules rules, CaseFacts facts, Phrases phrases)
    {
        List<Section> sections = [.. rules.Sections.Select(template => Of(template, facts, phrases, rules.Compact))];
        var demanded = Ready(phrases).Concat(Demanded(facts.Origin, phrases)).Where(section => sections.TrueForAll(other => other.Key != section.Key)).ToList();
        var signatures = sections.FindIndex(section => section.Source == SectionSource.Signatures);
        sections.InsertRange(signatures < 0 ? sections.Count : signatures, demanded);
        return sections;
    }

    private static Section Of(SectionTemplate template, CaseFacts facts, Phrases phrases, CompactReference? compact) => new()
    {
        SectionId = template.Key,
        Key = template.Key,
        RuleId = template.RuleId,
        Heading = template.Heading,
        Guidance = template.Guidance,
        Prompts = template.Prompts,
        Mode = template.Mode,
        Repeatable = template.Repeatable,
        Source = SourceOf(template),
        Text = PlainText.Normalise($"{FirstText(template.Key, facts, phrases)}\n\n{OfCompact(template.Key, compact, phrases)}"),
    };

    // law.md 2.13: what winding a partnership down has taught. Headings that the parties may leave empty.
    private static IEnumerable<Section> Ready(Phrases phrases) =>
    [
        Demanded("stakeholders", "", SectionSource.Stakeholders, phrases) with { Mode = SectionMode.Optional },
        Demanded("wind-down", "", SectionSource.WindDown, phrases) with { Mode = SectionMode.Optional },
    ];

    // law.md 2.3 and 2.2: where a municipal matter is handed over the text must secure insight, whatever the pack says of
    // control; where a service of general economic interest is compensated it must entrust it.
    public static IEnumerable<Section> Demanded(Origin origin, Phrases phrases)
    {
        if (origin.MunicipalMatter)
        {
            yield return Demanded("insight", "law-kl-10", SectionSource.Insight, phrases);
        }

        if (origin.Entrustment)
        {
            yield return Demanded("entrustment", "law-sgei-entrustment", SectionSource.Entrustment, phrases);
        }
    }

    private static Section Demanded(string key, string ruleId, SectionSource source, Phrases phrases) => new()
    {
        SectionId = key,
        Key = key,
        RuleId = ruleId,
        Heading = new LocalizedText(phrases[$"section.{key}.sv"], phrases[$"section.{key}.en"]),
        Guidance = new LocalizedText(phrases[$"section.{key}.guidance.sv"], phrases[$"section.{key}.guidance.en"]),
        Mode = SectionMode.Required,
        Source = source,
    };

    private static FollowUpTerms FollowUp(FollowUpRule rule, DateOnly? start, DateOnly? end) => new()
    {
        CheckInEveryMonths = rule.CheckInEveryMonths,
        ReportEveryMonths = rule.ReportEveryMonths,
        ReportingResponsibility = rule.ReportingResponsibility,
        EvaluationDate = Term.EvaluationDate(rule, start, end),
        RenewalTalksDate = Term.RenewalTalksDate(rule, start, end),
    };

    // However the code is spelled, its letters are the same. A pack that names no facts means those that the key of the
    // section speaks of. What only suggests a first text, such as the challenge of the case, is the parties' own from then on.
    private static SectionSource SourceOf(SectionTemplate template) => Letters(template.GeneratedFrom) switch
    {
        "NAME" => SectionSource.Name,
        "PARTIES" => template.Repeatable ? SectionSource.Roles : SectionSource.Parties,
        "CONTRIBUTIONS" => SectionSource.Contributions,
        "PERIOD" => SectionSource.Period,
        "GOALS" => SectionSource.Goals,
        "CONTACTS" => SectionSource.Contacts,
        "FOLLOWUP" => SectionSource.FollowUp,
        "SIGNATURES" => SectionSource.Signatures,
        "COMMITMENTS" => SectionSource.Commitments,
        "MEETINGS" => SectionSource.Meetings,
        "" => ByKey.GetValueOrDefault(template.Key),
        _ => SectionSource.None,
    };

    private static string Letters(string code) => string.Concat(code.Where(char.IsLetter)).ToUpperInvariant();

    // li-compact-aim-welfare-actors, he-six-principles-reference: the parties may write otherwise, but need not look it up.
    private static string OfCompact(string key, CompactReference? compact, Phrases phrases) => compact?.Sections.Contains(key) != true ? "" : string.Join('\n',
    [
        phrases.Fill("compact.intro", ("name", compact.Name)),
        .. compact.Statements.Select(statement => phrases.Fill("compact.line", ("text", statement))),
        .. compact.Uri.Length > 0 ? [phrases.Fill("compact.address", ("uri", compact.Uri))] : Array.Empty<string>(),
    ]);

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
