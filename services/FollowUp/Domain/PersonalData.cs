using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Iop.FollowUp.Domain;

/// <summary>The names that give a person away.</summary>
public sealed record NameList
{
    /// <summary>Given names that are nothing else.</summary>
    public string[] Names { get; init; } = [];

    /// <summary>Given names that are seldom anything else.</summary>
    public string[] RarelyWords { get; init; } = [];

    /// <summary>Given names that are words or places too.</summary>
    public string[] AlsoWords { get; init; } = [];

    /// <summary>Words before which a name is that of a place or a house.</summary>
    public string[] Places { get; init; } = [];

    /// <summary>Those of them that a whole name comes before: Olof Palmes plats.</summary>
    public string[] NamedAfterPeople { get; init; } = [];

    /// <summary>How the name of a place ends, written as one word: Jarlsgatan.</summary>
    public string[] PlaceEndings { get; init; } = [];

    /// <summary>Words that a name is joined to when it is that of a project or a group: Adam-projektet.</summary>
    public string[] Joined { get; init; } = [];

    /// <summary>Words after which a name is that of an organisation, a day or a work: Projekt Elsa.</summary>
    public string[] Bearers { get; init; } = [];

    /// <summary>Names of two words that are of no person: Marte Meo.</summary>
    public string[] NoPeople { get; init; } = [];
}

/// <summary>What in a text may point out a person.</summary>
public enum PersonalTrace
{
    /// <summary>Nothing that is recognised.</summary>
    None,

    /// <summary>A name.</summary>
    Name,

    /// <summary>An e-mail address or a telephone number.</summary>
    ContactDetails,
}

/// <summary>
/// Recognises what may point out a person in a text: names in use in Sweden, e-mail addresses and telephone numbers. No
/// list is whole, and some names are words. Personal identity numbers are refused in every text, by Platform. Source: law.md 2.7.
/// </summary>
public sealed partial class PersonalData(NameList list)
{
    // Shorter ones in lower case are more often abbreviations or words of other languages than names.
    private const int LeastInLowerCase = 5;
    private const int LeastInCapitals = 4;

    private readonly FrozenSet<string> _names = list.Names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly FrozenSet<string> _rarelyWords = list.RarelyWords.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly FrozenSet<string> _alsoWords = list.AlsoWords.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> _places = list.Places.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly FrozenSet<string> _namedAfterPeople = list.NamedAfterPeople.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly string[] _placeEndings = list.PlaceEndings;
    private readonly FrozenSet<string> _joined = list.Joined.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly FrozenSet<string> _bearers = list.Bearers.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> _noPeople = list.NoPeople.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is found first.</summary>
    public PersonalTrace In(string text)
    {
        // A letter and its ring or dots may be sent apart.
        var composed = text.Normalize(NormalizationForm.FormC);
        if (Contact().IsMatch(composed))
        {
            return PersonalTrace.ContactDetails;
        }

        var words = new Words(composed, Word().Matches(composed));
        for (var i = 0; i < words.Count; i++)
        {
            if (IsName(words[i], words.After(i, ' ')) && !IsOfSomethingElse(words, i))
            {
                return PersonalTrace.Name;
            }
        }

        return PersonalTrace.None;
    }

    // Organisations, streets, days and projects bear the names of people.
    private bool IsOfSomethingElse(Words words, int i)
    {
        var (before, next) = (i > 0 && words.After(i - 1, ' ').Length > 0 ? words[i - 1] : "", words.After(i, ' '));
        if (_bearers.Contains(before) || Has(_joined, words.After(i, '-')) || _noPeople.Contains($"{words[i]} {next}") || (Has(_places, next) && !IsOwner(words[i])))
        {
            return true;
        }

        return IsCapitalised(next)
            && (EndsAsPlace(next) || Has(_joined, words.After(i + 1, '-')) || (next[^1] == 's' && Has(_namedAfterPeople, words.After(i + 1, ' '))));
    }

    // Sofia skola is a school, and Fatimas väg is hers.
    private bool IsOwner(string word) => word[^1] is 's' or 'S' && !_names.Contains(word) && !_rarelyWords.Contains(word) && !_alsoWords.Contains(word);

    private bool EndsAsPlace(ReadOnlySpan<char> word)
    {
        foreach (var ending in _placeEndings)
        {
            if (word.Length > ending.Length && word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsName(ReadOnlySpan<char> word, ReadOnlySpan<char> next)
    {
        var isCapitalised = char.IsUpper(word[0]) && (word.Length >= LeastInCapitals || !word[1..].ContainsAnyInRange('A', 'Z'));
        return Has(_names, word) ? isCapitalised || word.Length >= LeastInLowerCase
            : isCapitalised && (Has(_rarelyWords, word) || IsSurname(word) || (Has(_alsoWords, word) && IsCapitalised(next)));
    }

    private static bool IsCapitalised(ReadOnlySpan<char> word) => word is [var first, var second, ..] && char.IsUpper(first) && char.IsLower(second);

    private static bool IsSurname(ReadOnlySpan<char> word) =>
        word.Length > 6 && (word.EndsWith("sson", StringComparison.OrdinalIgnoreCase) || word.EndsWith("ssons", StringComparison.OrdinalIgnoreCase));

    // Annas berättelse is Anna's.
    private static bool Has(FrozenSet<string> set, ReadOnlySpan<char> word)
    {
        var lookup = set.GetAlternateLookup<ReadOnlySpan<char>>();
        return lookup.Contains(word) || (word.Length > 2 && word[^1] is 's' or 'S' && lookup.Contains(word[..^1]));
    }

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    // An address, or seven to twelve digits that begin as a telephone number does.
    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w+|(?<![\d-])(?:\+46|0046|0)[ -]?\d(?:[ -]?\d){6,10}(?![\d-])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contact();

    // The words of a text, and what stands between them.
    private readonly record struct Words(string Text, MatchCollection Found)
    {
        public int Count => Found.Count;

        public string this[int i] => Found[i].Value;

        /// <summary>The word after one, when nothing but this stands between them; otherwise empty.</summary>
        public string After(int i, char joint)
        {
            if (i + 1 >= Found.Count)
            {
                return "";
            }

            var (start, end) = (Found[i].Index + Found[i].Length, Found[i + 1].Index);
            var between = Text.AsSpan(start, end - start);
            var isJoined = joint == ' ' ? between.Trim(" \t").IsEmpty : between is ['-'];
            return isJoined ? Found[i + 1].Value : "";
        }
    }
}
