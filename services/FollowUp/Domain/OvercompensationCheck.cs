using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>What a check has found, in SEK with ören.</summary>
/// <param name="Compensation">What was paid for the service in the period.</param>
/// <param name="NetCost">What the service cost, less what it brought in otherwise.</param>
/// <param name="ReasonableProfit">What may be left over.</param>
/// <param name="Reasons">What the figures build on.</param>
public sealed record OvercompensationFinding(decimal Compensation, decimal NetCost, decimal ReasonableProfit, string Reasons)
{
    /// <summary>What was paid above net cost and a reasonable profit; 0 for nothing.</summary>
    public decimal Overcompensation => Math.Max(0, Compensation - NetCost - ReasonableProfit);
}

/// <summary>What a check had found before it was corrected.</summary>
/// <param name="Finding">What it had found.</param>
/// <param name="RecordTime">When that was recorded.</param>
/// <param name="CorrectionReason">Why it was corrected.</param>
public sealed record EarlierFinding(OvercompensationFinding Finding, DateTimeOffset RecordTime, string CorrectionReason);

/// <summary>
/// A check of whether compensation for a service of general economic interest was more than the service cost, at an interval and at
/// the end of the entrustment (law.md 2.2). What it finds is for the parties to handle: nothing is recovered by it.
/// </summary>
public sealed class OvercompensationCheck : PlanItem
{
    /// <summary>The collection of checks within a plan.</summary>
    public const string Collection = "overcompensationChecks";

    private OvercompensationCheck()
    {
    }

    /// <summary>Plans a check.</summary>
    public OvercompensationCheck(Plan plan, ReportPeriod period)
        : base(plan, period.Due) =>
        (PeriodStartDate, PeriodEndDate) = (period.Start, period.End);

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Collection}/{Id}";

    /// <summary>First day of the period that it covers.</summary>
    public DateOnly PeriodStartDate { get; private set; }

    /// <summary>Last day of the period that it covers.</summary>
    public DateOnly PeriodEndDate { get; private set; }

    /// <summary>Where it stands.</summary>
    public OvercompensationCheckState State { get; private set; }

    /// <summary>What it has found.</summary>
    public OvercompensationFinding? Finding { get; private set; }

    /// <summary>When that was recorded.</summary>
    public DateTimeOffset? RecordTime { get; private set; }

    /// <summary>What it had found before each correction, first one first.</summary>
    public IReadOnlyList<EarlierFinding> Earlier { get; private set; } = [];

    /// <summary>What the organisations say of it.</summary>
    public string OrganisationComment { get; private set; } = "";

    /// <summary>The deviation by which the parties handle what it has found.</summary>
    public Guid? DeviationId { get; private set; }

    /// <inheritdoc/>
    public override bool IsWaitedFor => State == OvercompensationCheckState.Planned;

    /// <summary>Records what it has found, or corrects it.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="finding">What it has found.</param>
    /// <param name="correctionReason">Why it is corrected; empty the first time.</param>
    /// <param name="now">When.</param>
    /// <param name="today">The day.</param>
    /// <returns>Whether it finds overcompensation that no deviation tells of yet.</returns>
    /// <exception cref="Refusal"><c>CHECK_STATE_NOT_ALLOWED</c>, <c>CHECK_PERIOD_NOT_ENDED</c> or <c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public bool Record(Plan plan, OvercompensationFinding finding, string correctionReason, DateTimeOffset now, DateOnly today)
    {
        plan.MustBeOpen();
        MustNotBeCancelled();
        if (PeriodEndDate >= today)
        {
            throw Refusal.Precondition("CHECK_PERIOD_NOT_ENDED", Name, ("date", $"{PeriodEndDate:yyyy-MM-dd}"));
        }

        Earlier = Finding is null ? Earlier : [.. Earlier, new EarlierFinding(Finding, RecordTime!.Value, correctionReason)];
        (State, Finding, RecordTime) = (OvercompensationCheckState.Recorded, finding, now);
        return finding.Overcompensation > 0 && DeviationId is null;
    }

    /// <summary>Says what the organisations think, before or after it is done.</summary>
    /// <exception cref="Refusal"><c>CHECK_STATE_NOT_ALLOWED</c>.</exception>
    public void Comment(string comment)
    {
        MustNotBeCancelled();
        OrganisationComment = comment;
    }

    /// <summary>Leaves what it has found to a deviation.</summary>
    public void LeaveTo(Deviation deviation) => DeviationId = deviation.Id;

    /// <summary>Moves it to another period.</summary>
    /// <returns>Whether anything changed.</returns>
    internal bool MoveTo(ReportPeriod period, DateOnly today)
    {
        var other = (PeriodStartDate, PeriodEndDate) != (period.Start, period.End);
        (PeriodStartDate, PeriodEndDate) = (period.Start, period.End);
        return MoveTo(period.Due, today) | other;
    }

    /// <summary>Says that it is expected no more.</summary>
    /// <returns>Whether anything changed.</returns>
    internal bool Cancel()
    {
        var cancelled = IsWaitedFor;
        State = cancelled ? OvercompensationCheckState.Cancelled : State;
        return cancelled;
    }

    private void MustNotBeCancelled()
    {
        if (State == OvercompensationCheckState.Cancelled)
        {
            throw Refusal.State("CHECK_STATE_NOT_ALLOWED", Name, State.Code(), OvercompensationCheckState.Planned.Code(), OvercompensationCheckState.Recorded.Code());
        }
    }
}
