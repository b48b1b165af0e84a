using System.Collections.Frozen;
using System.Globalization;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Assessment;

public enum ChangeKind { Criterion, Answer, Procurement, Fact }

/// <summary>One thing that would have to be otherwise.</summary>
/// <param name="Key">Rule id of the criterion or of the law, or key of the routing question.</param>
public sealed record Change(ChangeKind Kind, string Key, LocalizedText Sentence);

/// <summary>The fewest changes under which a case would be an IOP, so that a refusal also says what could be.</summary>
/// <param name="IsPossible">Such changes exist; the lawyer's no is not among the things that a case can change.</param>
public sealed record Counterfactual(bool IsPossible, IReadOnlyList<Change> Changes)
{
    private static readonly FrozenDictionary<ChangeKind, LocalizedText> Templates = Load();

    public static Counterfactual Of(CaseFacts facts, GuidelinePack pack)
    {
        var changes = Candidates(facts, pack);
        if (!IsIop(facts, pack, changes))
            return new Counterfactual(false, []);

        // A change that can be left out is left out; what remains then cannot be made smaller by leaving any one out.
        foreach (var change in changes.ToList())
        {
            var without = changes.Where(other => other != change).ToList();
            if (IsIop(facts, pack, without))
                changes = without;
        }

        return new Counterfactual(true, changes);
    }

    private static List<Change> Candidates(CaseFacts facts, GuidelinePack pack)
    {
        var findings = Evaluation.Of(facts, pack).Findings;
        List<Change> changes = [.. pack.Criteria.Zip(findings)
            .Where(pair => pair.Second.Status is FindingStatus.NotMet or FindingStatus.Unanswered)
            .Where(pair => pair.First.Severity is not (Severity.Informative or Severity.Optional))
            .Select(pair => Change(ChangeKind.Criterion, pair.First.Id, pair.First.Statement))];
        changes.AddRange(pack.Routing.Questions.Where(question => facts.Answers.ContainsKey(question.Key))
            .Select(question => Change(ChangeKind.Answer, question.Key, question.Text)));
        changes.AddRange(LawRules.Routing
            .Where(rule => rule.Strength == RoutingStrength.ExcludesIop && rule.When is [CaseFact.OwnOperation] && facts.Procurement.IsOwnOperation == true)
            .Select(rule => Change(ChangeKind.Fact, rule.Id, rule.Text)));
        if (facts.Procurement.Result != ProcurementGateResult.NotRequired)
            changes.Add(Change(ChangeKind.Procurement, "", LocalizedText.Empty));
        return changes;
    }

    private static bool IsIop(CaseFacts facts, GuidelinePack pack, IReadOnlyList<Change> changes)
    {
        HashSet<string> Keys(ChangeKind kind) =>
            [.. changes.Where(change => change.Kind == kind).Select(change => change.Key)];

        var withdrawn = Keys(ChangeKind.Answer);
        var procurement = Keys(ChangeKind.Procurement).Count == 0
            ? facts.Procurement
            : facts.Procurement with { Result = ProcurementGateResult.NotRequired };
        var changed = facts with
        {
            Answers = facts.Answers.Where(answer => !withdrawn.Contains(answer.Key)).ToDictionary(StringComparer.Ordinal),
            Procurement = Keys(ChangeKind.Fact).Count == 0 ? procurement : procurement with { IsOwnOperation = false },
        };
        return Evaluation.Of(changed, pack, Keys(ChangeKind.Criterion)).Routing.Recommended == Instrument.Iop;
    }

    private static Change Change(ChangeKind kind, string key, LocalizedText text) => new(kind, key, new LocalizedText(
        string.Format(CultureInfo.InvariantCulture, Templates[kind].Sv, text.Sv),
        string.Format(CultureInfo.InvariantCulture, Templates[kind].En, text.En)));

    private static FrozenDictionary<ChangeKind, LocalizedText> Load()
    {
        var root = EmbeddedTexts.Root("Domain/counterfactual-sentences.yaml");
        return Enum.GetValues<ChangeKind>().ToFrozenDictionary(kind => kind, kind =>
        {
            var text = (YamlMappingNode)root.Children[kind.ToString().ToLowerInvariant()];
            return new LocalizedText(text.Children["sv"].ToString(), text.Children["en"].ToString());
        });
    }
}
