using Iop.Eligibility.Domain.Guidelines;
using static Iop.Eligibility.Domain.Guidelines.FindingStatus;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>What the facts alone say about a measure; facts that are silent leave it unanswered.</summary>
internal static class Measuring
{
    public static FindingStatus Of(Measure measure, CaseFacts facts, GuidelinePack pack) => measure.By switch
    {
        MeasureKind.Answer => IsSpokenAgainst(measure, facts) ? NotMet : Unanswered,
        MeasureKind.Statement => Present(Statement(measure.Field, facts)),
        MeasureKind.Initiator => Initiative(facts, pack),
        MeasureKind.Organisation => Organisation(measure.Aspect, facts),
        MeasureKind.Parties => Parties(measure, facts),
        MeasureKind.Term => Term(measure, facts),
        MeasureKind.Goals => Goals(measure, facts),
        MeasureKind.Contributions => Contributions(facts, pack),
        MeasureKind.FundingSource => Funding(measure, facts),
        MeasureKind.Budget => Known(facts.HasBudgetPlan),
        MeasureKind.Declarations => Declarations(measure.Declaration, facts),
        MeasureKind.Programme => Programme(facts),
        MeasureKind.MunicipalGoals => MunicipalGoals(facts, pack),
        MeasureKind.Documents => Documents(facts, pack),
        MeasureKind.Vetting => Vetting(measure, facts, pack),
        MeasureKind.Domain => Domain(facts, pack),
        MeasureKind.ProcurementGate => Gate(facts.Procurement.Result),
        MeasureKind.Consensus => Consensus(measure, facts),
        MeasureKind.Priorities => Priorities(facts.Priorities),
        _ => Unanswered,
    };

    /// <summary>
    /// he-not-profit-making: that an organisation distributes profit speaks against an activity without profit. That it does
    /// not says nothing of the activity, so then the answer stands.
    /// </summary>
    public static bool IsSpokenAgainst(Measure measure, CaseFacts facts) =>
        measure.Against is { } aspect && Organisation(aspect, facts) == NotMet;

    /// <summary>
    /// es-crit-2-municipal-priorities: where the municipality keeps a list of its priorities, a yes that links to none of them
    /// is no answer yet.
    /// </summary>
    public static bool IsAnswerEnough(Measure measure, CaseFacts facts) =>
        measure.AnswerSuffices && !(measure.By == MeasureKind.Priorities && facts.Priorities.IsKept);

    private static FindingStatus Priorities(PriorityFacts priorities) =>
        !priorities.IsKept || priorities.Linked == 0 ? Unanswered : priorities.Holding > 0 ? Met : NotMet;

    private static FindingStatus Known(bool? known) => known is not { } value ? Unanswered : value ? Met : NotMet;

    private static FindingStatus Present(string? text) => string.IsNullOrWhiteSpace(text) ? Unanswered : Met;

    private static string? Statement(StatementField field, CaseFacts facts) => field switch
    {
        StatementField.Need => facts.Need,
        StatementField.Challenge => facts.Challenge,
        StatementField.TargetGroup => facts.TargetGroup,
        StatementField.Complement => facts.Complement,
        StatementField.Synergy => facts.Synergy,
        StatementField.MunicipalInterest => facts.MunicipalInterest,
        _ => facts.Scope,
    };

    private static FindingStatus Initiative(CaseFacts facts, GuidelinePack pack) =>
        facts.ActivityInitiator is not { } initiator ? Unanswered
        : pack.Initiative.AllowedInitiators.Contains(initiator) ? Met : NotMet;

    private static FindingStatus Organisation(OrganisationAspect aspect, CaseFacts facts) =>
        OfEach(facts.Parties.Where(party => party.Side == PartySide.Cso), party => Aspect(party, aspect));

    private static bool? Aspect(PartyFacts party, OrganisationAspect aspect)
    {
        // The first digit of the number shows a public body, whatever is declared.
        if (aspect == OrganisationAspect.IndependentOfPublicSector && party.OrganisationGroup == 2)
            return false;
        return party.Aspects is { } aspects && aspects.TryGetValue(aspect, out var holds) ? holds : null;
    }

    private static FindingStatus Parties(Measure measure, CaseFacts facts)
    {
        if (measure.ForbiddenRelations.Count == 0)
        {
            return facts.Parties.Any(party => party.Side == PartySide.Cso)
                && facts.Parties.Any(party => party.Side == PartySide.Public) ? Met : Unanswered;
        }

        return OfEach(facts.Parties, party => party.Relation is { } relation ? !measure.ForbiddenRelations.Contains(relation) : null);
    }

    private static FindingStatus Term(Measure measure, CaseFacts facts) =>
        facts.PlannedTermMonths is not { } months ? Unanswered
        : months < measure.MinMonths || months > measure.MaxMonths ? NotMet : Met;

    private static FindingStatus Goals(Measure measure, CaseFacts facts)
    {
        bool? Holds(GoalFacts goal) => measure.GoalAspects.Aggregate<GoalAspect, bool?>(true,
            (sofar, aspect) => sofar & (aspect == GoalAspect.Joint ? goal.Joint : goal.PublicBenefit));

        if (!measure.EveryGoal && facts.Goals.Any(goal => Holds(goal) == true))
            return Met;
        return OfEach(facts.Goals, Holds);
    }

