using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>A report on one period of a partnership.</summary>
public sealed class Report : PlanItem
{
    /// <summary>The collection of reports within a plan.</summary>
    public const string Collection = "reports";

    // What the agreement says nothing of: the receiving side has a month to read.
    private const int MonthsToReview = 1;

    private Report()
    {
    }

    /// <summary>Plans a report.</summary>
    public Report(Plan plan, ReportPeriod period)
        : base(plan, period.Due)
    {
        (PeriodStartDate, PeriodEndDate) = (period.Start, period.End);
        Responsible = plan.Reporting ?? ReportingResponsibility.Shared;
    }

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Collection}/{Id}";

    /// <summary>First day of the period.</summary>
    public DateOnly PeriodStartDate { get; private set; }

    /// <summary>Last day of the period.</summary>
    public DateOnly PeriodEndDate { get; private set; }

    /// <summary>Who writes it.</summary>
    public ReportingResponsibility Responsible { get; private set; }

    /// <summary>Where it stands, as stored: without <see cref="ReportState.Due"/>. See <see cref="StateOn"/>.</summary>
    public ReportState State { get; private set; }

    /// <summary>The report.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The organisations' own words, which only they change.</summary>
    public string OrganisationWords { get; private set; } = "";

    /// <summary>The side that submitted it last.</summary>
    public Side? SubmittedBy { get; private set; }

    /// <summary>When it was submitted last.</summary>
    public DateTimeOffset? SubmitTime { get; private set; }

    /// <summary>The day by which what was submitted shall be reviewed.</summary>
    public DateOnly? ReviewDueDate { get; private set; }

    /// <summary>Why it was returned last.</summary>
    public string ReturnReason { get; private set; } = "";

    /// <summary>The receiving side's comment.</summary>
    public string ReviewComment { get; private set; } = "";

    /// <summary>When it was reviewed.</summary>
    public DateTimeOffset? ReviewTime { get; private set; }

    /// <inheritdoc/>
    protected override bool IsWaitedFor => State is ReportState.Planned or ReportState.Returned;

    /// <summary>Where it stands on a day.</summary>
    public ReportState StateOn(DateOnly today) =>
        State == ReportState.Planned && PeriodEndDate < today ? ReportState.Due : State;

    /// <summary>Whether a side may write it. Rule: he-reporting-responsibility.</summary>
    public bool IsWrittenBy(Side side) => Responsible switch
    {
        ReportingResponsibility.Organisation => side == Side.CivilSociety,
        ReportingResponsibility.Municipality => side == Side.Public,
        _ => true,
    };

    /// <summary>Submits it, also before its period has ended.</summary>
    /// <exception cref="Refusal"><c>PARTY_NOT_ALLOWED</c> or <c>REPORT_STATE_NOT_ALLOWED</c>.</exception>
    public void Submit(string text, string organisationWords, Side by, DateTimeOffset now, DateOnly today)
    {
        if (!IsWrittenBy(by))
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }

        if (!IsWaitedFor)
        {
            throw WrongState(today, ReportState.Planned, ReportState.Due, ReportState.Returned);
        }

        (State, Text, SubmittedBy, SubmitTime) = (ReportState.Submitted, text, by, now);
        OrganisationWords = organisationWords.Length == 0 ? OrganisationWords : organisationWords;
        ReviewDueDate = today.AddMonths(MonthsToReview);
    }

    /// <summary>Finds it complete.</summary>
    /// <exception cref="Refusal"><c>REPORT_STATE_NOT_ALLOWED</c> or <c>PARTY_NOT_ALLOWED</c>.</exception>
    public void Review(string comment, Side by, DateTimeOffset now, DateOnly today)
    {
        MustReceive(by, today);
        (State, ReviewComment, ReviewTime) = (ReportState.Reviewed, comment, now);
    }

    /// <summary>Returns it with a question.</summary>
    /// <exception cref="Refusal"><c>REPORT_STATE_NOT_ALLOWED</c> or <c>PARTY_NOT_ALLOWED</c>.</exception>
    public void Return(string reason, Side by, DateOnly today)
    {
        MustReceive(by, today);
        (State, ReturnReason) = (ReportState.Returned, reason);
    }

    /// <summary>Says that it is expected no more. What has been submitted can still be reviewed.</summary>
    public void Close() => State = IsWaitedFor ? ReportState.Closed : State;

    // The parties are equals: whoever wrote it, the other side reads it.
    private void MustReceive(Side by, DateOnly today)
    {
        if (State != ReportState.Submitted)
        {
            throw WrongState(today, ReportState.Submitted);
        }

        if (by == SubmittedBy)
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }
    }

    private Refusal WrongState(DateOnly today, params IEnumerable<ReportState> allowed) =>
        Refusal.State("REPORT_STATE_NOT_ALLOWED", Name, StateOn(today).Code(), allowed.Select(state => state.Code()));
}
