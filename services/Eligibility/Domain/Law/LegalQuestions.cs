using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

public enum LegalArea { Procurement, StateAid, MunicipalAct, Activity }

/// <summary>A question that a legal assessment answers.</summary>
/// <param name="Tag">The activity tag that adds it; empty where it is always asked.</param>
public sealed record LegalQuestion(string Code, LegalArea Area, string Tag, LocalizedText Text, IReadOnlyList<string> Law);

/// <summary>The questions of law (law.md 2.1 to 2.3 and 2.12).</summary>
public static class LegalQuestions
{
    public const string Acquisition = "procurement-acquisition";
    public const string Remuneration = "procurement-remuneration";
    public const string Enforceable = "procurement-enforceable";
    public const string EconomicInterest = "procurement-economic-interest";
    public const string HandedOver = "municipal-matter-handed-over";

    /// <summary>All four yes make aid.</summary>
    public static readonly IReadOnlyList<string> TestsOfAid =
        ["state-aid-economic-activity", "state-aid-advantage", "state-aid-distortion", "state-aid-trade"];

    /// <summary>law.md 2.3: without a yes to each of these the municipality has no power to act, and no partnership is possible.</summary>
    public static readonly IReadOnlyList<string> NeededForPartnership =
        ["municipal-general-interest", "municipal-local-link", "municipal-equal-treatment"];

    /// <summary>law.md 2.3: as a rule not allowed, so a partnership is possible with reservations at most.</summary>
    public const string IndividualSupport = "municipal-individual-support";

    public static IReadOnlyList<LegalQuestion> All { get; } = Read();

    /// <summary>What is asked about a case with these activity tags.</summary>
    public static IEnumerable<LegalQuestion> For(IReadOnlyList<string> tags) =>
        All.Where(question => question.Tag.Length == 0 || tags.Contains(question.Tag));

    private static List<LegalQuestion> Read() =>
        [.. ((YamlSequenceNode)EmbeddedTexts.Root("Domain/legal-questions.yaml")["questions"]).Children.Select(row => new LegalQuestion(
            row["code"].ToString(),
            LawTexts.Choice<LegalArea>(row, "area"),
            LawTexts.Word(row, "tag"),
            LawTexts.Text(row),
            LawTexts.Strings(row, "law")))];
}
