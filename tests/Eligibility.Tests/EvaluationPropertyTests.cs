using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Iop.Eligibility.Domain;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;
using Outcome = Iop.Eligibility.Domain.Guidelines.Outcome;

namespace Iop.Eligibility.Tests;

/// <summary>What holds for every case under every pack.</summary>
public class EvaluationPropertyTests
{
    private static readonly Gen<GuidelinePack> AnyPack = Gen.Elements(Packs.Codes.ToArray()).Select(Packs.Of);

    private static readonly Gen<GivenAnswer> AnyAnswer =
        Gen.Elements(GivenAnswer.Yes, GivenAnswer.No, new GivenAnswer(Answer.Partly), new GivenAnswer(null));

    /// <summary>From all well to nothing known: a pack, and a case with some of its facts and answers taken away.</summary>
    private static readonly Gen<(GuidelinePack Pack, CaseFacts Facts)> AnyCase =
        from pack in AnyPack
        from holes in Gen.Choose(0, 1023)
        from answers in AnyAnswer.ListOf(pack.Criteria.Count)
        from given in Gen.Elements(true, false).ListOf(pack.Criteria.Count)
        from asked in Gen.Choose(0, pack.Routing.Questions.Count)
        from value in Gen.Elements(null as int?, 600_000, 9_000_000)
        from others in Gen.Elements(0, 200_000)
        from whole in Gen.Elements(true, false)
        select (pack, Bought(Routed(Holed(pack, holes, [.. answers], [.. given]), pack, asked), value, others, whole));

    [Fact]
    public void The_same_case_is_evaluated_the_same_way_twice() => Check(AnyCase, at =>
        JsonSerializer.Serialize(Evaluation.Of(at.Facts, at.Pack)) == JsonSerializer.Serialize(Evaluation.Of(at.Facts, at.Pack)));

    [Fact]
    public void Nothing_but_the_case_and_the_pack_decides()
    {
        var again = Packs.Codes.ToDictionary(code => code, code => GuidelinePackReader.Read(Packs.TextOf(code)).Pack!);
        var culture = CultureInfo.CurrentCulture;
        Check(from at in AnyCase from other in AnyCase select (at.Pack, at.Facts, Other: other), at =>
        {
            var before = JsonSerializer.Serialize(Evaluation.Of(at.Facts, at.Pack));
            _ = Evaluation.Of(at.Other.Facts, at.Other.Pack);
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            var after = JsonSerializer.Serialize(Evaluation.Of(at.Facts, again[at.Pack.Municipality]));
            CultureInfo.CurrentCulture = culture;
            return before == after;
        });
    }

    [Fact]
    public void There_is_exactly_one_finding_per_criterion() => Check(AnyCase, at =>
        Evaluation.Of(at.Facts, at.Pack).Findings.Select(finding => finding.RuleId).SequenceEqual(at.Pack.Criteria.Select(criterion => criterion.Id)));

    /// <summary>Cases that are incomplete, which hardly any is whose every second answer is a no.</summary>
    private static readonly Gen<(GuidelinePack Pack, CaseFacts Facts)> AnyIncompleteCase =
        (from pack in AnyPack
         from holes in Gen.Choose(0, 1023)
         from answers in Gen.Elements(GivenAnswer.Yes, new GivenAnswer(null)).ListOf(pack.Criteria.Count)
         from given in Gen.Elements(true, false).ListOf(pack.Criteria.Count)
         from asked in Gen.Choose(0, pack.Routing.Questions.Count)
         select (pack, Routed(Holed(pack, holes, [.. answers], [.. given]), pack, asked)))
        .Where(at => Evaluation.Of(at.Item2, at.Item1).Outcome == Outcome.Incomplete);

    [Fact]
    public void An_answer_turns_an_incomplete_case_into_a_refused_one_only_by_being_that_answer() => Check(
        from at in AnyIncompleteCase
        from index in Gen.Choose(0, at.Pack.Criteria.Count - 1)
        from answer in AnyAnswer
        select (at.Pack, at.Facts, at.Pack.Criteria[index].Id, answer),
        at =>
        {
            var after = Evaluation.Of(at.Facts.Answer(at.Id, at.answer), at.Pack);
            return after.Outcome != Outcome.NotEligible
                || (at.answer.Value is Answer.No or Answer.Partly && after.Of(at.Id).Status == FindingStatus.NotMet);
        });

    [Fact]
    public void An_answer_that_leads_nowhere_turns_no_incomplete_case_into_a_refused_one() => Check(
        from at in AnyIncompleteCase
        from index in Gen.Choose(0, Math.Max(0, at.Pack.Routing.Questions.Count - 1))
        select (at.Pack, at.Facts, Question: at.Pack.Routing.Questions.ElementAtOrDefault(index)?.Key),
        at => at.Question is null || Evaluation.Of(at.Facts.Answer(at.Question, GivenAnswer.Otherwise), at.Pack).Outcome != Outcome.NotEligible);

