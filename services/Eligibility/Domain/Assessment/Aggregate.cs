using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Domain.Assessment;

/// <summary>From findings to an outcome, by the rule of the pack.</summary>
internal static class Aggregate
{
    public static Outcome Of(IReadOnlyList<Finding> findings, AggregateRule rule)
    {
        if (findings.Any(finding => finding.IsBlocking && !IsCounted(finding, rule)))
            return Outcome.NotEligible;

        var counted = findings.Where(finding => IsCounted(finding, rule)).ToList();
        var met = counted.Count(finding => finding.Status == FindingStatus.Met);
        var open = counted.Count(finding => finding.Status == FindingStatus.Unanswered);
        var wanted = rule.Count ?? 0;
        if (rule.Kind == AggregateKind.AtLeast && met + open < wanted)
            return Outcome.NotEligible;

        if (findings.Any(finding => IsOpen(finding, rule)) || (rule.Kind == AggregateKind.AtLeast && met < wanted))
            return Outcome.Incomplete;

        return findings.Any(finding => finding.Severity == Severity.Recommended && finding.Status != FindingStatus.Met)
            ? Outcome.EligibleWithMotivation
            : Outcome.Eligible;
    }

    /// <summary>Whether a criterion of the severity can keep a case from being an IOP by the criteria.</summary>
    public static bool Decides(Severity severity, AggregateRule rule) => severity switch
    {
        Severity.Prohibited or Severity.Mandatory or Severity.Conditional or Severity.Question => true,
        Severity.Recommended => rule.Kind != AggregateKind.AllMandatory,
        _ => false,
    };

    /// <summary>Conditions are weighed together only where the pack asks for a number of them.</summary>
    private static bool IsCounted(Finding finding, AggregateRule rule) =>
        rule.Kind == AggregateKind.AtLeast && finding.Severity == Severity.Conditional;

    private static bool IsOpen(Finding finding, AggregateRule rule) => finding.Severity switch
    {
        Severity.Prohibited or Severity.Mandatory or Severity.Question => finding.Status == FindingStatus.Unanswered,
        Severity.Conditional => !IsCounted(finding, rule) && finding.Status == FindingStatus.Unanswered,
        // Only the blocking criteria decide under allMandatory; a recommendation is then remarked on, not waited for.
        Severity.Recommended => rule.Kind != AggregateKind.AllMandatory
            && (finding.NeedsMotivation || finding.Status == FindingStatus.Unanswered),
        _ => false,
    };
}
