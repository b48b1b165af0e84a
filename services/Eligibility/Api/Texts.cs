using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;
using ProtoText = Iop.Types.V1.LocalizedText;

namespace Iop.Eligibility.Api;

/// <summary>The wordings of <c>Texts.yaml</c>, which stand in where a pack is silent.</summary>
internal static class Texts
{
    private static readonly YamlMappingNode Root = EmbeddedTexts.Root("Api/Texts.yaml");

    public static ProtoText Answer(string key) => Text(Root["answers"][key]);

    public static ProtoText Body(string key) => Text(Root["bodies"][key]);

    public static ProtoText Clause(string type) => Text(Root["clauses"][type]["text"]);

    public static IEnumerable<string> Markers(string type) =>
        ((YamlSequenceNode)Root["clauses"][type]["markers"]).Children.Select(marker => marker.ToString());

    public static IEnumerable<ProtoText> EvaluationQuestions => ((YamlSequenceNode)Root["evaluationQuestions"]).Children.Select(Text);

    public static ProtoText ToProto(this Domain.LocalizedText text) => new() { Sv = text.Sv, En = text.En };

    private static ProtoText Text(YamlNode node) => new() { Sv = node["sv"].ToString(), En = node["en"].ToString() };
}
