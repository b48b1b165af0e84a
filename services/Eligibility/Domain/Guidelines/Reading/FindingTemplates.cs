using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Guidelines.Reading;

/// <summary>The shared sentences of findings, one set per severity.</summary>
internal static class FindingTemplates
{
    private static readonly Dictionary<Severity, FindingSentences> Templates = Load();

    public static FindingSentences Compose(Severity severity, LocalizedText statement)
    {
        var template = Templates[severity];
        return new FindingSentences(Fill(template.Met, statement), Fill(template.NotMet, statement),
            Fill(template.Unanswered, statement), Fill(template.Motivated, statement));
    }

    private static LocalizedText Fill(LocalizedText template, LocalizedText statement) => new(
        string.Format(CultureInfo.InvariantCulture, template.Sv, statement.Sv),
        string.Format(CultureInfo.InvariantCulture, template.En, statement.En));

    private static Dictionary<Severity, FindingSentences> Load()
    {
        var root = EmbeddedTexts.Root("Domain/finding-sentences.yaml");
        return Enum.GetValues<Severity>().ToDictionary(severity => severity, severity => Read(Child(root, severity.ToString())));
    }

    private static FindingSentences Read(YamlMappingNode node) => new(
        Text(node, "Met"), Text(node, "NotMet"), Text(node, "Unanswered"), Text(node, "Motivated"));

    private static LocalizedText Text(YamlMappingNode node, string key)
    {
        var text = Child(node, key);
        return new LocalizedText(text.Children["sv"].ToString(), text.Children["en"].ToString());
    }

    private static YamlMappingNode Child(YamlMappingNode node, string name) =>
        (YamlMappingNode)node.Children[char.ToLowerInvariant(name[0]) + name[1..]];
}