    [Fact]
    public void A_contribution_more_never_lowers_mutuality() => Check(
        from at in AnyCase
        from side in Gen.Elements(PartySide.Cso, PartySide.Public)
        from value in Gen.Choose(1, 1_000_000)
        select (at.Pack, at.Facts, Added: new ContributionFacts(side, ContributionType.Premises, value)),
        at =>
        {
            var before = Evaluation.Of(at.Facts, at.Pack).Findings;
            var after = Evaluation.Of(at.Facts with { Contributions = [.. at.Facts.Contributions, at.Added] }, at.Pack).Findings;
            return before.Zip(after).All(pair => pair.First.CanonicalKey != "mutual-contribution" || Rank(pair.Second) >= Rank(pair.First));
        });

    [Fact]
    public void A_prohibition_is_never_motivated_away() => Check(AnyCase, at =>
    {
        var motivated = at.Pack.Criteria.Aggregate(at.Facts, (facts, criterion) => facts.Motivated(criterion.Id));
        return Evaluation.Of(motivated, at.Pack).Findings.All(finding => finding.Status != FindingStatus.Motivated
            || finding.Severity == Severity.Recommended || finding.ClearedBy is not null);
    });

    [Fact]
    public void A_reasons_sentence_and_rule_are_always_there() => Check(AnyCase, at =>
        Evaluation.Of(at.Facts, at.Pack).Routing.Reasons.All(reason =>
            reason.Sentence.Sv.Length > 0 && reason.Sentence.En.Length > 0 && (at.Pack.RuleIds.Contains(reason.RuleId ?? "") || LawRules.Ids.Contains(reason.RuleId ?? ""))));

    [Fact]
    public void The_changes_of_a_counterfactual_make_the_case_an_IOP_and_none_can_be_left_out() => Check(AnyCase, at =>
    {
        var counterfactual = Counterfactual.Of(at.Facts, at.Pack);
        return !counterfactual.IsPossible || (LeadsToIop(at.Facts, at.Pack, counterfactual.Changes)
            && counterfactual.Changes.All(change => !LeadsToIop(at.Facts, at.Pack, [.. counterfactual.Changes.Where(other => other != change)])));
    });

    [Fact]
    public void No_fewer_changes_than_a_counterfactuals_make_the_case_an_IOP() => Check(
        from pack in AnyPack
        from wrong in Gen.Elements(pack.Criteria.Select(criterion => criterion.Id).ToArray()).ListOf(2)
        from asked in pack.Routing.Questions.Count == 0 ? Gen.Constant("") : Gen.Elements(pack.Routing.Questions.Select(question => question.Key).ToArray())
        from result in Gen.Elements(Enum.GetValues<ProcurementGateResult>())
        from own in Gen.Elements(true, false)
        select (Pack: pack, Facts: wrong.Aggregate(Cases.AllWell(pack), (facts, id) => facts.No(id)).Answer(asked, AnswerTo(pack, asked)) with
        {
            Procurement = new ProcurementFacts { Result = result, IsOwnOperation = own },
        }),
        at =>
        {
            var counterfactual = Counterfactual.Of(at.Facts, at.Pack);
            return counterfactual.IsPossible && LeadsToIop(at.Facts, at.Pack, counterfactual.Changes)
                && !Smaller(AllChanges(at.Facts, at.Pack), counterfactual.Changes.Count).Any(changes => LeadsToIop(at.Facts, at.Pack, changes));
        });

    [Fact]
    public void The_fewest_changes_are_the_fewest_whatever_they_are_wanted_for() => Check(
        from count in Gen.Choose(0, 7)
        from enough in Gen.Choose(0, (1 << count) - 1).ListOf(3)
        select (Items: Enumerable.Range(0, count).ToList(), Enough: enough.ToList()),
        at =>
        {
            int Mask(IEnumerable<int> items) => items.Sum(item => 1 << item);
            var found = FewestChanges.Of([], at.Items, items => at.Enough.Contains(Mask(items)));
            return found is not null && at.Enough.Contains(Mask(found)) && found.Count == at.Enough.Min(mask => System.Numerics.BitOperations.PopCount((uint)mask));
        });

    [Fact]
    public void Where_there_are_too_many_sets_to_try_the_answer_is_still_one_that_no_change_can_be_left_out_of()
    {
        var tried = 0;
        var found = FewestChanges.Of([], Enumerable.Range(0, 60).ToList(), items =>
        {
            tried++;
            return items.Count >= 30;
        });
        Assert.Equal(30, found!.Count);
        Assert.InRange(tried, 1, FewestChanges.MostTried + 61);
    }

    [Fact]
    public void What_is_not_known_of_the_thresholds_never_changes_what_the_criteria_say() => Check(AnyCase, at =>
    {
        var procurement = at.Facts.Procurement with { EstimatedValue = 1_000_000, DirectAwardLimit = 700_000 };
        var known = Evaluation.Of(at.Facts with { Procurement = procurement }, at.Pack);
        var unknown = Evaluation.Of(at.Facts with { Procurement = procurement with { DirectAwardLimit = null } }, at.Pack);
        return known.MissingThresholds.Count == 0 && known.Outcome == unknown.Outcome
            && known.Findings.SequenceEqual(unknown.Findings);
    });

