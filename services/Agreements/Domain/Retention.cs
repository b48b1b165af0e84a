namespace Iop.Agreements.Domain;

/// <summary>
/// Until when an agreement is kept, derived anew from the guideline's rule and the end of the agreement whenever
/// anything is saved, so that no change of the end is missed. An unknown day is a proper answer.
/// </summary>
public static class RetentionRules
{
    public static Retention Of(Agreement agreement, RetentionRule rule, DateTimeOffset now)
    {
        var (basis, date) = BasisOf(agreement);
        if (!rule.Preserve && rule.YearsAfterEnd == 0)
        {
            return new Retention(RetentionBasis.NoRule, date, Preserve: false, null, rule.RuleId, now);
        }

        return new Retention(basis, date, rule.Preserve, rule.Preserve ? null : date?.AddYears(rule.YearsAfterEnd), rule.RuleId, now);
    }

    private static (RetentionBasis Basis, DateOnly? Date) BasisOf(Agreement agreement) => agreement switch
    {
        { Life.EndedDate: { } ended } => (RetentionBasis.TrueEnd, ended),
        { ActivateTime: null } => (RetentionBasis.NotInForce, null),
        { Life.EarlyEnd: not null } => (RetentionBasis.EarlierEnd, agreement.LastDay),
        _ => (RetentionBasis.PlannedEnd, agreement.Terms.EndDate),
    };
}

public sealed partial class Agreement
{
    /// <summary>Derives the retention anew, and keeps the derivation when it says something new.</summary>
    public void DeriveRetention(RetentionRule rule, DateTimeOffset now)
    {
        var derived = RetentionRules.Of(this, rule, now);
        if (Life.Retentions.Count == 0 || Life.Retentions[^1] with { DeriveTime = now } != derived)
        {
            Life = Life with { Retentions = [.. Life.Retentions, derived] };
        }
    }
}
