using Iop.Types.V1;
using YamlDotNet.Serialization;

namespace Iop.Organisations.Api;

/// <summary>What can be looked into of an organisation beforehand, by code, from <c>PreChecks.yaml</c>.</summary>
public static class PreChecks
{
    /// <summary>The checks in the order of the list.</summary>
    public static OrderedDictionary<string, LocalizedText> All { get; } = Load();

    private static OrderedDictionary<string, LocalizedText> Load()
    {
        using var stream = typeof(PreChecks).Assembly.GetManifestResourceStream("PreChecks.yaml")!;
        using var reader = new StreamReader(stream);
        var rows = new DeserializerBuilder().Build().Deserialize<OrderedDictionary<string, Dictionary<string, string>>>(reader);
        return new OrderedDictionary<string, LocalizedText>(
            rows.Select(row => KeyValuePair.Create(row.Key, new LocalizedText { Sv = row.Value["sv"], En = row.Value["en"] })), StringComparer.Ordinal);
    }
}
