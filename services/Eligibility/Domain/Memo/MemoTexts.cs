using System.Collections.Frozen;
using System.Globalization;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Memo;

/// <summary>The wording of memoranda and information sheets, from <c>memo-texts.yaml</c> and <c>sheet-texts.yaml</c>.</summary>
internal static class MemoTexts
{
    private static readonly FrozenDictionary<string, string> All = Read();

    public static string Of(string key, params object[] values) => values.Length == 0
        ? All[key]
        : string.Format(CultureInfo.InvariantCulture, All[key], values);

    private static FrozenDictionary<string, string> Read()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in EmbeddedTexts.Root("Domain/memo-texts.yaml").Children.Concat(EmbeddedTexts.Root("Domain/sheet-texts.yaml").Children))
        {
            foreach (var text in ((YamlMappingNode)group.Value).Children)
            {
                texts.Add($"{group.Key}.{text.Key}", text.Value.ToString());
            }
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
