using System.Collections.Frozen;
using System.Globalization;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Assessment;

public enum ChangeKind { Criterion, Answer, Question, Procurement, Fact, Funding }

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
        var nothing = new Counterfactual(false, []);
        if (facts.LegalAssessment == LegalAssessmentState.NotPossible)
            return nothing;

        var candidates = Candidates(facts, pack);
        var needed = candidates.Where(change => IsNeeded(change, candidates, facts, pack)).ToList();
        var fewest = FewestChanges.Of(needed, [.. candidates.Except(needed)], changes => IsIop(facts, pack, changes));
        return fewest is null ? nothing : new Counterfactual(true, [.. candidates.Where(fewest.Contains)]);
    }

    /// <summary>What can be changed and could matter.</summary>
    private static List<Change> Candidates(CaseFacts facts, GuidelinePack pack)
    {
        var excluding = pack.Routing.Rules.Where(rule => rule.Strength == RoutingStrength.ExcludesIop).SelectMany(rule => Parts(rule.When)).ToList();
        var findings = CriterionJudge.Judge(facts, pack, new HashSet<string>());
        List<Change> changes = [.. pack.Criteria.Zip(findings)
            .Where(pair => pair.Second.Status is FindingStatus.NotMet or FindingStatus.Unanswered)
            .Where(pair => Matters(pair.First, pack, excluding))
            .Select(pair => Change(ChangeKind.Criterion, pair.First.Id, pair.First.Statement))];
        changes.AddRange(pack.Routing.Questions
            .Where(question => facts.Answers.ContainsKey(question.Key) && excluding.Exists(part => part switch
            {
                Condition.AnswerIs on => on.Question == question.Key,
                Condition.OptionIs on => on.Question == question.Key,
                _ => false,
            }))
            .Select(question => Change(ChangeKind.Answer, question.Key, question.Text)));
        changes.AddRange(pack.Routing.Questions
            .Where(question => question.IsOpen(facts.Answers) && !changes.Exists(change => change.Kind == ChangeKind.Answer && change.Key == question.Key))
            .Select(question => Change(ChangeKind.Question, question.Key, question.Text)));
        changes.AddRange(LawRules.Routing
            .Where(rule => rule.Strength == RoutingStrength.ExcludesIop && rule.When is [CaseFact.OwnOperation] && facts.Procurement.IsOwnOperation == true)
            .Select(rule => Change(ChangeKind.Fact, rule.Id, rule.Text)));
        if (facts.Procurement.Result != ProcurementGateResult.NotRequired)
            changes.Add(Change(ChangeKind.Procurement, "", LocalizedText.Empty));
        changes.AddRange(FundingJudge.Judge(facts, pack).Where(finding => finding.IsBlocking).Select(finding => Change(ChangeKind.Funding, finding.Disclosure, finding.Sentence)));
        return changes;
    }

    /// <summary>The criterion decides something, lets another be departed from, or leads to another instrument.</summary>
    private static bool Matters(Criterion criterion, GuidelinePack pack, IReadOnlyList<Condition> excluding) =>
        Aggregate.Decides(criterion.Severity, pack.AggregateRule)
        || pack.Criteria.Any(other => other.ClearedBy == criterion.Id)
        || excluding.OfType<Condition.CriterionIs>().Any(on => on.Criterion == criterion.Id);

    private static IEnumerable<Condition> Parts(Condition condition) => condition switch
    {
        Condition.All all => all.Parts.SelectMany(Parts),
        Condition.Any any => any.Parts.SelectMany(Parts),
        Condition.Not not => Parts(not.Part),
        _ => [condition],
    };

    // A criterion more that is met never makes the sum of the criteria worse, so what is lacking when all else is made good
    // is lacking from every smaller set as well. Of the rules of routing nothing such can be said.
    private static bool IsNeeded(Change change, IReadOnlyList<Change> all, CaseFacts facts, GuidelinePack pack)
    {
        if (change.Kind is ChangeKind.Question or ChangeKind.Funding)
            return true;
        if (change.Kind != ChangeKind.Criterion)
            return false;
        var (changed, met) = Changed(facts, [.. all.Where(other => other != change)]);
        return Aggregate.Of(CriterionJudge.Judge(changed, pack, met), pack.AggregateRule) is Outcome.NotEligible or Outcome.Incomplete;
    }

    private static bool IsIop(CaseFacts facts, GuidelinePack pack, IReadOnlyList<Change> changes)
    {
        var (changed, met) = Changed(facts, changes);
        return Evaluation.IsIop(changed, pack, met);
    }

    /// <summary>The case with the changes made, and the criteria that are then met.</summary>
    private static (CaseFacts Facts, HashSet<string> Met) Changed(CaseFacts facts, IReadOnlyList<Change> changes)
    {
        HashSet<string> Keys(ChangeKind kind) =>
            changes.Where(change => change.Kind == kind).Select(change => change.Key).ToHashSet(StringComparer.Ordinal);

        var otherwise = Keys(ChangeKind.Answer).Union(Keys(ChangeKind.Question)).ToList();
        var procurement = Keys(ChangeKind.Procurement).Count == 0
            ? facts.Procurement
            : facts.Procurement with { Result = ProcurementGateResult.NotRequired };
        var changed = facts with
        {
            Answers = otherwise.Count == 0 ? facts.Answers
                : facts.Answers.ExceptBy(otherwise, answer => answer.Key).Concat(otherwise.Select(key => KeyValuePair.Create(key, GivenAnswer.Otherwise))).ToDictionary(StringComparer.Ordinal),
            OtherFunding = Keys(ChangeKind.Funding) is { Count: > 0 } ended ? [.. facts.OtherFunding.Where(given => !ended.Contains(given.Disclosure))] : facts.OtherFunding,
            Procurement = Keys(ChangeKind.Fact).Count == 0 ? procurement : procurement with { IsOwnOperation = false },
        };
        return (changed, Keys(ChangeKind.Criterion));
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
