using System.Globalization;
using System.Text;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Iop.Agreements.Domain;

/// <summary>The Swedish phrases that agreement text is made of, from the embedded <c>AgreementText.yaml</c>.</summary>
public sealed class Phrases
{
    // Written out, not taken from the machine's locale: the same terms give the same text, and hash, everywhere.
    private static readonly NumberFormatInfo Swedish = new() { NumberGroupSeparator = " ", NumberDecimalSeparator = ",", NumberGroupSizes = [3] };

    private readonly Dictionary<string, string> _texts;

    private Phrases(Dictionary<string, string> texts) => _texts = texts;

    public static Phrases Load(string file = "AgreementText.yaml") => new(Resources.Read<Dictionary<string, string>>(file));

    public string this[string key] => _texts[key];

    public string? Find(string key) => _texts.GetValueOrDefault(key);

    public string Fill(string key, params ReadOnlySpan<(string Key, string Value)> values) => Templates.Fill(_texts[key], values);

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Sum(decimal sum) =>
        string.Create(Swedish, $"{sum.ToString(decimal.Truncate(sum) == sum ? "N0" : "N2", Swedish)} kr");
}

/// <summary>Text with <c>{key}</c> in it.</summary>
internal static class Templates
{
    // One pass, so that a value which itself holds {key} stands as it was written.
    public static string Fill(string template, params ReadOnlySpan<(string Key, string Value)> values)
    {
        var result = new StringBuilder(template.Length + 32);
        var position = 0;
        while (position < template.Length)
        {
            var open = template.IndexOf('{', position);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            result.Append(template, position, open - position);
            var key = template[(open + 1)..close];
            foreach (var (name, value) in values)
            {
                if (name == key)
                {
                    result.Append(value);
                    break;
                }
            }

            position = close + 1;
        }

        return result.Append(template, position, template.Length - position).ToString();
    }
}

/// <summary>The YAML texts of this assembly.</summary>
internal static class Resources
{
    public static T Read<T>(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<T>(reader);
    }
}
