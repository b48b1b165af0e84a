using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Guidelines.Reading;

/// <summary>
/// One mapping of the pack while it is read. A fault is noted and a harmless value returned, so that reading goes on
/// and the writer learns of every fault at once; a key that nobody asked for is a fault too.
/// </summary>
internal sealed class PackMap(YamlMappingNode node, string path, ReadingLedger ledger)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public string Path => path;

    public ReadingLedger Ledger => ledger;

    public string At(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public bool Has(string key) => node.Children.ContainsKey(new YamlScalarNode(key));

    public string Required(string key) => Filled(key, Scalar(key, required: true)) ?? "";

    public string? OptionalOrNull(string key) => Filled(key, Scalar(key, required: false));

    public bool IsQuoted(string key) => Find(key) is YamlScalarNode { Style: ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted };

    public bool Flag(string key, bool otherwise = false)
    {
        if (Scalar(key, required: false) is not { } scalar)
            return otherwise;
        if (scalar.Value is "true" or "false")
            return scalar.Value == "true";
        ledger.ReportWrongType(At(key), "flag");
        return otherwise;
    }

    public int Number(string key, int min, int max)
    {
        Missing(key);
        return NumberOrNull(key, min, max) ?? min;
    }

    public int? NumberOrNull(string key, int min, int max) =>
        Scalar(key, required: false) is { } scalar ? Parse(scalar, At(key), min, max) : null;

    public DateOnly? DateOrNull(string key)
    {
        if (Scalar(key, required: false) is not { } scalar)
            return null;
        if (DateOnly.TryParseExact(scalar.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        ledger.ReportWrongType(At(key), "date");
        return null;
    }

    public DateOnly Date(string key)
    {
        Missing(key);
        return DateOrNull(key) ?? DateOnly.MinValue;
    }

    public T Choice<T>(string key) where T : struct, Enum
    {
        Missing(key);
        return ChoiceOrNull<T>(key) ?? default;
    }

    public T? ChoiceOrNull<T>(string key) where T : struct, Enum =>
        Scalar(key, required: false) is { } scalar ? ParseChoice<T>(scalar.Value ?? "", At(key)) : null;

    public IReadOnlyList<T> Choices<T>(string key) where T : struct, Enum =>
        [.. Items(key).OfType<(string Path, YamlNode Node)>()
            .Select(item => ScalarOf(item.Node, item.Path) is { } scalar ? ParseChoice<T>(scalar.Value ?? "", item.Path) : null)
            .OfType<T>()];

    public IReadOnlyList<string> Strings(string key) =>
        [.. Items(key).Select(item => ScalarOf(item.Node, item.Path)?.Value).OfType<string>()];

    public IReadOnlyList<int> Numbers(string key, int min, int max) =>
        [.. Items(key).Select(item => ScalarOf(item.Node, item.Path) is { } scalar ? Parse(scalar, item.Path, min, max) : null).OfType<int>()];

    /// <summary>
    /// Entries that are told apart by what stands under their identity, for what refers to one must mean one. An empty identity says
    /// that they are told apart otherwise.
    /// </summary>
    public IReadOnlyList<T> List<T>(string key, Func<PackMap, T> read, string identity = "key")
    {
        var homes = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = Items(key).Select(item => Open(item.Node, item.Path)).OfType<PackMap>().ToList();
        entries.ForEach(entry => entry.MustDiffer(identity, homes));
        return [.. entries.Select(entry => entry.ReadWith(read))];
    }

    public T? Child<T>(string key, Func<PackMap, T> read) where T : class =>
        Find(key) is { } child && Open(child, At(key)) is { } map ? map.ReadWith(read) : null;

    public T RequiredChild<T>(string key, Func<PackMap, T> read)
    {
        Missing(key);
        // An empty mapping in place of a missing one lets the reader go on; its own missing keys are not worth telling.
        var present = Find(key) is { } child ? Open(child, At(key)) : null;
        return (present ?? new PackMap([], At(key), new ReadingLedger())).ReadWith(read);
    }

    public LocalizedText Text(string key) => RequiredChild(key, ReadText);

    public LocalizedText? TextOrNull(string key) => Child(key, ReadText);

    public T ReadWith<T>(Func<PackMap, T> read)
    {
        var value = read(this);
        foreach (var key in node.Children.Keys.Select(child => child.ToString()).Where(key => !asked.Contains(key)))
            ledger.Report(At(key), FaultReason.UnknownKey, key);
        return value;
    }

    public static LocalizedText ReadText(PackMap map) => new(map.Required("sv"), map.Required("en"));

    // A key without a word is no key: nothing could refer to it, and one like it would be the same.
    private string? Filled(string key, YamlScalarNode? scalar)
    {
        if (scalar is not null && string.IsNullOrWhiteSpace(scalar.Value))
            ledger.Report(At(key), FaultReason.EmptyText);
        return scalar?.Value;
    }

    private void MustDiffer(string identity, Dictionary<string, string> homes)
    {
        if (node.Children.TryGetValue(new YamlScalarNode(identity), out var child) && child is YamlScalarNode { Value: { Length: > 0 } value } && !homes.TryAdd(value, At(identity)))
            ledger.Report(At(identity), FaultReason.DuplicateId, value, homes[value]);
    }

    private void Missing(string key)
    {
        if (Find(key) is null)
            ledger.Report(At(key), FaultReason.MissingKey, key);
    }

    private YamlNode? Find(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
    }

    private YamlScalarNode? Scalar(string key, bool required)
    {
        if (required)
            Missing(key);
        return Find(key) is { } child ? ScalarOf(child, At(key)) : null;
    }

    private YamlScalarNode? ScalarOf(YamlNode child, string at)
    {
        if (child is YamlScalarNode scalar)
            return scalar;
        ledger.ReportWrongType(at, "text");
        return null;
    }

    private PackMap? Open(YamlNode child, string at)
    {
        if (child is YamlMappingNode mapping)
            return new PackMap(mapping, at, ledger);
        ledger.ReportWrongType(at, "map");
        return null;
    }

    private IEnumerable<(string Path, YamlNode Node)> Items(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode sequence:
                return sequence.Children.Select((child, index) => ($"{At(key)}[{index}]", child));
            default:
                ledger.ReportWrongType(At(key), "list");
                return [];
        }
    }

    private int? Parse(YamlScalarNode scalar, string at, int min, int max)
    {
        if (!int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            ledger.ReportWrongType(at, "number");
        else if (number < min || number > max)
            ledger.Report(at, FaultReason.OutOfRange, number, $"{min}–{max}");
        else
            return number;
        return null;
    }

    private T? ParseChoice<T>(string word, string at) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(Camel(value.ToString()), word, StringComparison.Ordinal))
                return value;
        }

        ledger.Report(at, FaultReason.UnknownValue, word, string.Join(", ", Enum.GetNames<T>().Select(Camel)));
        return null;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
