using System.Text.RegularExpressions;

namespace Iop.Agreements.Domain.Linter;

/// <summary>A word or a sign, in small letters, with its place in the whole text.</summary>
internal readonly record struct Token(string Text, int Start, int Length, bool IsWord, bool IsName)
{
    public int End => Start + Length;
}

/// <summary>One sentence as words and signs, with the stretches that are quoted.</summary>
internal sealed partial class Sentence
{
    private readonly List<(int From, int To)> _quotes;
    private readonly Lazy<Denials> _denials;

    private Sentence(List<Token> tokens, List<(int From, int To)> quotes, DenialRules rules) =>
        (Tokens, _quotes, _denials) = (tokens, quotes, new Lazy<Denials>(() => new Denials(rules, tokens), LazyThreadSafetyMode.None));

    public IReadOnlyList<Token> Tokens { get; }

    public Denials Denials => _denials.Value;

    public static IEnumerable<Sentence> In(string text, DenialRules rules)
    {
        // A pair of quotation marks keeps its words in one piece, full stops and all.
        List<(int From, int To)> quotes = [.. Quote().Matches(text).Select(match => (match.Index, match.Index + match.Length))];
        var start = 0;
        foreach (var end in Ends().Matches(text).Select(match => match.Index + match.Length).Append(text.Length))
        {
            if (quotes.Exists(quote => quote.From < end && end < quote.To))
            {
                continue;
            }

            if (TokensIn(text, start, end) is { Count: > 0 } tokens)
            {
                yield return new Sentence(tokens, quotes, rules);
            }

            start = end;
        }
    }

    public bool IsQuoted(int from, int to) => _quotes.Exists(quote => quote.From <= from && to <= quote.To);

    private static List<Token> TokensIn(string text, int from, int to) =>
    [
        .. Words().Matches(text[from..to]).Select(match => new Token(
            match.Value.ToLowerInvariant().TrimEnd('-'),
            from + match.Index,
            match.Length,
            char.IsLetterOrDigit(match.Value[0]),
            char.IsUpper(match.Value[0]) && match.Index > 0)),
    ];

    // A full stop before a small letter ends no sentence (t.ex. på kvällen); a blank line and a line of a list begin a new one.
    [GeneratedRegex(@"[.!?]+[”""»)]*\s+(?=[\p{Lu}\p{N}”""«-])|\n\s*\n|\n(?=\s*(?:[-*•]|\p{N}+[.)]))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ends();

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:[-'’:][\p{L}\p{N}]+)*-?|[,;:/()–]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    [GeneratedRegex("[”“][^”“\n]{1,300}[”“]|\"[^\"\n]{1,300}\"|«[^»\n]{1,300}»|»[^«\n]{1,300}[«»]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quote();
}
