using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

/// <summary>Reads what the law's own data files have in common.</summary>
internal static class LawTexts
{
    public static LocalizedText Text(YamlNode node) => new(node["sv"].ToString(), node["en"].ToString());

    public static IReadOnlyList<string> Strings(YamlNode node, string key) =>
        Find(node, key) is YamlSequenceNode list ? [.. list.Children.Select(child => child.ToString())] : [];

    public static string Word(YamlNode node, string key) => Find(node, key)?.ToString() ?? "";

    public static T Choice<T>(YamlNode node, string key)
        where T : struct, Enum => Enum.Parse<T>(node[key].ToString(), ignoreCase: true);

    private static YamlNode? Find(YamlNode node, string key) =>
        ((YamlMappingNode)node).Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
}
