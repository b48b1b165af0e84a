using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Iop.Platform.Errors;

/// <summary>The sentences of one reason. <c>{key}</c> in them is replaced by the metadata value of that key.</summary>
public sealed record ErrorText
{
    /// <summary>Swedish, for a person.</summary>
    public string Sv { get; init; } = "";

    /// <summary>English, for a developer.</summary>
    public string En { get; init; } = "";
}

/// <summary>
/// Every reason that a service can answer with and its sentences, read from the embedded <c>Errors.yaml</c> of the service, of
/// Platform and of the rooms beside it, and from their <c>ErrorWords.yaml</c> what codes in them are called in Swedish.
/// </summary>
public sealed class ErrorCatalogue
{
    private const string Between = ", ";

    private readonly FrozenDictionary<string, ErrorText> _texts;
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _words;

    private ErrorCatalogue(string domain, IEnumerable<KeyValuePair<string, ErrorText>> texts, IEnumerable<KeyValuePair<string, Dictionary<string, string>>> words)
    {
        Domain = domain;
        _texts = texts.ToDictionary().ToFrozenDictionary();
        _words = words.GroupBy(key => key.Key, key => key.Value).ToFrozenDictionary(key => key.Key, key => key.SelectMany(codes => codes).ToFrozenDictionary());
    }

    /// <summary>The error domain, for example <c>agreements.iop</c>.</summary>
    public string Domain { get; }

    /// <summary>Every reason listed.</summary>
    public IEnumerable<string> Reasons => _texts.Keys;

    /// <summary>Reads the catalogue of a service and of what it is built on.</summary>
    /// <exception cref="ArgumentException">A reason is listed twice.</exception>
    public static ErrorCatalogue Load(string domain, Assembly service)
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        var ground = service.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Iop.", StringComparison.Ordinal)).Select(Assembly.Load);
        Assembly[] assemblies = [.. ground.Append(typeof(ErrorCatalogue).Assembly).Append(service).Distinct()];
        return new ErrorCatalogue(
            domain,
            assemblies.SelectMany(assembly => Read<ErrorText>(yaml, assembly, "Errors.yaml")),
            assemblies.SelectMany(assembly => Read<Dictionary<string, string>>(yaml, assembly, "ErrorWords.yaml")));
    }

    /// <summary>The sentences of a reason, filled in.</summary>
    /// <exception cref="KeyNotFoundException">The reason is not listed: a fault of ours that the catalogue test shows.</exception>
    public ErrorText For(string reason, IEnumerable<KeyValuePair<string, string>> values)
    {
        var text = _texts[reason];
        var (sv, en) = (new StringBuilder(text.Sv), new StringBuilder(text.En));
        foreach (var (key, value) in values)
        {
            sv.Replace($"{{{key}}}", InSwedish(key, value));
            en.Replace($"{{{key}}}", value);
        }

        return new ErrorText { Sv = sv.ToString(), En = en.ToString() };
    }

    // A code says something to a machine. A person is told what it is called, where the service has a word for it.
    private string InSwedish(string key, string value) => _words.TryGetValue(key, out var words)
        ? string.Join(Between, value.Split(Between).Select(code => words.GetValueOrDefault(code, code)))
        : value;

    private static Dictionary<string, T> Read<T>(IDeserializer yaml, Assembly assembly, string file)
    {
        using var stream = assembly.GetManifestResourceStream(file);
        if (stream is null)
        {
            return [];
        }

        using var reader = new StreamReader(stream);
        return yaml.Deserialize<Dictionary<string, T>>(reader) ?? [];
    }
}
