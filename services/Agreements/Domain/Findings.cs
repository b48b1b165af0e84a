namespace Iop.Agreements.Domain;

/// <summary>One thing that is missing or not allowed.</summary>
/// <param name="Code">Which sentence tells it.</param>
/// <param name="RuleId">The rule of the pack; empty where the suite itself asks for it.</param>
/// <param name="Blocking">Whether it stops the approval of the text.</param>
/// <param name="SectionId">The section concerned, or empty.</param>
/// <param name="FieldPath">The field concerned, or empty.</param>
/// <param name="Values">What the sentence shows.</param>
public sealed record Finding(string Code, string RuleId, bool Blocking, string SectionId, string FieldPath, params IReadOnlyList<(string Key, string Value)> Values)
{
    /// <summary>Where a clause was found; null for what is missing.</summary>
    public ClausePlace? Place { get; init; }

    /// <summary>The guideline pack whose rule it is, where several bind the text; empty otherwise.</summary>
    public string PackName { get; init; } = "";

    /// <summary>A departure that the guideline lets stand only with recorded reasons, and that has none.</summary>
    public bool NeedsMotivation { get; init; }

    public string Motivation { get; init; } = "";

    /// <summary>Whether a guideline asks for it, and not the law or the suite.</summary>
    public bool IsOfPack => RuleId.Length > 0 && !RuleId.StartsWith("law-", StringComparison.Ordinal);

    /// <summary>What an error names the finding by.</summary>
    public string Label => RuleId.Length > 0 ? RuleId : Code;
}

/// <summary>A clause in a text: its type, the words as they stand, and where they begin.</summary>
public sealed record ClausePlace(string ClauseType, string Words, int Offset);

/// <summary>The sentences of findings, from the embedded <c>Findings.yaml</c>.</summary>
public sealed class FindingTexts
{
    private readonly Dictionary<string, Dictionary<string, string>> _texts;

    private FindingTexts(Dictionary<string, Dictionary<string, string>> texts) => _texts = texts;

    public static FindingTexts Load() => new(Resources.Read<Dictionary<string, Dictionary<string, string>>>("Findings.yaml"));

    public IEnumerable<string> Codes => _texts.Keys;

    public LocalizedText Sentence(Finding finding)
    {
        var (values, texts) = (finding.Values.ToArray(), _texts[finding.Code]);
        return new LocalizedText(Templates.Fill(texts["sv"], values), Templates.Fill(texts["en"], values));
    }
}
