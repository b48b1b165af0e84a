using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>Sentences and documents that are built into the assembly.</summary>
internal static class EmbeddedTexts
{
    public static string Whole(string name)
    {
        using var stream = typeof(EmbeddedTexts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static IReadOnlyList<string> Names(string prefix) =>
        [.. typeof(EmbeddedTexts).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static IReadOnlyDictionary<string, string> Flat(string name) =>
        Root(name).Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString(), StringComparer.Ordinal);

    public static YamlMappingNode Root(string name)
    {
        var yaml = new YamlStream();
        using var reader = new StringReader(Whole(name));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
