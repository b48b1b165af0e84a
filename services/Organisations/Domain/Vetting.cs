using Iop.Platform.Identity;

namespace Iop.Organisations.Domain;

/// <summary>A condition set of a guideline.</summary>
/// <param name="Key">Its key in the pack.</param>
/// <param name="AcceptsDeclared">Whether the organisation's word is enough.</param>
/// <param name="CheckedBy">Role that verifies or fails them.</param>
/// <param name="Conditions">Keys of the conditions, in order.</param>
public sealed record ConditionTerms(string Key, bool AcceptsDeclared, string CheckedBy, IReadOnlyList<string> Conditions);

/// <summary>How one condition stands, and what that amounts to.</summary>
public sealed record ConditionFinding(string ConditionKey, ConditionStatus Status, VettingOutcome Outcome, ConditionRecord? Record);

/// <summary>How one set stands.</summary>
public sealed record ConditionSetFinding(string SetKey, VettingOutcome Outcome, IReadOnlyList<ConditionFinding> Conditions);

/// <summary>Holds what is recorded to the conditions of a guideline: a pure function of the two.</summary>
public static class Vetting
{
    /// <summary>The role of a pack that no token carries: a committee acts through those who decide for it.</summary>
    public const string Committee = "committee";

    /// <summary>Whether roles may verify or fail conditions that the pack lets a role check. Source: ga-check-*, by the board.</summary>
    public static bool MayCheck(IEnumerable<string> roles, string checkedBy) =>
        checkedBy == Committee ? roles.Contains(Roles.DecisionMaker)
        : Roles.PublicSide.Contains(checkedBy) ? roles.Contains(checkedBy)
        : roles.Any(Roles.PublicSide.Contains);

    public static ConditionSetFinding Evaluate(ConditionTerms terms, IEnumerable<ConditionRecord> records)
    {
        var recorded = records.ToDictionary(record => record.ConditionKey);
        var findings = terms.Conditions.Select(key => FindingOf(key, recorded.GetValueOrDefault(key), terms)).ToList();
        return new ConditionSetFinding(terms.Key, Together(findings.Select(finding => finding.Outcome)), findings);
    }

    /// <summary>What several outcomes amount to: one that is not met outweighs what is missing, and what is missing what is met.</summary>
    public static VettingOutcome Together(IEnumerable<VettingOutcome> outcomes)
    {
        var all = outcomes.ToHashSet();
        return all.Contains(VettingOutcome.NotMet) ? VettingOutcome.NotMet
            : all.Contains(VettingOutcome.Incomplete) ? VettingOutcome.Incomplete
            : VettingOutcome.Met;
    }

    private static ConditionFinding FindingOf(string key, ConditionRecord? record, ConditionTerms terms)
    {
        var status = record is null ? ConditionStatus.Unanswered : StatusOf(record, terms.CheckedBy);
        var outcome = status switch
        {
            ConditionStatus.Verified => VettingOutcome.Met,
            ConditionStatus.Declared when terms.AcceptsDeclared => VettingOutcome.Met,
            ConditionStatus.Failed => VettingOutcome.NotMet,

            // law.md 2.11: special reasons let an organisation through though a ground of exclusion is at hand.
            ConditionStatus.Excepted => VettingOutcome.Met,

            // A missing answer is never a no.
            _ => VettingOutcome.Incomplete,
        };
        return new ConditionFinding(key, status, outcome, record);
    }

    // What was let through under another guideline, by one whom this one does not ask, is no more than declared here.
    private static ConditionStatus StatusOf(ConditionRecord record, string checkedBy) =>
        record.Status is ConditionStatus.Verified or ConditionStatus.Excepted && !MayCheck(record.RecordedAs, checkedBy) ? ConditionStatus.Declared : record.Status;
}
