namespace Iop.FollowUp.Domain;

/// <summary>What a check has found, in SEK with ören.</summary>
/// <param name="Compensation">What was paid for the service in the period.</param>
/// <param name="NetCost">What the service cost, less what it brought in otherwise.</param>
/// <param name="ReasonableProfit">What may be left over.</param>
/// <param name="Reasons">What the figures build on.</param>
public sealed record OvercompensationFinding(decimal Compensation, decimal NetCost, decimal ReasonableProfit, string Reasons)
{
    /// <summary>What the check before has carried forward to this period.</summary>
    public decimal CarriedIn { get; init; }

    /// <summary>The most that may be carried forward to the next period; 0 where there is none.</summary>
    public decimal CarryForwardLimit { get; init; }

    /// <summary>Whether what is too much is carried forward, and not paid back.</summary>
    public bool CarryForward { get; init; }

    /// <summary>What was paid above net cost and a reasonable profit, with what was carried here; 0 for nothing.</summary>
    public decimal Overcompensation => Math.Max(0, Compensation + CarriedIn - NetCost - ReasonableProfit);

    /// <summary>Whether it is little enough to be carried forward.</summary>
    public bool MayCarryForward => Overcompensation <= CarryForwardLimit;

    /// <summary>What is carried forward, and counted in the next period.</summary>
    public decimal CarriedForward => CarryForward ? Overcompensation : 0;

    /// <summary>What is to be paid back.</summary>
    public decimal Repayment => Overcompensation - CarriedForward;

    /// <summary>
    /// A share of the average yearly compensation in a period, down to whole ören: the most that may be carried forward from it. What
    /// was paid in less than a year is not made into more than was paid. Source: decision 2012/21/EU, article 6.2.
    /// </summary>
    /// <param name="compensation">What was paid in the period.</param>
    /// <param name="period">First and last day.</param>
    /// <param name="percent">The share.</param>
    public static decimal LimitOf(decimal compensation, (DateOnly Start, DateOnly End) period, decimal percent)
    {
        var after = period.End.AddDays(1);
        var years = after.Year - period.Start.Year;
        years -= period.Start.AddYears(years) > after ? 1 : 0;
        var lastYear = period.Start.AddYears(years);
        var (rest, daysInYear) = (after.DayNumber - lastYear.DayNumber, period.Start.AddYears(years + 1).DayNumber - lastYear.DayNumber);
        var days = Math.Max(daysInYear, (years * daysInYear) + rest);
        return Math.Floor(compensation * percent * daysInYear / days) / 100;
    }
}

/// <summary>What a check had found before it was corrected.</summary>
/// <param name="Finding">What it had found.</param>
/// <param name="RecordTime">When that was recorded.</param>
/// <param name="CorrectionReason">Why it was corrected.</param>
public sealed record EarlierFinding(OvercompensationFinding Finding, DateTimeOffset RecordTime, string CorrectionReason);
