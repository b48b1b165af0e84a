namespace Iop.Agreements.Domain.Linter;

/// <summary>A class of words in their forms, and in compounds.</summary>
internal sealed class WordClass
{
    private const int ShortestHead = 3;

    private readonly HashSet<string> _forms;
    private readonly List<string> _starts;
    private readonly HashSet<string> _heads;
    private readonly bool _name;
    private readonly bool _anyHead;
    private readonly int _longestForm;

    public WordClass(WordEntry entry)
    {
        _forms = [.. entry.Stems.SelectMany(stem => entry.Endings.Select(ending => stem + ending)), .. entry.Forms];
        _starts = [.. entry.Starts, .. entry.Stems.SelectMany(stem => entry.Tails.SelectMany(tail => new[] { $"{stem}s{tail}", stem + tail }))];
        _heads = [.. entry.Heads];
        _name = entry.Forms.Contains("<Name>");
        _anyHead = entry.Heads.Contains("*");
        _longestForm = _forms.Select(form => form.Length).DefaultIfEmpty(0).Max();
    }

    public bool Holds(Token token)
    {
        var word = token.Text;
        return _forms.Contains(word) || (_name && token.IsName) || _starts.Exists(start => word.StartsWith(start, StringComparison.Ordinal)) || IsCompound(word);
    }

    private bool IsCompound(string word)
    {
        for (var at = Math.Max(ShortestHead, word.Length - _longestForm); _heads.Count > 0 && at < word.Length; at++)
        {
            if (_forms.Contains(word[at..]) && (_anyHead || _heads.Contains(word[..at])))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Words in a row, with or without others between. The language of patterns is told in <c>Clauses.yaml</c>.</summary>
internal sealed class WordPattern
{
    private readonly List<(int Gap, IReadOnlyList<Func<Token, bool>> Choices)> _steps = [];
    private readonly IReadOnlySet<string> _denials;

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="words">Classes of words that it can name.</param>
    /// <param name="denials">Words that may not stand between its own: "förlängs inte automatiskt" is no match.</param>
    public WordPattern(string pattern, IReadOnlyDictionary<string, WordClass> words, IReadOnlySet<string> denials)
    {
        _denials = denials;
        var gap = 0;
        foreach (var part in pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] == '~')
            {
                gap = int.Parse(part[1..], System.Globalization.CultureInfo.InvariantCulture);
                continue;
            }

            _steps.Add((gap, [.. part.Split('|').Select(choice => Choice(choice, words))]));
            gap = 0;
        }
    }

    /// <summary>The matches in a sentence, as first and last token; of those that begin at one token the shortest.</summary>
    public IEnumerable<(int First, int Last)> MatchesIn(IReadOnlyList<Token> tokens)
    {
        for (var first = 0; first < tokens.Count; first++)
        {
            if (Holds(0, tokens[first]) && LastOf(tokens, 1, first) is { } last)
            {
                yield return (first, last);
            }
        }
    }

    private int? LastOf(IReadOnlyList<Token> tokens, int step, int at)
    {
        if (step == _steps.Count)
        {
            return at;
        }

        var between = 0;
        for (var next = at + 1; next < tokens.Count && between <= _steps[step].Gap; next++)
        {
            if (Holds(step, tokens[next]) && LastOf(tokens, step + 1, next) is { } last)
            {
                return last;
            }

            if (_denials.Contains(tokens[next].Text))
            {
                return null;
            }

            between += tokens[next].IsWord ? 1 : 0;
        }

        return null;
    }

    private bool Holds(int step, Token token)
    {
        foreach (var choice in _steps[step].Choices)
        {
            if (choice(token))
            {
                return true;
            }
        }

        return false;
    }

    private static Func<Token, bool> Choice(string choice, IReadOnlyDictionary<string, WordClass> words) => choice switch
    {
        "#" => token => char.IsDigit(token.Text[0]),
        "<Name>" => token => token.IsName,
        ['@', .. var name] => words[name].Holds,
        [.. var start, '*'] => token => token.Text.StartsWith(start, StringComparison.Ordinal),
        _ => token => token.Text == choice,
    };
}
