using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Comparison;

/// <summary>A pack in a comparison, and the facts of the case as they are measured for it.</summary>
/// <param name="Name">Name of the pack.</param>
public sealed record Candidate(string Name, GuidelinePack Pack, CaseFacts Facts);

/// <summary>What a case leads to under one pack.</summary>
/// <param name="AnsweredBy">By rule of this pack: the rule of the case's own pack whose answer was carried over to it.</param>
public sealed record PackResult(string Name, GuidelinePack Pack, Evaluation Evaluation, IReadOnlyDictionary<string, string> AnsweredBy);

/// <summary>What several packs find on the same matter.</summary>
public sealed record ComparedKey(string Key, IReadOnlyList<(PackResult Pack, Finding Finding)> Findings, bool Differs);

/// <summary>One case tried against several packs. A pure function of case and packs; stores nothing.</summary>
public sealed record GuidelineComparison(IReadOnlyList<PackResult> Packs, IReadOnlyList<ComparedKey> Keys, IReadOnlyList<LocalizedText> Differences)
{
    /// <summary>Compares.</summary>
    /// <param name="own">The pack that the case has pinned.</param>
    /// <param name="others">The other packs, in the order in which they shall stand.</param>
    public static GuidelineComparison Of(Candidate own, IEnumerable<Candidate> others)
    {
        var pinned = new PackResult(own.Name, own.Pack, Evaluation.Of(own.Facts, own.Pack), new Dictionary<string, string>());
        List<PackResult> packs = [pinned, .. others.Select(other => Tried(other, pinned.Evaluation))];
        List<ComparedKey> keys = [.. packs.SelectMany(pack => pack.Evaluation.Findings.Select(finding => (Pack: pack, Finding: finding)))
            .GroupBy(pair => pair.Finding.CanonicalKey, StringComparer.Ordinal)
            .Select(group => new ComparedKey(group.Key, [.. group], Differ([.. group], packs.Count)))];
        return new GuidelineComparison(packs, keys, [.. Comparing.Differences(packs, keys)]);
    }

    private static PackResult Tried(Candidate other, Evaluation own)
    {
        var carrying = new Carrying(own, other.Facts, other.Pack);
        var byFacts = Evaluation.Of(other.Facts, other.Pack);
        var evaluation = Evaluation.Of(carrying.Facts(), other.Pack);

        // Only where the facts alone left the criterion open has the carried answer settled it.
        var answeredBy = byFacts.Findings.Zip(evaluation.Findings)
            .Where(pair => pair.First.Status == FindingStatus.Unanswered && pair.Second.Status != FindingStatus.Unanswered)
            .Select(pair => pair.First.RuleId)
            .Where(carrying.AnsweredBy.ContainsKey)
            .ToDictionary(rule => rule, rule => carrying.AnsweredBy[rule]);
        return new PackResult(other.Name, other.Pack, evaluation, answeredBy);
    }

    private static bool Differ(IReadOnlyList<(PackResult Pack, Finding Finding)> findings, int packs) =>
        findings.Select(pair => pair.Pack.Name).Distinct().Count() < packs
        || findings.Select(pair => (pair.Finding.Status, pair.Finding.Severity, pair.Finding.IsBlocking)).Distinct().Count() > 1;
}
