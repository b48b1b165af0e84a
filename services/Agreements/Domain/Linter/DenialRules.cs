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

    public bool Denies(IReadOnlyList<Token> tokens, int first, int last, bool alsoAfter) =>
        IsExplained(tokens, first, last) || IsDeniedBefore(tokens, first, last) || (alsoAfter && IsDeniedAfter(tokens, last));

    private bool IsExplained(IReadOnlyList<Token> tokens, int first, int last) =>
        tokens.Take(first).Any(token => token.Text == "med") && tokens.Skip(last + 1).Take(entry.Reach).Any(token => _explained.Contains(token.Text));

    private bool IsDeniedBefore(IReadOnlyList<Token> tokens, int first, int last)
    {
        for (var at = 0; at < first; at++)
        {
            if (StartsHere(_not, tokens, at) > 0)
            {
                continue;
            }

            if (StartsHere(_before, tokens, at) is > 0 and var length && Reaches(tokens, at, at + length, first, last))
            {
                return true;
            }

            if (_near.Contains(tokens[at].Text) && first - at <= entry.Near.Reach && !IsContrast(tokens, at) && !HasSign(tokens, at + 1, first))
            {
                return true;
            }
        }

        return false;
    }

    // From a denial to the words: does it still hold when it gets there?
    private bool Reaches(IReadOnlyList<Token> tokens, int denial, int from, int first, int last)
    {
        var inCondition = IsInCondition(tokens, denial);
        for (var at = from; at < first; at++)
        {
            var word = tokens[at].Text;
            var isNewClause = _breakers.Contains(word) || word == ";" || IsCondition(tokens, at) || (word == "utan" && tokens.ElementAtOrDefault(at + 1).Text != "att");
            var leavesCondition = inCondition && (word == "," || (at > from && _verbs.Contains(word)));
            if (isNewClause || leavesCondition || (word == "," && BeginsMainClause(tokens, at, first, last)))
            {
                return false;
            }
        }

        // "Om parterna inte enas utgår vite", but also "... förlängs det": then the words begin with the verb itself.
        return !(inCondition && first > from && _verbs.Contains(tokens[first].Text));
    }

    private bool IsDeniedAfter(IReadOnlyList<Token> tokens, int last)
    {
        for (var at = last + 1; at < tokens.Count && at <= last + entry.Reach; at++)
        {
            var word = tokens[at].Text;
            if (_breakers.Contains(word) || word is "," or ";" or ":" || IsCondition(tokens, at))
            {
                return false;
            }

            if (_after.Contains(word) && StartsHere(_not, tokens, at) == 0)
            {
                return true;
            }
        }

        return false;
    }

    // A comma in a list goes on denying; a comma before a clause with a verb of its own does not.
    private bool BeginsMainClause(IReadOnlyList<Token> tokens, int comma, int first, int last)
    {
        var between = tokens.Skip(comma + 1).Take(first - comma - 1).Append(tokens.ElementAtOrDefault(last + 1)).ToList();
        return between.Exists(token => token.Text is { } word && _verbs.Contains(word)) && !between.Exists(token => token.Text is { } word && _joins.Contains(word));
    }

    private bool IsInCondition(IReadOnlyList<Token> tokens, int denial)
    {
        for (var at = denial - 1; at >= 0 && tokens[at].Text is not ("," or ";"); at--)
        {
            if (IsCondition(tokens, at) || (at == 0 && _inverted.Contains(tokens[0].Text)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsCondition(IReadOnlyList<Token> tokens, int at) =>
        _conditions.Contains(tokens[at].Text) && !(tokens[at].Text == "om" && at > 0 && _about.Contains(tokens[at - 1].Text));

    // "inte A utan B" says B.
    private static bool IsContrast(IReadOnlyList<Token> tokens, int at) =>
        tokens[at].Text == "utan" && tokens.Take(at).Any(token => token.Text is "inte" or "ej" or "ingen" or "inget" or "inga");

    private static bool HasSign(IReadOnlyList<Token> tokens, int from, int to) => tokens.Skip(from).Take(to - from).Any(token => token.Text is "," or ";");

    private static int StartsHere(IReadOnlyList<string[]> phrases, IReadOnlyList<Token> tokens, int at) =>
        phrases.Where(phrase => at + phrase.Length <= tokens.Count && phrase.Select((word, i) => tokens[at + i].Text == word).All(same => same))
            .Select(phrase => phrase.Length).DefaultIfEmpty(0).Max();

    private static IReadOnlyList<string[]> Phrases(IEnumerable<string> phrases) => [.. phrases.Select(phrase => phrase.Split(' '))];
}
