using System.Text.RegularExpressions;
using Iop.Platform.Errors;

namespace Iop.Platform.Requests;

/// <summary>One comparison of a filter.</summary>
/// <param name="Field">The field, as the contract spells it.</param>
/// <param name="Operator"><c>=</c>, <c>!=</c>, <c>&lt;</c> or <c>&gt;</c>.</param>
/// <param name="Value">The value, without its quotes.</param>
public sealed record Comparison(string Field, string Operator, string Value);

/// <summary>
/// Reads the documented subset of AIP-160: comparisons joined by <c>AND</c>, with values in double quotes or bare.
/// </summary>
public static partial class Filter
{
    /// <summary>Reads a filter.</summary>
    /// <param name="text">The filter; empty for none.</param>
    /// <param name="allowed">Each field with the operators that it allows, for example <c>state</c> with <c>=</c>.</param>
    /// <exception cref="Refusal"><c>INVALID_FILTER</c>, naming the place that is not understood.</exception>
    public static IReadOnlyList<Comparison> Parse(string text, IReadOnlyDictionary<string, string[]> allowed)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        return [.. And().Split(text.Trim()).Select(part => Read(part, allowed))];
    }

    private static Comparison Read(string part, IReadOnlyDictionary<string, string[]> allowed)
    {
        var match = Term().Match(part);
        if (!match.Success)
        {
            throw Refusal.Input("INVALID_FILTER", "filter", ("at", "syntax"));
        }

        var (field, sign) = (match.Groups["field"].Value, match.Groups["sign"].Value);
        if (!allowed.TryGetValue(field, out var signs) || !signs.Contains(sign))
        {
            // The field's name is the caller's own text, but it is only letters and dots here.
            throw Refusal.Input("INVALID_FILTER", "filter", ("at", $"{field} {sign}"));
        }

        return new Comparison(field, sign, match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["bare"].Value);
    }

    [GeneratedRegex(@"\s+AND\s+(?=(?:[^""]*""[^""]*"")*[^""]*$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex And();

    [GeneratedRegex(@"^\s*(?<field>[a-z_.]{1,60})\s*(?<sign>=|!=|<|>)\s*(?:""(?<quoted>[^""]*)""|(?<bare>[^\s""()]+))\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Term();
}
