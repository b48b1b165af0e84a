using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

/// <summary>One way in which a case where all is well may differ, and what a criterion must then be found to be.</summary>
/// <param name="WantsMore">A yes does not do instead, even where the pack lets one stand in.</param>
internal sealed record Variation(string Told, Func<CaseFacts, CaseFacts> Change, FindingStatus Expected, bool WantsMore = false);

/// <summary>
/// What each kind of measure makes of the facts that it looks at, written without a look at how the product judges them. A
/// measure of a new kind has to be told of here before a pack that uses it is tested at all.
/// </summary>
internal static class Variations
{
    private const string Cso = "cso";
    private const string Public = "public";

    /// <summary>Every variation of the facts that a criterion is measured by.</summary>
    public static IEnumerable<Variation> Of(Criterion criterion, GuidelinePack pack)
    {
        var measure = criterion.Measure;
        var none = FindingStatus.Unanswered;
        return measure.By switch
        {
            MeasureKind.Answer => [new("not answered", facts => facts.Unsaid(criterion.Id), none), .. measure.Against is { } aspect ? [Aspect(aspect, false)] : Array.Empty<Variation>()],
            MeasureKind.Statement => [new("blank", facts => Saying(facts, measure.Field, " "), none), new("not said", facts => Saying(facts, measure.Field, null), none)],
            MeasureKind.Initiator => Initiators(pack),
            MeasureKind.Organisation => Organisation(measure.Aspect),
            MeasureKind.Parties => Parties(measure),
            MeasureKind.Term => Term(measure),
            MeasureKind.Goals => Goals(measure),
            MeasureKind.Contributions => pack.Contributions.RequiredFrom.SelectMany(Contributions),
            MeasureKind.FundingSource => [new("no source", facts => facts with { FundingSources = [] }, none), .. measure.ForbiddenFunding.Select(Funded)],
            MeasureKind.Budget => [new("no plan", facts => facts with { HasBudgetPlan = false }, FindingStatus.NotMet), new("unknown", facts => facts with { HasBudgetPlan = null }, none)],
            MeasureKind.Declarations => Declared(measure.Declaration!),
            MeasureKind.Consensus => [.. Declared(measure.Declaration!), .. Lawful(criterion)],
            MeasureKind.Programme =>
            [
                new("another programme", facts => facts with { ProgrammeLinks = [new ProgrammeLink("Annat", null, false)] }, FindingStatus.NotMet),
                new("no programme", facts => facts with { ProgrammeLinks = [] }, none),
            ],
            MeasureKind.MunicipalGoals =>
            [
                new("another's goal", facts => facts with { MunicipalGoals = ["inget"] }, FindingStatus.NotMet),
                new("no goal", facts => facts with { MunicipalGoals = [] }, none),
            ],
            MeasureKind.Priorities =>
            [
                new("linked to what holds no more", facts => facts with { Priorities = new PriorityFacts(true, 1, 0) }, FindingStatus.NotMet),
                new("linked to nothing on the list", facts => facts with { Priorities = new PriorityFacts(true, 0, 0) }, none, WantsMore: true),
                new("no list is kept", facts => facts with { Priorities = new PriorityFacts(false, 0, 0) }, none),
            ],
            MeasureKind.Documents => pack.Documents.Where(document => document.Set == DocumentSet.Organisation).SelectMany(Documents),
            MeasureKind.Vetting => Vetted(measure, pack),
            MeasureKind.Domain => [new("another domain", facts => facts with { Domain = "annat" }, FindingStatus.NotMet), new("none", facts => facts with { Domain = null }, none)],
            MeasureKind.ProcurementGate =>
            [
                new("procured", facts => Gated(facts, ProcurementGateResult.Required), FindingStatus.NotMet),
                new("not assessed", facts => Gated(facts, ProcurementGateResult.NotAssessed), none),
            ],
            _ => throw new InvalidOperationException($"{criterion.Id}: nothing is told of a measure by {measure.By}."),
        };
    }

    /// <summary>The measures that the facts alone can never find against: only a no does.</summary>
    public static bool IsOnlyAnswered(Measure measure) => measure switch
    {
        { By: MeasureKind.Answer } => measure.Against is null,
        { By: MeasureKind.Statement } => true,
        { By: MeasureKind.Parties } => measure.ForbiddenRelations.Count == 0,
        { By: MeasureKind.FundingSource } => measure.ForbiddenFunding.Count == 0,
        _ => false,
    };

