using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Iop.FollowUp.Domain;

/// <summary>
/// Recognises what points out a person in a text that others shall read: given names in common use, e-mail addresses and
/// telephone numbers. Personal identity numbers are refused in every text, by Platform. Source: law.md 2.7.
/// </summary>
public sealed partial class PersonalData(IEnumerable<string> givenNames)
{
    private readonly FrozenSet<string> _givenNames = givenNames.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The reason to refuse a text; null when nothing in it points out a person.</summary>
    public string? ReasonToRefuse(string text)
    {
        if (Contact().IsMatch(text))
        {
            return "CONTACT_DETAILS_REFUSED";
        }

        foreach (var match in Word().EnumerateMatches(text))
        {
            var word = text.AsSpan(match.Index, match.Length);

            // Annas berättelse is Anna's.
            if (IsGivenName(word) || (word[^1] == 's' && IsGivenName(word[..^1])))
            {
                return "PERSONAL_NAME_REFUSED";
            }
        }

        return null;
    }

    private bool IsGivenName(ReadOnlySpan<char> word) => _givenNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    [GeneratedRegex(@"\b[A-ZÅÄÖÉ][a-zåäöé]+\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    // An address, or seven to twelve digits that begin as a telephone number does.
    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.\w+|(?<![\d-])(?:\+46|0046|0)[ -]?\d(?:[ -]?\d){6,10}(?![\d-])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contact();
}
