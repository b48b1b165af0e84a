using System.Collections.Frozen;
using System.Globalization;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>How another giving stands beside the partnership.</summary>
public enum FundingStanding { Allowed, Unclear, NotAllowed, SameCost }

/// <summary>Something that an organisation has at the same time as the partnership. Source: C10.</summary>
/// <param name="IsBlocking">The assessment is not completed while it stands.</param>
public sealed record FundingFinding(string Organisation, string Disclosure, FundingStanding Standing, string RuleId, bool IsBlocking, LocalizedText Sentence);

/// <summary>
/// Judges what the organisations have beside the partnership: other forms at the same time where the guideline lets them, and
/// no cost paid twice in any (ga-concurrent-instruments-allowed, law.md 2.11).
/// </summary>
internal static class FundingJudge
{
    /// <summary>Rule of law under which no cost is paid twice, whatever a guideline says.</summary>
    public const string SameCostRule = "law-same-cost";

    private static readonly IReadOnlyList<FundingFinding> Nothing = [];
    private static readonly FrozenDictionary<FundingStanding, LocalizedText> Sentences = Load();

    public static IReadOnlyList<FundingFinding> Judge(CaseFacts facts, GuidelinePack pack)
    {
        if (facts.OtherFunding.Count == 0)
            return Nothing;
        var end = facts.PlannedTermMonths is { } months ? facts.TermStart.AddMonths(months).AddDays(-1) : DateOnly.MaxValue;
        var findings = new List<FundingFinding>();
        foreach (var given in facts.OtherFunding)
        {
            if (given.Start <= end && given.End >= facts.TermStart)
                findings.Add(Judge(given, pack));
        }

        return findings;
    }

    /// <summary>Whether something stands in the way that only another funding can remove.</summary>
    public static bool IsBlocked(CaseFacts facts, GuidelinePack pack) => facts.OtherFunding.Count > 0 && Judge(facts, pack).Any(finding => finding.IsBlocking);

    private static FundingFinding Judge(OtherFunding given, GuidelinePack pack)
    {
        var standing = given.IsSameCost == true ? FundingStanding.SameCost
            : !pack.Funding.ConcurrentInstruments && given is { IsMunicipal: true, Form: OtherFundingForm.Grant or OtherFundingForm.ProcuredContract } ? FundingStanding.NotAllowed
            : given.IsSameCost is null ? FundingStanding.Unclear
            : FundingStanding.Allowed;
        var rule = standing == FundingStanding.SameCost ? SameCostRule : pack.Funding.Provenance.RuleId ?? "";
        return new FundingFinding(
            given.Organisation, given.Disclosure, standing, rule, standing is FundingStanding.SameCost or FundingStanding.NotAllowed, Sentence(standing, given));
    }

    private static LocalizedText Sentence(FundingStanding standing, OtherFunding given)
    {
        string Fill(string template, string form) =>
            string.Format(CultureInfo.InvariantCulture, template, form, given.Cost, $"{given.Start:yyyy-MM-dd}", $"{given.End:yyyy-MM-dd}");
        var (sentence, form) = (Sentences[standing], Words.For(given.Form));
        return new LocalizedText(Fill(sentence.Sv, form.Sv), Fill(sentence.En, form.En));
    }

    private static FrozenDictionary<FundingStanding, LocalizedText> Load()
    {
        var root = EmbeddedTexts.Root("Domain/funding-sentences.yaml");
        return Enum.GetValues<FundingStanding>().ToFrozenDictionary(standing => standing, standing =>
        {
            var text = (YamlMappingNode)root.Children[char.ToLowerInvariant(standing.ToString()[0]) + standing.ToString()[1..]];
            return new LocalizedText(text.Children["sv"].ToString(), text.Children["en"].ToString());
        });
    }
}
