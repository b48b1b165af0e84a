using Iop.Eligibility.V1;
using Iop.Organisations.Domain;
using Iop.Platform.Requests;
using Iop.Types.V1;
using ConditionStatus = Iop.Organisations.Domain.ConditionStatus;
using VettingOutcome = Iop.Organisations.Domain.VettingOutcome;

namespace Iop.Organisations.Api;

/// <summary>Condition checks and what they amount to, between guideline, domain and contract.</summary>
internal static class VettingMapping
{
    public static ConditionTerms ToTerms(this ConditionSet set) =>
        new(set.Key, set.Accepts == V1.ConditionStatus.Declared, set.CheckedBy, [.. set.Conditions.Select(condition => condition.Key)]);

    public static V1.ConditionCheck ToProto(this ConditionCheck check) => new()
    {
        Name = check.Name,
        SetKey = check.SetKey,
        GuidelinePack = check.GuidelinePack,
        Conditions = { check.Conditions.Select(record => ToProto(record, OrganisationName.Of(check.Municipality, check.Organisation))) },
        CreateTime = check.CreateTime.ToProto(),
        UpdateTime = check.UpdateTime.ToProto(),
        Etag = check.Etag,
    };

    public static V1.EvaluateVettingResponse ToProto(
        string pack, IReadOnlyList<(ConditionSet Set, ConditionSetFinding Finding)> sets, string organisation)
    {
        var outcome = Vetting.Together(sets.Select(set => set.Finding.Outcome));
        return new V1.EvaluateVettingResponse
        {
            GuidelinePack = pack,
            Outcome = (V1.VettingOutcome)outcome,
            Explanation = sets.Count == 0 ? Explanations.Of("vetting.NO_CONDITIONS") : Explain(outcome, sets),
            Sets = { sets.Select(set => ToProto(set.Set, set.Finding, organisation)) },
        };
    }

    private static LocalizedText Explain(VettingOutcome outcome, IReadOnlyList<(ConditionSet Set, ConditionSetFinding Finding)> sets)
    {
        var missing = sets.SelectMany(set => set.Finding.Conditions).Where(finding => finding.Outcome == VettingOutcome.Incomplete).Select(finding => finding.ConditionKey);
        return Explanations.Of($"vetting.{outcome.ToUpperSnake()}", ("missing", string.Join(", ", missing)));
    }

    private static V1.ConditionSetFinding ToProto(ConditionSet set, ConditionSetFinding finding, string organisation) => new()
    {
        SetKey = set.Key,
        RuleId = set.RuleId,
        Outcome = (V1.VettingOutcome)finding.Outcome,
        Accepts = set.Accepts,
        CheckedBy = set.CheckedBy,
        Exclusions = IsExclusions(set),
        Conditions = { finding.Conditions.Select((condition, place) => ToProto(set, set.Conditions[place], condition, organisation)) },
    };

    private static V1.ConditionFinding ToProto(ConditionSet set, ConditionTemplate template, ConditionFinding finding, string organisation) => new()
    {
        ConditionKey = finding.ConditionKey,
        RuleId = set.RuleId,
        Text = template.Text,
        Status = (V1.ConditionStatus)finding.Status,
        Outcome = (V1.VettingOutcome)finding.Outcome,
        Explanation = Explanations.Of($"{(IsExclusions(set) ? "exclusion" : "condition")}.{ExplanationOf(finding)}"),
        EvidenceDocument = DocumentOf(finding.Record?.EvidenceDocument, organisation),
        CheckDate = finding.Record?.CheckDate.ToProto(),
        ToleranceNote = finding.Record?.ToleranceNote ?? "",
        Reason = finding.Record?.Reason ?? "",
        SpecialReasons = finding.Record?.SpecialReasons ?? "",
        DecisionReference = finding.Record?.DecisionReference ?? "",
    };

    private static bool IsExclusions(ConditionSet set) => set.Kind == ConditionSet.Types.Kind.Exclusions;

    private static string ExplanationOf(ConditionFinding finding) => finding.Status switch
    {
        ConditionStatus.Declared when finding.Outcome != VettingOutcome.Met => "DECLARED_ONLY",
        ConditionStatus.Verified when finding.Record?.ToleranceNote.Length > 0 => "TOLERATED",
        _ => finding.Status.ToUpperSnake(),
    };

    private static V1.ConditionRecord ToProto(ConditionRecord record, string organisation) => new()
    {
        ConditionKey = record.ConditionKey,
        Status = (V1.ConditionStatus)record.Status,
        EvidenceDocument = DocumentOf(record.EvidenceDocument, organisation),
        CheckDate = record.CheckDate.ToProto(),
        ToleranceNote = record.ToleranceNote,
        Reason = record.Reason,
        HeardDate = record.HeardDate.ToProto(),
        RecordTime = record.RecordTime.ToProto(),
        SpecialReasons = record.SpecialReasons,
        DecisionReference = record.DecisionReference,
    };

    private static string DocumentOf(Guid? id, string organisation) => id is { } document ? $"{organisation}/{OrganisationName.Documents}/{document}" : "";
}
