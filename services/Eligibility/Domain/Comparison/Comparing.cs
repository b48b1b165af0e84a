using System.Globalization;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Comparison;

/// <summary>Says in sentences where other packs lead elsewhere than the case's own.</summary>
internal static class Comparing
{
    private static readonly YamlMappingNode Templates = EmbeddedTexts.Root("Domain/comparison-sentences.yaml");

    public static IEnumerable<LocalizedText> Differences(IReadOnlyList<PackResult> packs, IReadOnlyList<ComparedKey> keys)
    {
        var own = packs[0];
        foreach (var other in packs.Skip(1))
        {
            if (other.Evaluation.Outcome != own.Evaluation.Outcome)
            {
                yield return Sentence("outcome", other.Pack.Title, Words.For(other.Evaluation.Outcome), Words.For(own.Evaluation.Outcome));
            }

            if (other.Evaluation.Routing.Recommended != own.Evaluation.Routing.Recommended)
            {
                yield return Sentence("instrument", other.Pack.Title, Named(other), Named(own));
            }

            foreach (var key in keys)
            {
                foreach (var sentence in OnKey(key, own, other))
                {
                    yield return sentence;
                }
            }
        }
    }

    // A criterion that stands in the way under the one and not under the other is what one wants to know.
    private static IEnumerable<LocalizedText> OnKey(ComparedKey key, PackResult own, PackResult other)
    {
        var (here, there) = (Blocking(key, own), Blocking(key, other));
        if (there is not null && here is null)
        {
            yield return Sentence("onlyOther", other.Pack.Title, StatementOf(other, there));
        }
        else if (here is not null && there is null)
        {
            yield return Sentence("onlyOwn", other.Pack.Title, StatementOf(own, here));
        }
    }

    private static Finding? Blocking(ComparedKey key, PackResult pack) =>
        key.Findings.Where(pair => pair.Pack == pack && pair.Finding.IsBlocking).Select(pair => pair.Finding).FirstOrDefault();

    private static LocalizedText StatementOf(PackResult pack, Finding finding) =>
        pack.Pack.Criteria.First(criterion => criterion.Id == finding.RuleId).Statement;

    private static LocalizedText Named(PackResult pack) =>
        pack.Evaluation.Routing.Recommended is { } instrument ? Words.For(instrument) : Words.Of("nothing", "decided");

    private static LocalizedText Sentence(string key, params LocalizedText[] values)
    {
        var template = Templates[key];
        return new LocalizedText(
            string.Format(CultureInfo.InvariantCulture, template["sv"].ToString(), [.. values.Select(value => value.Sv)]),
            string.Format(CultureInfo.InvariantCulture, template["en"].ToString(), [.. values.Select(value => value.En)]));
    }
}
