using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Precedents;

/// <summary>A partnership that a published guideline gives as an example.</summary>
public sealed record PublicExample(string Id, string Municipality, string Title, string Summary, string Source,
    IReadOnlyList<string> ChallengeCodes, IReadOnlyList<string> TargetGroupCodes);

/// <summary>The public examples that the product is delivered with. Source: <c>fa-example-library</c>.</summary>
public static class PublicExamples
{
    public static IReadOnlyList<PublicExample> All { get; } =
        [.. ((YamlSequenceNode)EmbeddedTexts.Root("Domain/public-examples.yaml")["examples"]).Children.Select(Read)];

    private static PublicExample Read(YamlNode example) => new(
        $"{example["id"]}", $"{example["municipality"]}", $"{example["title"]}", $"{example["summary"]}", $"{example["source"]}",
        Codes(example["challenges"]), Codes(example["targetGroups"]));

    private static IReadOnlyList<string> Codes(YamlNode codes) => [.. ((YamlSequenceNode)codes).Children.Select(code => $"{code}")];
}