    private static GivenAnswer AnswerTo(GuidelinePack pack, string question) =>
        pack.Routing.Questions.FirstOrDefault(candidate => candidate.Key == question)?.Options is [var option, ..] ? new GivenAnswer(null, option.Key) : GivenAnswer.Yes;

    // Every change that there is, whether it could matter or not.
    private static List<Change> AllChanges(CaseFacts facts, GuidelinePack pack)
    {
        var none = new LocalizedText("", "");
        return
        [
            .. Evaluation.Of(facts, pack).Findings.Where(finding => finding.Status is FindingStatus.NotMet or FindingStatus.Unanswered)
                .Select(finding => new Change(ChangeKind.Criterion, finding.RuleId, none)),
            .. pack.Routing.Questions.Where(question => facts.Answers.ContainsKey(question.Key)).Select(question => new Change(ChangeKind.Answer, question.Key, none)),
            .. pack.Routing.Questions.Where(question => question.IsOpen(facts.Answers) && !facts.Answers.ContainsKey(question.Key)).Select(question => new Change(ChangeKind.Question, question.Key, none)),
            new Change(ChangeKind.Procurement, "", none),
            new Change(ChangeKind.Fact, "law-own-operation", none),
        ];
    }

    private static IEnumerable<IReadOnlyList<Change>> Smaller(List<Change> all, int than) => Enumerable.Range(0, 1 << all.Count)
        .Where(mask => System.Numerics.BitOperations.PopCount((uint)mask) < than)
        .Select(mask => all.Where((_, index) => (mask & (1 << index)) != 0).ToList());

    // The changes made as a reader would make them: criteria met, questions answered otherwise, nothing procured, nothing run alone.
    private static bool LeadsToIop(CaseFacts facts, GuidelinePack pack, IReadOnlyList<Change> changes)
    {
        bool Has(ChangeKind kind, string key) => changes.Any(change => change.Kind == kind && change.Key == key);
        var procurement = Has(ChangeKind.Procurement, "") ? facts.Procurement with { Result = ProcurementGateResult.NotRequired } : facts.Procurement;
        var asked = changes.Where(change => change.Kind is ChangeKind.Answer or ChangeKind.Question).Select(change => change.Key).ToList();
        var changed = facts with
        {
            Answers = facts.Answers.ExceptBy(asked, answer => answer.Key).Concat(asked.Select(key => KeyValuePair.Create(key, GivenAnswer.Otherwise))).ToDictionary(StringComparer.Ordinal),
            Procurement = changes.Any(change => change.Kind == ChangeKind.Fact) ? procurement with { IsOwnOperation = false } : procurement,
        };
        var met = changes.Where(change => change.Kind == ChangeKind.Criterion).Select(change => change.Key).ToHashSet();
        return Evaluation.Of(changed, pack, met).Routing.Recommended == Instrument.Iop;
    }

    // Some questions of routing answered as they come first.
    private static CaseFacts Routed(CaseFacts facts, GuidelinePack pack, int asked) =>
        pack.Routing.Questions.Take(asked).Aggregate(facts, (sofar, question) => sofar.Answer(question.Key, AnswerTo(pack, question.Key)));

    private static CaseFacts Bought(CaseFacts facts, decimal? value, decimal others, bool whole) => facts with
    {
        Procurement = facts.Procurement with { EstimatedValue = value, DirectAwardLimit = 700_000, SameKindValue = others, IsSameKindComplete = whole },
    };

    private static int Rank(Finding finding) => finding.Status switch
    {
        FindingStatus.NotMet => 0,
        FindingStatus.Unanswered => 1,
        _ => 2,
    };

    private static void Check<T>(Gen<T> cases, Func<T, bool> holds) =>
        FsCheck.Fluent.Prop.ForAll(Arb.From(cases), holds).QuickCheckThrowOnFailure();

    private static CaseFacts Holed(GuidelinePack pack, int holes, GivenAnswer[] answers, bool[] given)
    {
        var well = Cases.AllWell(pack);
        bool Keeps(int bit) => (holes & (1 << bit)) == 0;
        return well with
        {
            ActivityInitiator = Keeps(0) ? well.ActivityInitiator : null,
            Parties = Keeps(1) ? well.Parties : [],
            Goals = Keeps(2) ? well.Goals : [],
            Contributions = Keeps(3) ? well.Contributions : [.. well.Contributions.Take(holes % 2)],
            ContributionsComplete = Keeps(4),
            PlannedTermMonths = Keeps(5) ? well.PlannedTermMonths : holes % 48,
            Vetting = Keeps(6) ? well.Vetting : [],
            Declarations = Keeps(7) ? well.Declarations : [],
            LegalAssessment = Keeps(8) ? LegalAssessmentState.Possible : LegalAssessmentState.NotDone,
            Procurement = new ProcurementFacts { Result = (ProcurementGateResult)(holes % 3) },
            Answers = pack.Criteria.Index().Where(item => given[item.Index])
                .ToDictionary(item => item.Item.Id, item => answers[item.Index], StringComparer.Ordinal),
        };
    }
}