    private static CaseFacts Unsaid(this CaseFacts facts, string key) => facts with { Answers = facts.Answers.Where(answer => answer.Key != key).ToDictionary() };

    private static CaseFacts Saying(CaseFacts facts, StatementField field, string? text) => field switch
    {
        StatementField.Need => facts with { Need = text },
        StatementField.Challenge => facts with { Challenge = text },
        StatementField.TargetGroup => facts with { TargetGroup = text },
        StatementField.Complement => facts with { Complement = text },
        StatementField.Synergy => facts with { Synergy = text },
        StatementField.MunicipalInterest => facts with { MunicipalInterest = text },
        StatementField.Scope => facts with { Scope = text },
        _ => throw new InvalidOperationException($"Nothing is told of a statement of {field}."),
    };

    private static IEnumerable<Variation> Initiators(GuidelinePack pack) =>
    [
        .. Enum.GetValues<Initiator>().Select(initiator => new Variation(
            $"{initiator}", facts => facts with { ActivityInitiator = initiator },
            pack.Initiative.AllowedInitiators.Contains(initiator) ? FindingStatus.Met : FindingStatus.NotMet)),
        new("unknown", facts => facts with { ActivityInitiator = null }, FindingStatus.Unanswered),
    ];

    private static IEnumerable<Variation> Organisation(OrganisationAspect aspect) =>
    [
        Aspect(aspect, false),
        Aspect(aspect, null),
        new("no organisation", facts => facts with { Parties = [.. facts.Parties.Where(party => party.Id != Cso)] }, FindingStatus.Unanswered),
        new("one of two is not known", facts => facts with { Parties = [.. facts.Parties, new PartyFacts("another", PartySide.Cso, 8)] }, FindingStatus.Unanswered),
    ];

    private static Variation Aspect(OrganisationAspect aspect, bool? holds) => new(
        $"{aspect}: {holds}",
        facts => Party(facts, Cso, party => party with
        {
            Aspects = party.Aspects!.Where(known => known.Key != aspect || holds is not null).ToDictionary(known => known.Key, known => known.Key == aspect ? holds!.Value : known.Value),
        }),
        holds is null ? FindingStatus.Unanswered : FindingStatus.NotMet);

    private static IEnumerable<Variation> Parties(Measure measure)
    {
        foreach (var id in new[] { Cso, Public })
        {
            if (measure.ForbiddenRelations.Count == 0)
            {
                yield return new($"without {id}", facts => facts with { Parties = [.. facts.Parties.Where(party => party.Id != id)] }, FindingStatus.Unanswered);
                continue;
            }

            yield return new($"{id} is unsaid", facts => Party(facts, id, party => party with { Relation = null }), FindingStatus.Unanswered);
            foreach (var relation in measure.ForbiddenRelations)
            {
                yield return new($"{id} is {relation}", facts => Party(facts, id, party => party with { Relation = relation }), FindingStatus.NotMet);
            }
        }
    }

    private static IEnumerable<Variation> Term(Measure measure)
    {
        Variation Of(int? months, FindingStatus expected) => new($"{months} months", facts => facts with { PlannedTermMonths = months }, expected);

        yield return Of(null, FindingStatus.Unanswered);
        if (measure.MinMonths is { } least)
        {
            yield return Of(least, FindingStatus.Met);
            yield return Of(least - 1, FindingStatus.NotMet);
        }

        if (measure.MaxMonths is { } most)
        {
            yield return Of(most, FindingStatus.Met);
            yield return Of(most + 1, FindingStatus.NotMet);
        }
    }

    private static IEnumerable<Variation> Goals(Measure measure)
    {
        yield return new("none", facts => facts with { Goals = [] }, FindingStatus.Unanswered);
        foreach (var aspect in measure.GoalAspects)
        {
            var (not, unknown) = (Goal(aspect, false), Goal(aspect, null));
            yield return new($"not {aspect}", facts => facts with { Goals = [not] }, FindingStatus.NotMet);
            yield return new($"perhaps {aspect}", facts => facts with { Goals = [unknown] }, FindingStatus.Unanswered);
            yield return new($"one of two not {aspect}", facts => facts with { Goals = [.. facts.Goals, not] }, measure.EveryGoal ? FindingStatus.NotMet : FindingStatus.Met);
        }
    }

    private static GoalFacts Goal(GoalAspect aspect, bool? holds) =>
        aspect == GoalAspect.Joint ? new GoalFacts("Mål", holds, true) : new GoalFacts("Mål", true, holds);

