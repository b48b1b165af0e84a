namespace Iop.Eligibility.Domain.Guidelines.Reading;

/// <summary>What can only be judged when the whole pack is read: references and contradictions between parts.</summary>
internal static class PackConsistency
{
    public static void Check(GuidelinePack pack, ReadingLedger ledger)
    {
        ledger.Resolve(Known(pack));
        Criteria(pack, ledger);

        var conditions = pack.Criteria.Count(criterion => criterion.Severity == Severity.Conditional);
        if (pack.AggregateRule.Count > conditions)
            ledger.Report("aggregateRule.count", FaultReason.AggregateContradiction, pack.AggregateRule.Count, conditions);
        if (pack.ValidTo < pack.ValidFrom)
            ledger.Report("validTo", FaultReason.RangeReversed, $"{pack.ValidFrom:yyyy-MM-dd}", $"{pack.ValidTo:yyyy-MM-dd}");
    }

    private static void Criteria(GuidelinePack pack, ReadingLedger ledger)
    {
        for (var i = 0; i < pack.Criteria.Count; i++)
        {
            var criterion = pack.Criteria[i];
            if (criterion.Id.Length > 0 && criterion.SourceLine.Length == 0)
                ledger.Report($"criteria[{i}]", FaultReason.ProvenanceUnclear);
            if (criterion.Measure.By == MeasureKind.Initiator && criterion.Severity != pack.Initiative.Severity)
                ledger.Report($"criteria[{i}].severity", FaultReason.SeverityContradiction);
            if (MissingBasis(criterion.Measure.By, pack) is { } basis)
                ledger.Report($"criteria[{i}].measure.by", FaultReason.MeasureWithoutBasis, basis);
            if (criterion.ClearedBy is null)
                continue;
            if (criterion.ClearedBy == criterion.Id)
                ledger.Report($"criteria[{i}].clearedBy", FaultReason.SelfReference, criterion.Id);
            if (criterion.Severity == Severity.Prohibited)
                ledger.Report($"criteria[{i}].clearedBy", FaultReason.ProhibitionCleared);
        }
    }

    /// <summary>The part of the pack that a measure looks into, where the pack leaves it empty.</summary>
    private static string? MissingBasis(MeasureKind by, GuidelinePack pack) => by switch
    {
        MeasureKind.Contributions when pack.Contributions.RequiredFrom.Count == 0 => "contributions.requiredFrom",
        MeasureKind.MunicipalGoals when pack.Policy.Goals.Count == 0 => "policy.goals",
        MeasureKind.Domain when pack.Scope.Domains.Count == 0 => "scope.domains",
        MeasureKind.Documents when pack.Documents.All(document => document.Set != DocumentSet.Organisation) => "documents",
        _ => null,
    };

    private static Dictionary<ReferenceKind, IReadOnlySet<string>> Known(GuidelinePack pack) => new()
    {
        [ReferenceKind.Criterion] = pack.Criteria.Select(criterion => criterion.Id).ToHashSet(StringComparer.Ordinal),
        [ReferenceKind.Question] = pack.Routing.Questions.Select(question => question.Key).ToHashSet(StringComparer.Ordinal),
        [ReferenceKind.Option] = pack.Routing.Questions
            .SelectMany(question => question.Options.Select(option => $"{question.Key}/{option.Key}")).ToHashSet(StringComparer.Ordinal),
        [ReferenceKind.ConditionSet] = pack.Vetting.Select(set => set.Key).ToHashSet(StringComparer.Ordinal),
        [ReferenceKind.VettingCondition] = pack.Vetting
            .SelectMany(set => set.Conditions.Select(condition => $"{set.Key}/{condition.Key}")).ToHashSet(StringComparer.Ordinal),
        [ReferenceKind.Section] = pack.Agreement.Sections.Select(section => section.Key).ToHashSet(StringComparer.Ordinal),
    };
}
