using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>A report on one period of a partnership.</summary>
public sealed class Report : PlanItem
{
    /// <summary>The collection of reports within a plan.</summary>
    public const string Collection = "reports";

    // What the agreement says nothing of: the receiving side has a month to read, and the writing side one to answer.
    private const int MonthsToReview = 1;
    private const int MonthsToAnswer = 1;

    private Report()
    {
    }

    /// <summary>Plans a report.</summary>
    public Report(Plan plan, ReportPeriod period, ReportKind kind = ReportKind.Regular, string topic = "")
        : base(plan, period.Due)
    {
        (PeriodStartDate, PeriodEndDate, Kind, Topic) = (period.Start, period.End, kind, topic);
        Responsible = plan.Reporting ?? ReportingResponsibility.Shared;
    }

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Collection}/{Id}";

    /// <summary>What calls for it.</summary>
    public ReportKind Kind { get; private set; }

    /// <summary>What a wished one shall tell about.</summary>
    public string Topic { get; private set; } = "";

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

    /// <summary>The day by which what was returned shall be submitted again.</summary>
    public DateOnly? AnswerDueDate { get; private set; }

    /// <summary>Why it was returned last.</summary>
    public string ReturnReason { get; private set; } = "";

    /// <summary>The receiving side's comment.</summary>
    public string ReviewComment { get; private set; } = "";

    /// <summary>When it was reviewed.</summary>
    public DateTimeOffset? ReviewTime { get; private set; }

    /// <summary>The draft as it was last saved.</summary>
    public string DraftText { get; private set; } = "";

    /// <summary>The draft of the organisations' own words.</summary>
    public string DraftOrganisationWords { get; private set; } = "";

    /// <summary>When the draft, or what was submitted without one, was last saved.</summary>
    public DateTimeOffset? LastSavedTime { get; private set; }

    /// <summary>Submissions before the one that stands, first one first.</summary>
    public IReadOnlyList<Submission> Earlier { get; private set; } = [];

    /// <summary>Why it was reopened last.</summary>
    public string ReopenReason { get; private set; } = "";

    /// <summary>How many times it has been submitted.</summary>
    public int SubmissionCount { get; private set; }

    /// <summary>Whether nobody has begun it.</summary>
    public bool IsUntouched => State == ReportState.Planned && LastSavedTime is null;

    /// <inheritdoc/>
    public override bool IsWaitedFor => State is ReportState.Planned or ReportState.Returned;

    /// <inheritdoc/>
    public override bool IsOverdueOn(DateOnly today) => State == ReportState.Returned && AnswerDueDate is { } answer ? answer < today : base.IsOverdueOn(today);

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

    /// <summary>Saves a draft as it is.</summary>
    /// <param name="text">The draft.</param>
    /// <param name="organisationWords">Draft of the organisations' own words; left as it is when the municipality saves.</param>
    /// <param name="by">The side that writes.</param>
    /// <param name="now">When.</param>
    /// <param name="today">The day.</param>
    /// <exception cref="Refusal"><c>PARTY_NOT_ALLOWED</c> or <c>REPORT_STATE_NOT_ALLOWED</c>.</exception>
    public void SaveDraft(string text, string organisationWords, Side by, DateTimeOffset now, DateOnly today)
    {
        MustBeWritten(by, today);
        (DraftText, LastSavedTime) = (text, now);
        DraftOrganisationWords = by == Side.CivilSociety ? organisationWords : DraftOrganisationWords;
    }

    /// <summary>Submits it, also before its period has ended. What the side had saved as a draft is then no draft any more.</summary>
    /// <exception cref="Refusal"><c>PARTY_NOT_ALLOWED</c> or <c>REPORT_STATE_NOT_ALLOWED</c>.</exception>
    public void Submit(string text, string organisationWords, Side by, DateTimeOffset now, DateOnly today)
    {
        MustBeWritten(by, today);
        if (by == Side.CivilSociety)
        {
            // A draft of theirs that the other side cannot see is not for that side to submit.
            var words = organisationWords.Length > 0 ? organisationWords : DraftOrganisationWords;
            (OrganisationWords, DraftOrganisationWords) = (words.Length > 0 ? words : OrganisationWords, "");
        }

        (State, Text, SubmittedBy, SubmitTime, LastSavedTime) = (ReportState.Submitted, text, by, now, now);
        DraftText = "";
        SubmissionCount++;
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
        ReturnReason = reason;
        Open(reason, today);
    }

    /// <summary>Opens it again after it was found complete.</summary>
    /// <exception cref="Refusal"><c>REPORT_STATE_NOT_ALLOWED</c>.</exception>
    public void Reopen(string reason, DateOnly today)
    {
        if (State != ReportState.Reviewed)
        {
            throw WrongState(today, ReportState.Reviewed);
        }

        (ReopenReason, ReviewTime) = (reason, null);
        Open(reason, today);
    }

    /// <summary>Says that it is expected no more. What has been submitted can still be reviewed.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Close()
    {
        var closed = IsWaitedFor;
        State = closed ? ReportState.Closed : State;
        return closed;
    }

    /// <summary>Moves its period and day, and gives it to those who now report.</summary>
    internal bool MoveTo(ReportPeriod period, ReportingResponsibility responsible, DateOnly today)
    {
        var moved = (PeriodStartDate, PeriodEndDate, Responsible) != (period.Start, period.End, responsible);
        (PeriodStartDate, PeriodEndDate, Responsible) = (period.Start, period.End, responsible);
        return MoveTo(period.Due, today) || moved;
    }

    /// <summary>Gives more time to read or to answer, where that time ran out within some days.</summary>
    /// <returns>Whether anything changed.</returns>
    internal bool Grant(DateOnly due, Func<DateOnly, bool> ranOut)
    {
        switch (State)
        {
            case ReportState.Returned when AnswerDueDate is { } answer && ranOut(answer):
                AnswerDueDate = due;
                return true;
            case ReportState.Submitted when ReviewDueDate is { } review && ranOut(review):
                ReviewDueDate = due;
                return true;
            default:
                return false;
        }
    }

    // What was submitted stays to be seen, in the words in which it was submitted.
    private void Open(string reason, DateOnly today)
    {
        Earlier = [.. Earlier, new Submission(Text, OrganisationWords, SubmittedBy!.Value, SubmitTime!.Value, reason)];
        (State, AnswerDueDate) = (ReportState.Returned, today.AddMonths(MonthsToAnswer));
    }

    private void MustBeWritten(Side by, DateOnly today)
    {
        if (!IsWrittenBy(by))
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }

        if (!IsWaitedFor)
        {
            throw WrongState(today, ReportState.Planned, ReportState.Due, ReportState.Returned);
        }
    }

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
