namespace Iop.Eligibility.Domain.Guidelines.Reading;

internal static class CriterionReader
{
    public static Criterion Criterion(PackMap map)
    {
        var provenance = map.Provenance();
        var severity = map.Choice<Severity>("severity");
        var statement = map.Text("statement");
        var clearedBy = map.OptionalOrNull("clearedBy");
        if (clearedBy is not null)
            map.Ledger.Refers(map.At("clearedBy"), ReferenceKind.Criterion, clearedBy);
        return new Criterion
        {
            Id = provenance.RuleId ?? "",
            Key = map.Required("key"),
            SourceLine = provenance.Line ?? "",
            Severity = severity,
            Measure = map.RequiredChild("measure", Measure),
            Statement = statement,
            Evidence = map.TextOrNull("evidence"),
            IsEvidenceRequired = map.Flag("evidenceRequired"),
            MotivatedBy = map.ChoiceOrNull<MotivationBy>("motivatedBy") ?? MotivationBy.Officer,
            ClearedBy = clearedBy,
            Sentences = map.Child("findings", own => Findings(own, severity, statement))
                ?? FindingTemplates.Compose(severity, statement),
        };
    }

    /// <summary>A municipality's own wording wins over the shared sentences, finding by finding.</summary>
    private static FindingSentences Findings(PackMap map, Severity severity, LocalizedText statement)
    {
        var shared = FindingTemplates.Compose(severity, statement);
        return new FindingSentences(
            map.TextOrNull("met") ?? shared.Met,
            map.TextOrNull("notMet") ?? shared.NotMet,
            map.TextOrNull("unanswered") ?? shared.Unanswered,
            map.TextOrNull("motivated") ?? shared.Motivated)
        {
            Against = map.TextOrNull("against"),
        };
    }

    private static Measure Measure(PackMap map)
    {
        var measure = new Measure { By = map.Choice<MeasureKind>("by"), AnswerSuffices = map.Flag("answerSuffices") };
        return measure.By switch
        {
            MeasureKind.Answer => Answer(map, measure),
            MeasureKind.Statement => measure with { Field = map.Choice<StatementField>("field") },
            MeasureKind.Organisation => Organisation(map, measure),
            MeasureKind.Parties => measure with { ForbiddenRelations = map.Choices<PartyRelation>("forbiddenRelations") },
            MeasureKind.Term => Term(map, measure),
            MeasureKind.Goals => measure with
            {
                GoalAspects = map.Choices<GoalAspect>("aspects"),
                EveryGoal = map.Flag("everyGoal"),
            },
            MeasureKind.FundingSource => measure with { ForbiddenFunding = map.Choices<FundingKind>("forbidden") },
            MeasureKind.Declarations or MeasureKind.Consensus => measure with { Declaration = map.Required("declaration") },
            MeasureKind.Vetting => Vetting(map, measure),
            _ => measure,
        };
    }

    private static Measure Answer(PackMap map, Measure measure)
    {
        var against = map.ChoiceOrNull<OrganisationAspect>("against");
        return measure with
        {
            AnswerSuffices = true,
            Against = against,
            MaxIncomeShare = against == OrganisationAspect.RemainsIndependent ? map.NumberOrNull("maxIncomeShare", 1, 100) : null,
        };
    }

    // es-established-actor: the document asks for a long relation and says no number, so the number is often the platform's.
    private static Measure Organisation(PackMap map, Measure measure)
    {
        var aspect = map.Choice<OrganisationAspect>("aspect");
        if (aspect != OrganisationAspect.Established)
            return measure with { Aspect = aspect };
        map.Flag("default");
        return measure with { Aspect = aspect, MinYears = map.NumberOrNull("minYears", 1, 100) };
    }

    private static Measure Term(PackMap map, Measure measure)
    {
        var (min, max) = map.Range("minMonths", "maxMonths");
        // The minimum is the platform's where the document only says that the term shall be long.
        map.Flag("default");
        return measure with { MinMonths = min, MaxMonths = max };
    }

    private static Measure Vetting(PackMap map, Measure measure)
    {
        var set = map.Required("conditionSet");
        var condition = map.OptionalOrNull("condition");
        map.Ledger.Refers(map.At("conditionSet"), ReferenceKind.ConditionSet, set);
        if (condition is not null)
            map.Ledger.Refers(map.At("condition"), ReferenceKind.VettingCondition, $"{set}/{condition}");
        return measure with { ConditionSet = set, Condition = condition };
    }

    public static (int? Min, int? Max) Range(this PackMap map, string minKey, string maxKey)
    {
        var min = map.NumberOrNull(minKey, 1, 600);
        var max = map.NumberOrNull(maxKey, 1, 600);
        if (min > max)
            map.Ledger.Report(map.At(minKey), FaultReason.RangeReversed, min, max);
        return (min, max);
    }

    public static JointItem JointItem(PackMap map)
    {
        var criteria = map.Strings("criteria");
        for (var i = 0; i < criteria.Count; i++)
            map.Ledger.Refers($"{map.At("criteria")}[{i}]", ReferenceKind.Criterion, criteria[i]);
        return new JointItem(map.Required("key"), map.Text("text"), criteria);
    }

    public static ConditionSet ConditionSet(PackMap map) => new(map.Required("key"), map.Provenance(),
        map.Choice<VettingLevel>("accepts"), map.Required("checkedBy"),
        map.List("conditions", condition => new VettingCondition(condition.Required("key"), condition.Text("text"))), map.Address(), map.DateOrNull("asOf"),
        map.ChoiceOrNull<ConditionSetKind>("kind") ?? ConditionSetKind.Conditions);
}
