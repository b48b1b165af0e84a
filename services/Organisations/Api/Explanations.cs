using Iop.Types.V1;
using YamlDotNet.Serialization;

namespace Iop.Organisations.Api;

/// <summary>The sentences that findings say to people, from <c>Explanations.yaml</c>.</summary>
public static class Explanations
{
    private static readonly Dictionary<string, Dictionary<string, string>> Sentences = Load();

    /// <summary>Every key that has its sentences.</summary>
    public static IReadOnlyCollection<string> Keys => Sentences.Keys;

    /// <summary>The sentences of a key, with <c>{name}</c> replaced by its value.</summary>
    public static LocalizedText Of(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = new LocalizedText { Sv = Sentences[key]["sv"], En = Sentences[key]["en"] };
        foreach (var (name, value) in values)
        {
            text.Sv = text.Sv.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            text.En = text.En.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return text;
    }

    private static Dictionary<string, Dictionary<string, string>> Load()
    {
        using var stream = typeof(Explanations).Assembly.GetManifestResourceStream("Explanations.yaml")!;
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, string>>>(reader);
    }
}
