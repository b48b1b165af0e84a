using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

/// <summary>What the law says of an instrument.</summary>
/// <param name="First">It weighs before the municipality's own rules.</param>
/// <param name="When">All of these facts hold.</param>
public sealed record LawRule(string Id, bool First, IReadOnlyList<CaseFact> When, Instrument Instrument,
    RoutingStrength Strength, LocalizedText Text, IReadOnlyList<string> Law)
{
    private const string DateMark = "{date}";

    /// <summary>The sentence, with the day of a registration where it tells of one.</summary>
    public LocalizedText TextOn(DateOnly? registration)
    {
        var day = $"{registration:yyyy-MM-dd}";
        return Text.Sv.Contains(DateMark, StringComparison.Ordinal)
            ? new LocalizedText(Text.Sv.Replace(DateMark, day, StringComparison.Ordinal), Text.En.Replace(DateMark, day, StringComparison.Ordinal))
            : Text;
    }
}

/// <summary>What the law asks or remarks beside the criteria of a guideline.</summary>
public sealed record LawFinding(string Code, Severity Severity, bool IsBlocking, LocalizedText Sentence, IReadOnlyList<string> Law)
{
    /// <summary>The finding with what its marks, such as <c>{value}</c>, stand for.</summary>
    public LawFinding Telling(params ReadOnlySpan<(string Mark, LocalizedText Told)> marks)
    {
        var sentence = Sentence;
        foreach (var (mark, told) in marks)
        {
            sentence = new LocalizedText(
                sentence.Sv.Replace($"{{{mark}}}", told.Sv, StringComparison.Ordinal), sentence.En.Replace($"{{{mark}}}", told.En, StringComparison.Ordinal));
        }

        return this with { Sentence = sentence };
    }
}

/// <summary>The rules of law that hold under every guideline.</summary>
public static class LawRules
{
    private static readonly YamlMappingNode Root = EmbeddedTexts.Root("Domain/law-routing.yaml");

    public static IReadOnlyList<LawRule> Routing { get; } = Rules("rules", null);

    /// <summary>Why an instrument is chosen where no rule says so.</summary>
    public static IReadOnlyList<LawRule> Chosen { get; } = Rules("chosen", RoutingStrength.SupportsIop);

    /// <summary>Why an instrument is not chosen; the first that holds is told.</summary>
    public static IReadOnlyList<LawRule> Against { get; } = Rules("against", RoutingStrength.Opposes);

    public static IReadOnlyDictionary<string, LawFinding> Findings { get; } = ((YamlSequenceNode)Root["findings"]).Children
        .Select(row => new LawFinding(
            row["code"].ToString(), LawTexts.Choice<Severity>(row, "severity"), LawTexts.Word(row, "blocking") == "true",
            LawTexts.Text(row["text"]), LawTexts.Strings(row, "law")))
        .ToDictionary(finding => finding.Code, StringComparer.Ordinal);

    /// <summary>Every id of a rule of law.</summary>
    public static IReadOnlySet<string> Ids { get; } = Routing.Concat(Chosen).Concat(Against).Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);

    private static List<LawRule> Rules(string list, RoutingStrength? strength) =>
        [.. ((YamlSequenceNode)Root[list]).Children.Select(row => new LawRule(
            row["id"].ToString(),
            LawTexts.Word(row, "first") == "true",
            [.. LawTexts.Strings(row, "when").Select(fact => Enum.Parse<CaseFact>(fact, ignoreCase: true))],
            LawTexts.Choice<Instrument>(row, "instrument"),
            strength ?? LawTexts.Choice<RoutingStrength>(row, "strength"),
            LawTexts.Text(row["text"]),
            LawTexts.Strings(row, "law")))];
}