    private static FindingStatus Contributions(CaseFacts facts, GuidelinePack pack)
    {
        var status = Met;
        foreach (var side in pack.Contributions.RequiredFrom)
        {
            var given = facts.Contributions.Where(contribution => contribution.Side == side).ToList();
            if (given.Exists(contribution => contribution.Value > 0))
                continue;
            if (facts.ContributionsComplete || given.Count > 0)
                return NotMet;
            status = Unanswered;
        }

        return pack.Contributions.RequiredFrom.Count == 0 ? Unanswered : status;
    }

    private static FindingStatus Funding(Measure measure, CaseFacts facts)
    {
        if (measure.ForbiddenFunding.Count > 0)
            return OfEach(facts.FundingSources, source => !measure.ForbiddenFunding.Contains(source.Kind));
        return OfEach(facts.Parties.Where(party => party.Side == PartySide.Public),
            party => facts.FundingSources.Any(source => source.PartyId == party.Id) ? true : null);
    }

    private static FindingStatus Declarations(string? kind, CaseFacts facts)
    {
        var both = facts.Parties.Any(party => party.Side == PartySide.Cso)
            && facts.Parties.Any(party => party.Side == PartySide.Public);
        var status = OfEach(facts.Parties, party => facts.Declarations
            .LastOrDefault(declaration => declaration.PartyId == party.Id && declaration.Kind == kind)?.Affirmed);
        return status == Met && !both ? Unanswered : status;
    }

    // Both sides have declared it, and a lawyer has found that the law allows it.
    private static FindingStatus Consensus(Measure measure, CaseFacts facts)
    {
        if (facts.LegalAssessment == LegalAssessmentState.NotPossible || facts.Procurement.Result == ProcurementGateResult.Required)
            return NotMet;
        var isChecked = facts.LegalAssessment == LegalAssessmentState.Possible || facts.Procurement.Result == ProcurementGateResult.NotRequired;
        return isChecked ? Declarations(measure.Declaration, facts) : Unanswered;
    }

    private static FindingStatus Programme(CaseFacts facts) =>
        facts.ProgrammeLinks.Count == 0 ? Unanswered
        : facts.ProgrammeLinks.Any(link => link.NamesCivilSociety) ? Met : NotMet;

    private static FindingStatus MunicipalGoals(CaseFacts facts, GuidelinePack pack) =>
        facts.MunicipalGoals.Count == 0 ? Unanswered
        : facts.MunicipalGoals.Any(number => Holds(number, facts, pack)) ? Met : NotMet;

    // li-municipal-goal-link: goals belong to a mandate period. Those that the municipality has entered itself come instead of the guideline's.
    private static bool Holds(string number, CaseFacts facts, GuidelinePack pack) => facts.OwnGoals is { } own
        ? own.Contains(number)
        : pack.Policy.Goals.Any(goal => goal.Number == number && goal.HoldsOn(facts.AsOf));

    private static FindingStatus Documents(CaseFacts facts, GuidelinePack pack) =>
        OfEach(pack.Documents.Where(document => document.Set == DocumentSet.Organisation), document =>
            !facts.Documents.TryGetValue(document.Type, out var status) ? null : status switch
            {
                DocumentStatus.Received => true,
                DocumentStatus.DeclaredNonExistent => document.IfExists,
                DocumentStatus.Missing => false,
                _ => null,
            });

    private static FindingStatus Vetting(Measure measure, CaseFacts facts, GuidelinePack pack)
    {
        var set = pack.Vetting.First(candidate => candidate.Key == measure.ConditionSet);
        var conditions = set.Conditions.Where(condition => measure.Condition is null || condition.Key == measure.Condition);
        return OfEach(
            facts.Parties.Where(party => party.Side == PartySide.Cso)
                .SelectMany(_ => conditions, (party, condition) => (party, condition)),
            pair => Vetted(set, facts.Vetting.LastOrDefault(vetting => vetting.PartyId == pair.party.Id
                && vetting.ConditionSet == set.Key && vetting.Condition == pair.condition.Key)?.Status));
    }

    private static bool? Vetted(ConditionSet set, VettingStatus? status) => status switch
    {
        VettingStatus.Failed => false,
        VettingStatus.Verified => true,
        VettingStatus.Declared when set.Accepts == VettingLevel.Declared => true,
        _ => null,
    };

    private static FindingStatus Domain(CaseFacts facts, GuidelinePack pack) =>
        string.IsNullOrWhiteSpace(facts.Domain) ? Unanswered
        : pack.Scope.Domains.Any(domain => domain.Key == facts.Domain) ? Met : NotMet;

    private static FindingStatus Gate(ProcurementGateResult result) => result switch
    {
        ProcurementGateResult.NotRequired => Met,
        ProcurementGateResult.Required => NotMet,
        _ => Unanswered,
    };

    /// <summary>One no is a no, one unknown leaves the whole unknown, and nothing to judge says nothing.</summary>
    private static FindingStatus OfEach<T>(IEnumerable<T> items, Func<T, bool?> judge)
    {
        var status = Unanswered;
        var open = false;
        foreach (var item in items)
        {
            switch (judge(item))
            {
                case false:
                    return NotMet;
                case true:
                    status = Met;
                    break;
                default:
                    open = true;
                    break;
            }
        }

        return open ? Unanswered : status;
    }
}
