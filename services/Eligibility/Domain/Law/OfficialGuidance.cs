using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

/// <summary>An official text on partnerships, and where it is.</summary>
public sealed record OfficialText(string Key, LocalizedText Text, string Uri);

/// <summary>Official texts that hold beside every guideline (law.md 2.4).</summary>
public static class OfficialGuidance
{
    public static IReadOnlyList<OfficialText> All { get; } =
        [.. ((YamlSequenceNode)EmbeddedTexts.Root("Domain/official-guidance.yaml")["guidance"]).Children
            .Select(row => new OfficialText(row["key"].ToString(), LawTexts.Text(row["text"]), row["uri"].ToString()))];
}
