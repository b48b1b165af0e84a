using System.Globalization;
using System.Text;
using Iop.Platform.Persistence;

namespace Iop.Organisations.Domain;

/// <summary>The words by which an organisation is found, in a table of their own that search alone reads.</summary>
public sealed class OrganisationSearch : ITenantOwned
{
    /// <inheritdoc/>
    public required string Municipality { get; init; }

    public required Guid Organisation { get; init; }

    public required string Key { get; set; }

    public required string State { get; set; }

    public required string PartyEligibility { get; set; }

    /// <summary>In lower case, composed.</summary>
    public required string Text { get; set; }
}

/// <summary>Makes text comparable: case and spelling variants of one letter go, å, ä and ö stay letters of their own.</summary>
public static class SearchText
{
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    public static string Normalise(string text) => text.Normalize(NormalizationForm.FormC).ToLower(Swedish);

    /// <summary>Two texts that read the same are the same, whatever their case and spacing.</summary>
    public static string Plain(string text) => string.Join(' ', Normalise(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Everything of an organisation that a search reads.</summary>
    public static string Of(Organisation organisation)
    {
        var facts = organisation.Facts;
        return Normalise(string.Join('\n', facts.DisplayName, organisation.Number, organisation.Number.Digits, facts.PurposeStatement, facts.LocalActivity));
    }

    /// <summary>The words of a query, each once.</summary>
    public static IReadOnlyList<string> WordsOf(string query)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in Normalise(query).Append(' '))
        {
            if (char.IsLetterOrDigit(c) || (c == '-' && word.Length > 0))
            {
                word.Append(c);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString().TrimEnd('-'));
                word.Clear();
            }
        }

        return [.. words.Distinct(StringComparer.Ordinal)];
    }
}
