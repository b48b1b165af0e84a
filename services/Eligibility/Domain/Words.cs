using System.Collections.Frozen;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain;

/// <summary>What the values of the domain are called in sentences for people, from <c>words.yaml</c>.</summary>
internal static class Words
{
    private static readonly FrozenDictionary<string, LocalizedText> All = Read();

    /// <summary>The word for a value, by its type and its key: <c>outcome</c> and <c>not-eligible</c>.</summary>
    public static LocalizedText For<T>(T value)
        where T : struct, Enum => Of(typeof(T).Name, Codes.KeyOf(value));

    public static LocalizedText Of(string group, string key) => All[$"{char.ToLowerInvariant(group[0])}{group[1..]}/{key}"];

    private static FrozenDictionary<string, LocalizedText> Read()
    {
        var words = new Dictionary<string, LocalizedText>(StringComparer.Ordinal);
        foreach (var group in EmbeddedTexts.Root("Domain/words.yaml").Children)
        {
            foreach (var word in ((YamlMappingNode)group.Value).Children)
            {
                words.Add($"{group.Key}/{word.Key}", new LocalizedText(word.Value["sv"].ToString(), word.Value["en"].ToString()));
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
