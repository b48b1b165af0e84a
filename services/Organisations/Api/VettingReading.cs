using Google.Protobuf.Collections;
using Iop.Eligibility.V1;
using Iop.Organisations.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using ConditionStatus = Iop.Organisations.Domain.ConditionStatus;

namespace Iop.Organisations.Api;

/// <summary>Reads and checks what callers say of conditions.</summary>
internal static class VettingReading
{
    private const int MaxConditions = 50;
    private const int ToleranceLength = 500;
    private const int ReasonLength = 1000;
    private const int ReferenceLength = 60;

    public static IReadOnlyList<ConditionRecord> Read(
        RepeatedField<V1.ConditionRecord> from, ConditionSet set, string organisation, Caller caller, TimeProvider time, EvidenceReading evidence, Faults faults)
    {
        faults.Number("conditions", from.Count, 1, MaxConditions);
        var known = set.Conditions.Select(condition => condition.Key).ToHashSet();
        var read = new List<ConditionRecord>(from.Count);
        foreach (var record in from)
        {
            var at = $"conditions[{read.Count}]";
            faults.Require(known.Contains(record.ConditionKey), $"{at}.condition_key", "CONDITION_UNKNOWN");
            faults.Require(!read.Exists(other => other.ConditionKey == record.ConditionKey), $"{at}.condition_key", "DUPLICATE_VALUE");
            var one = ReadOne(at, record, organisation, caller, time, evidence, faults);
            HoldToKind(at, one, set, faults);
            read.Add(one);
        }

        return read;
    }

    // law.md 2.11: who is shut out, or let through for special reasons, is so by a decision with reasons and a number.
    private static void HoldToKind(string at, ConditionRecord record, ConditionSet set, Faults faults)
    {
        var isExclusion = set.Kind == ConditionSet.Types.Kind.Exclusions;
        var isDecided = isExclusion && record.Status is ConditionStatus.Failed or ConditionStatus.Excepted;
        faults.Require(record.Status != ConditionStatus.Excepted || isExclusion, $"{at}.status", "EXCEPTION_NOT_APPLICABLE");
        faults.Require(record.Status != ConditionStatus.Excepted || record.SpecialReasons.Length > 0, $"{at}.special_reasons", "SPECIAL_REASONS_REQUIRED");
        faults.Require(record.Status == ConditionStatus.Excepted || record.SpecialReasons.Length == 0, $"{at}.special_reasons", "FIELD_NOT_ALLOWED");
        faults.Require(!isDecided || record.DecisionReference.Length > 0, $"{at}.decision_reference", "DECISION_REQUIRED");
    }

    private static ConditionRecord ReadOne(
        string at, V1.ConditionRecord record, string organisation, Caller caller, TimeProvider time, EvidenceReading evidence, Faults faults)
    {
        var today = time.Today();
        var status = (ConditionStatus)faults.Choice($"{at}.status", record.Status);
        faults.Require(status != ConditionStatus.Unanswered, $"{at}.status", "ENUM_VALUE_REQUIRED");
        var day = OrganisationReading.NotInFuture($"{at}.check_date", record.CheckDate, today, faults) ?? today;
        var document = record.EvidenceDocument.Length == 0 ? [] : evidence.Read([record.EvidenceDocument], organisation, $"{at}.evidence_document", faults);
        var tolerance = faults.Text($"{at}.tolerance_note", record.ToleranceNote, ToleranceLength);
        faults.Require(tolerance.Length == 0 || status == ConditionStatus.Verified, $"{at}.tolerance_note", "FIELD_NOT_ALLOWED");
        var reason = faults.Text($"{at}.reason", record.Reason, ReasonLength);
        var heard = faults.Date($"{at}.heard_date", record.HeardDate);
        if (status is ConditionStatus.Failed or ConditionStatus.Excepted)
        {
            // No one is found wanting without reasons and without having been heard. Source: peers.md, complaint 26.
            faults.Require(reason.Length > 0, $"{at}.reason", "REASON_REQUIRED");
            faults.Require(heard is not null && heard <= day, $"{at}.heard_date", "HEARING_REQUIRED");
        }

        return new ConditionRecord(record.ConditionKey, status, document.Count > 0 ? document[0] : null, day, tolerance, reason, heard, time.Now())
        {
            SpecialReasons = faults.Text($"{at}.special_reasons", record.SpecialReasons, ReasonLength),
            RecordedAs = caller.Roles.Where(Roles.PublicSide.Contains).ToList(),
            DecisionReference = faults.Text($"{at}.decision_reference", record.DecisionReference, ReferenceLength),
        };
    }
}
