using System.Text.RegularExpressions;

namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>
/// Copies the text of a guideline for another municipality to go on from. What the original municipality has adopted is not
/// what the other has, so when and by whom it was adopted is left out, and so is its last day.
/// </summary>
public static partial class PackCopy
{
    /// <summary>Last part of the name of the platform's own baseline, which no municipality has adopted.</summary>
    public const string Baseline = "guidelinePacks/baseline-sou-2019-56";

    /// <summary>The text of the baseline. Source: law.md 2.4.</summary>
    public static string BaselineText => EmbeddedTexts.Whole("Domain/baseline-sou-2019-56.yaml");

    /// <summary>The text, made another municipality's.</summary>
    /// <param name="source">Name of what is copied, told in the text.</param>
    public static string Of(string text, string source, string municipality, string version, DateOnly validFrom)
    {
        var copied = LastDay().Replace(Adoption().Replace(text, ""), "");
        copied = Key("municipality").Replace(copied, $"municipality: \"{municipality}\"", 1);
        copied = Key("version").Replace(copied, $"version: \"{version}\"", 1);
        copied = Key("validFrom").Replace(copied, $"validFrom: {validFrom:yyyy-MM-dd}", 1);
        return $"# Copied from {source}. Title, document and reference number are to be made the municipality's own.\n{copied}";
    }

    private static Regex Key(string key) => new($"^{key}:.*$", RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    // The key and all that is indented under it, with the blank lines and remarks in between.
    [GeneratedRegex(@"^adoption:.*(?:\n|\z)(?:(?:[ \t]*(?:\#.*)?\r?\n)*[ \t]+[^\s\#].*(?:\n|\z))*", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Adoption();

    [GeneratedRegex(@"^validTo:.*(?:\n|\z)", RegexOptions.Multiline, 1000)]
    private static partial Regex LastDay();
}
