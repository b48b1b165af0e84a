using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>
/// A check of whether compensation for a service of general economic interest was more than the service cost, at an interval and at
/// the end of the entrustment (law.md 2.2). What it finds follows from what was paid and what it cost, and never from how well the
/// partnership has done: he-evaluation-shows-solved. It is for the parties to handle, and nothing is recovered by it.
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

    /// <summary>Whether it finds what is to be paid back, and no deviation tells of that yet.</summary>
    public bool AwaitsHandling => Finding is { Repayment: > 0 } && DeviationId is null;

    /// <inheritdoc/>
    public override bool IsWaitedFor => State == OvercompensationCheckState.Planned;

    /// <summary>Records what it has found, or corrects it.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="finding">What it has found.</param>
    /// <param name="correctionReason">Why it is corrected; empty the first time.</param>
    /// <param name="now">When.</param>
    /// <param name="today">The day.</param>
    /// <exception cref="Refusal"><c>CHECK_STATE_NOT_ALLOWED</c>, <c>CHECK_PERIOD_NOT_ENDED</c> or <c>PLAN_STATE_NOT_ALLOWED</c>.</exception>
    public void Record(Plan plan, OvercompensationFinding finding, string correctionReason, DateTimeOffset now, DateOnly today)
    {
        plan.MustBeOpen();
        MustNotBeCancelled();
        if (PeriodEndDate >= today)
        {
            throw Refusal.Precondition("CHECK_PERIOD_NOT_ENDED", Name, ("date", $"{PeriodEndDate:yyyy-MM-dd}"));
        }

        Find(finding, correctionReason, now);
    }

    /// <summary>Says what the organisations think, before or after it is done.</summary>
    /// <exception cref="Refusal"><c>CHECK_STATE_NOT_ALLOWED</c>.</exception>
    public void Comment(string comment)
    {
        MustNotBeCancelled();
        OrganisationComment = comment;
    }

    /// <summary>Counts anew what the check before carries forward, and whether anything can still be carried from here.</summary>
    /// <returns>Whether that makes another finding.</returns>
    internal bool Recount(decimal carriedIn, bool isLast, string reason, DateTimeOffset now)
    {
        if (Finding is null)
        {
            return false;
        }

        var counted = Finding with { CarriedIn = carriedIn };
        counted = counted with { CarryForward = counted.CarryForward && counted.MayCarryForward && !(isLast && counted.Overcompensation > 0) };
        var other = counted != Finding;
        if (other)
        {
            Find(counted, reason, now);
        }

        return other;
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

    private void Find(OvercompensationFinding finding, string reason, DateTimeOffset now)
    {
        Earlier = Finding is null ? Earlier : [.. Earlier, new EarlierFinding(Finding, RecordTime!.Value, reason)];
        (State, Finding, RecordTime) = (OvercompensationCheckState.Recorded, finding, now);
    }

    private void MustNotBeCancelled()
    {
        if (State == OvercompensationCheckState.Cancelled)
        {
            throw Refusal.State("CHECK_STATE_NOT_ALLOWED", Name, State.Code(), OvercompensationCheckState.Planned.Code(), OvercompensationCheckState.Recorded.Code());
        }
    }
}
