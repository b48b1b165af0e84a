namespace Iop.Agreements.Domain.Linter;

/// <summary>A clause found in a text.</summary>
public sealed record FoundClause(string Type, int Offset, string Words);

/// <summary>Finds clauses in Swedish text by type. What is denied, quoted or only explained is none.</summary>
public sealed class ClauseLinter(ClauseLexicon lexicon)
{
    public static ClauseLinter Default { get; } = new(ClauseLexicon.Default);

    /// <summary>For each type, the rule that stands where a pack says nothing of it.</summary>
    public IEnumerable<ForbiddenClause> Laws => lexicon.Clauses.Values.Select(clause => clause.Law);

    public bool Knows(string type) => lexicon.Clauses.ContainsKey(type);

    /// <summary>The clauses of some types in a text, in the order in which they stand.</summary>
    public IReadOnlyList<FoundClause> Find(string text, IReadOnlyCollection<string> types) =>
        [.. Sentence.In(text, lexicon.Denial).SelectMany(sentence => types.SelectMany(type => In(sentence, type, lexicon.Clauses[type], text))).OrderBy(found => found.Offset)];

    /// <summary>The places of whole words and phrases, with the same eye for denials and quotations.</summary>
    public IReadOnlyList<FoundClause> FindWords(string text, string type, IReadOnlyList<string> phrases)
    {
        List<WordPattern> patterns = [.. phrases.Select(phrase => new WordPattern(PlainText.Normalise(phrase).ToLowerInvariant(), new Dictionary<string, WordClass>(), lexicon.Denial.Words))];
        var entry = new ClauseEntry(patterns, [], DeniedAfter: true, new ForbiddenClause(type, "", new LocalizedText("", ""), RuleSeverity.Mandatory, []));
        return [.. Sentence.In(text, lexicon.Denial).SelectMany(sentence => In(sentence, type, entry, text)).OrderBy(found => found.Offset)];
    }

    private IEnumerable<FoundClause> In(Sentence sentence, string type, ClauseEntry entry, string text)
    {
        if (entry.Unless.Any(pattern => pattern.MatchesIn(sentence.Tokens).Any()))
        {
            yield break;
        }

        var until = -1;
        var hits = entry.Patterns.SelectMany(pattern => pattern.MatchesIn(sentence.Tokens)).OrderBy(hit => hit.First).ThenByDescending(hit => hit.Last);
        foreach (var (first, last) in hits)
        {
            var (from, to) = (sentence.Tokens[first].Start, sentence.Tokens[last].End);
            if (first <= until || sentence.IsQuoted(from, to) || sentence.Denials.Deny(first, last, entry.DeniedAfter))
            {
                continue;
            }

            until = last;
            yield return new FoundClause(type, from, text[from..to]);
        }
    }
}