    private static IEnumerable<Variation> Contributions(PartySide side)
    {
        CaseFacts Without(CaseFacts facts, bool complete) => facts with { Contributions = [.. facts.Contributions.Where(given => given.Side != side)], ContributionsComplete = complete };

        yield return new($"{side} gives nothing", facts => Without(facts, true), FindingStatus.NotMet);
        yield return new($"{side} has not said", facts => Without(facts, false), FindingStatus.Unanswered);
        yield return new(
            $"{side} gives what is worth nothing",
            facts => Without(facts, false) is var without ? without with { Contributions = [.. without.Contributions, new ContributionFacts(side, ContributionType.Money, 0)] } : facts,
            FindingStatus.NotMet);
    }

    private static Variation Funded(FundingKind kind) =>
        new($"{kind}", facts => facts with { FundingSources = [.. facts.FundingSources, new FundingFacts(Public, kind)] }, FindingStatus.NotMet);

    private static IEnumerable<Variation> Declared(string kind) => new[] { Cso, Public }.SelectMany(id => new Variation[]
    {
        new($"{id} denies it", facts => facts with { Declarations = [.. facts.Declarations, new DeclarationFacts(id, kind, false)] }, FindingStatus.NotMet),
        new(
            $"{id} has not declared it",
            facts => facts with { Declarations = [.. facts.Declarations.Where(declaration => declaration.PartyId != id || declaration.Kind != kind)] },
            FindingStatus.Unanswered),
        new($"{id} is no party", facts => facts with { Parties = [.. facts.Parties.Where(party => party.Id != id)] }, FindingStatus.Unanswered),
    });

    private static Variation[] Lawful(Criterion criterion) =>
    [
        new("not said", facts => facts.Unsaid(criterion.Id), FindingStatus.Unanswered),
        new("the lawyer says no", facts => facts with { LegalAssessment = LegalAssessmentState.NotPossible }, FindingStatus.NotMet),
        new("it is procured", facts => Gated(facts, ProcurementGateResult.Required), FindingStatus.NotMet),
    ];

    private static IEnumerable<Variation> Documents(DocumentRequirement document)
    {
        Variation With(DocumentStatus status, FindingStatus expected) => new(
            $"{document.Type} is {status}",
            facts => facts with { Documents = new Dictionary<string, DocumentStatus>(facts.Documents) { [document.Type] = status } },
            expected);

        return
        [
            With(DocumentStatus.Missing, FindingStatus.NotMet),
            With(DocumentStatus.Requested, FindingStatus.Unanswered),
            With(DocumentStatus.DeclaredNonExistent, document.IfExists ? FindingStatus.Met : FindingStatus.NotMet),
            new($"nothing is known of {document.Type}", facts => facts with { Documents = facts.Documents.Where(known => known.Key != document.Type).ToDictionary() }, FindingStatus.Unanswered),
        ];
    }

    private static IEnumerable<Variation> Vetted(Measure measure, GuidelinePack pack)
    {
        var set = pack.Vetting.Single(set => set.Key == measure.ConditionSet);
        foreach (var condition in set.Conditions.Select(condition => condition.Key).Where(key => measure.Condition is null || key == measure.Condition))
        {
            CaseFacts With(CaseFacts facts, params VettingFacts[] found) => facts with
            {
                Vetting = [.. facts.Vetting.Where(vetting => vetting.ConditionSet != set.Key || vetting.Condition != condition), .. found],
            };

            yield return new($"{condition} failed", facts => With(facts, new VettingFacts(Cso, set.Key, condition, VettingStatus.Failed)), FindingStatus.NotMet);
            yield return new($"{condition} not looked into", facts => With(facts), FindingStatus.Unanswered);
            yield return new(
                $"{condition} declared", facts => With(facts, new VettingFacts(Cso, set.Key, condition, VettingStatus.Declared)),
                set.Accepts == VettingLevel.Declared ? FindingStatus.Met : FindingStatus.Unanswered);
        }
    }

    private static CaseFacts Gated(CaseFacts facts, ProcurementGateResult result) => facts with { Procurement = facts.Procurement with { Result = result } };

    private static CaseFacts Party(CaseFacts facts, string id, Func<PartyFacts, PartyFacts> change) =>
        facts with { Parties = [.. facts.Parties.Select(party => party.Id == id ? change(party) : party)] };
}
