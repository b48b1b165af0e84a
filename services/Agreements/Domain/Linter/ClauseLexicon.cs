namespace Iop.Agreements.Domain.Linter;

/// <summary>What a type of clause is known by, from the embedded <c>Clauses.yaml</c>.</summary>
public sealed class ClauseLexicon
{
    private readonly Dictionary<string, ClauseEntry> _clauses;

    private ClauseLexicon(LexiconFile file)
    {
        Denial = new DenialRules(file.Denial);
        var words = file.Words.ToDictionary(pair => pair.Key, pair => new WordClass(pair.Value), StringComparer.Ordinal);
        _clauses = file.Clauses.ToDictionary(
            pair => pair.Key,
            pair => new ClauseEntry(
                [.. pair.Value.Patterns.Select(pattern => new WordPattern(pattern, words, Denial.Words))],
                [.. pair.Value.Unless.Select(pattern => new WordPattern(pattern, words, Denial.Words))],
                pair.Value.DeniedAfter,
                new ForbiddenClause(pair.Key, pair.Value.Law.Rule, new LocalizedText(pair.Value.Law.Sv, pair.Value.Law.En), pair.Value.Law.Severity, [])),
            StringComparer.Ordinal);
    }

    public static ClauseLexicon Default { get; } = new(Resources.Read<LexiconFile>("Clauses.yaml"));

    internal DenialRules Denial { get; }

    internal IReadOnlyDictionary<string, ClauseEntry> Clauses => _clauses;
}

/// <summary>One type of clause: its patterns, what makes a sentence innocent, and the law where the pack is silent.</summary>
internal sealed record ClauseEntry(IReadOnlyList<WordPattern> Patterns, IReadOnlyList<WordPattern> Unless, bool DeniedAfter, ForbiddenClause Law);

internal sealed class LexiconFile
{
    public Dictionary<string, WordEntry> Words { get; init; } = [];

    public DenialEntry Denial { get; init; } = new();

    public Dictionary<string, ClauseFile> Clauses { get; init; } = [];
}

internal sealed class WordEntry
{
    public List<string> Stems { get; init; } = [];

    public List<string> Endings { get; init; } = [""];

    public List<string> Heads { get; init; } = [];

    public List<string> Tails { get; init; } = [];

    public List<string> Starts { get; init; } = [];

    public List<string> Forms { get; init; } = [];
}

internal sealed class DenialEntry
{
    public List<string> Before { get; init; } = [];

    public NearEntry Near { get; init; } = new();

    public List<string> After { get; init; } = [];

    public int Reach { get; init; }

    public List<string> Not { get; init; } = [];

    public List<string> Breakers { get; init; } = [];

    public List<string> Conditions { get; init; } = [];

    public List<string> About { get; init; } = [];

    public List<string> Inverted { get; init; } = [];

    public List<string> Verbs { get; init; } = [];

    public List<string> Joins { get; init; } = [];

    public List<string> Explained { get; init; } = [];
}

internal sealed class NearEntry
{
    public List<string> Words { get; init; } = [];

    public int Reach { get; init; }
}

internal sealed class ClauseFile
{
    public List<string> Patterns { get; init; } = [];

    public List<string> Unless { get; init; } = [];

    public bool DeniedAfter { get; init; }

    public LawEntry Law { get; init; } = new();
}

internal sealed class LawEntry
{
    public string Rule { get; init; } = "";

    public RuleSeverity Severity { get; init; }

    public string Sv { get; init; } = "";

    public string En { get; init; } = "";
}
