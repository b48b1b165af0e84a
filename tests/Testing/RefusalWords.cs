using System.Reflection;
using System.Text.RegularExpressions;
using Iop.Platform.Errors;
using Xunit;

namespace Iop.Testing;

/// <summary>The Swedish sentences of a service's refusals, held to what a person can read: words, and no codes.</summary>
public sealed partial class RefusalWords(string domain, Assembly service)
{
    // What Platform puts in its own sentences beside codes: numbers, dates, names and what the caller wrote.
    private static readonly string[] Plain = ["name", "limit", "min", "max", "after", "at", "pattern", "committee", "legal_reference"];

    private readonly ErrorCatalogue _catalogue = ErrorCatalogue.Load(domain, service);

    /// <summary>The sentences of a reason, filled in.</summary>
    public ErrorText Of(string reason, params (string Key, string Value)[] values) =>
        _catalogue.For(reason, values.Select(value => KeyValuePair.Create(value.Key, value.Value)));

    /// <summary>Expects a word for each code that can land at a place of a sentence. What is said of a state is said of the allowed ones too.</summary>
    public void MustHave(string reason, string key, IEnumerable<string> codes)
    {
        var places = PlacesIn(reason);
        Assert.Contains(key, places);
        Assert.All(codes, code => Assert.All(places.Intersect(Told(key)), place =>
        {
            var told = Of(reason, (place, code)).Sv;
            Assert.DoesNotMatch(Code(), told);
            Assert.DoesNotContain(code, told, StringComparison.Ordinal);
        }));
    }

    /// <summary>Expects every place of every sentence to be one that is tried for its codes, or to hold no codes.</summary>
    /// <param name="tried">Each reason and place that <see cref="MustHave"/> is asked of.</param>
    /// <param name="plain">Places for numbers, dates, names and texts.</param>
    public void MustBeTriedBut(IEnumerable<(string Reason, string Key)> tried, params IEnumerable<string> plain)
    {
        var known = tried.SelectMany(one => Told(one.Key).Select(place => $"{one.Reason} {{{place}}}")).ToHashSet();
        var codeless = Plain.Concat(plain).ToHashSet();
        var places = _catalogue.Reasons.SelectMany(reason => PlacesIn(reason).Where(place => !codeless.Contains(place)).Select(place => $"{reason} {{{place}}}"));
        Assert.Empty(places.Except(known));
    }

    private static string[] Told(string key) => key == "state" ? ["state", "allowed"] : [key];

    private List<string> PlacesIn(string reason) => [.. Place().Matches(Of(reason).Sv).Select(match => match.Groups["key"].Value).Distinct()];

    [GeneratedRegex(@"\{(?<key>\w+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b[A-Z]+(_[A-Z]+)+\b|\b(?!IOP\b|LOU\b)[A-Z]{3,}\b|\b[A-Z][a-z]+([A-Z][a-z]+)+\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
