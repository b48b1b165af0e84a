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

    /// <summary>What is found first.</summary>
    public PersonalTrace In(string text)
    {
        // A letter and its ring or dots may be sent apart.
        var composed = text.Normalize(NormalizationForm.FormC);
        return Contact().IsMatch(composed)
            ? PersonalTrace.ContactDetails
            : Word().Matches(composed).Any(match => IsName(match.Groups["word"].ValueSpan, match.Groups["next"].ValueSpan)) ? PersonalTrace.Name : PersonalTrace.None;
    }

    private bool IsName(ReadOnlySpan<char> word, ReadOnlySpan<char> next)
    {
        if (Has(_places, next))
        {
            return false;
        }

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

    // Each word with the one after it, which is looked at and not taken.
    [GeneratedRegex(@"(?<word>\p{L}+)(?=(?:[ \t]+(?<next>\p{L}+))?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    // An address, or seven to twelve digits that begin as a telephone number does.
    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w+|(?<![\d-])(?:\+46|0046|0)[ -]?\d(?:[ -]?\d){6,10}(?![\d-])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contact();
}
