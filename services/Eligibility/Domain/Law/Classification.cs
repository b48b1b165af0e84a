using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

/// <summary>A code and its name.</summary>
public sealed record Code(string Key, LocalizedText Text);

/// <summary>The codes that classify cases in every municipality.</summary>
public static class Classification
{
    public static IReadOnlyList<Code> Challenges { get; } = Read("challenges");

    public static IReadOnlyList<Code> TargetGroups { get; } = Read("targetGroups");

    /// <summary>Kinds of activity that add questions of law.</summary>
    public static IReadOnlyList<Code> ActivityTags { get; } = Read("activityTags");

    private static List<Code> Read(string list) =>
        [.. ((YamlSequenceNode)EmbeddedTexts.Root("Domain/classification.yaml")[list]).Children
            .Select(code => new Code(code["code"].ToString(), LawTexts.Text(code)))];
}
