namespace Iop.Agreements.Domain.Linter;

/// <summary>
/// Whether words in a sentence are denied, or only explained. Swedish puts its denials before the words and after the
/// verb ("vite utgår inte"), and a condition may be denied where its consequence is not ("om rapporten inte lämnas utgår vite").
/// </summary>
internal sealed class DenialRules(DenialEntry entry)
{
    private readonly IReadOnlyList<string[]> _before = Phrases(entry.Before);
    private readonly IReadOnlyList<string[]> _not = Phrases(entry.Not);
    private readonly HashSet<string> _near = [.. entry.Near.Words];
    private readonly HashSet<string> _after = [.. entry.After];
    private readonly HashSet<string> _breakers = [.. entry.Breakers];
    private readonly HashSet<string> _conditions = [.. entry.Conditions];
    private readonly HashSet<string> _about = [.. entry.About];
    private readonly HashSet<string> _inverted = [.. entry.Inverted];
    private readonly HashSet<string> _verbs = [.. entry.Verbs];
    private readonly HashSet<string> _joins = [.. entry.Joins];
    private readonly HashSet<string> _explained = [.. entry.Explained];

    /// <summary>The single words that deny what comes after them.</summary>
    public IReadOnlySet<string> Words { get; } = entry.Before.Where(word => !word.Contains(' ', StringComparison.Ordinal)).ToHashSet();

    /// <summary>How many words after a clause a denial of it is looked for.</summary>
    public int Reach => entry.Reach;

    /// <summary>How many words before a clause that which denies only the nearest words is looked for.</summary>
    public int NearReach => entry.Near.Reach;

    public bool IsVerb(string word) => _verbs.Contains(word);

    public bool IsJoin(string word) => _joins.Contains(word);

    public bool IsExplained(string word) => _explained.Contains(word);

    /// <summary>Words of a denial that begins at a place; zero where none does.</summary>
    public int DenialAt(IReadOnlyList<Token> tokens, int at) => IsNoDenial(tokens, at) ? 0 : StartsHere(_before, tokens, at);

    public bool IsNearDenialAt(IReadOnlyList<Token> tokens, int at) => _near.Contains(tokens[at].Text) && !IsNoDenial(tokens, at);

    public bool IsDenialAfterAt(IReadOnlyList<Token> tokens, int at) => _after.Contains(tokens[at].Text) && !IsNoDenial(tokens, at);

    public bool IsBreaker(string word) => _breakers.Contains(word);

    /// <summary>Whether another clause begins, to which no denial before it reaches.</summary>
    public bool BeginsClause(IReadOnlyList<Token> tokens, int at) =>
        IsBreaker(tokens[at].Text) || tokens[at].Text == ";" || IsCondition(tokens, at) || (tokens[at].Text == "utan" && tokens.ElementAtOrDefault(at + 1).Text != "att");

    public bool IsCondition(IReadOnlyList<Token> tokens, int at) =>
        _conditions.Contains(tokens[at].Text) && !(tokens[at].Text == "om" && at > 0 && _about.Contains(tokens[at - 1].Text));

    public bool IsInverted(string word) => _inverted.Contains(word);

    private bool IsNoDenial(IReadOnlyList<Token> tokens, int at) => StartsHere(_not, tokens, at) > 0;

    private static int StartsHere(IReadOnlyList<string[]> phrases, IReadOnlyList<Token> tokens, int at) =>
        phrases.Where(phrase => at + phrase.Length <= tokens.Count && phrase.Select((word, i) => tokens[at + i].Text == word).All(same => same))
            .Select(phrase => phrase.Length).DefaultIfEmpty(0).Max();

    private static IReadOnlyList<string[]> Phrases(IEnumerable<string> phrases) => [.. phrases.Select(phrase => phrase.Split(' '))];
}
