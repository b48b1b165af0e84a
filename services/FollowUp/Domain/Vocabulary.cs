using Iop.Platform.Requests;

namespace Iop.FollowUp.Domain;

/// <summary>The two sides of a partnership.</summary>
public enum Side
{
    /// <summary>The municipality.</summary>
    Public,

    /// <summary>The organisations.</summary>
    CivilSociety,
}

/// <summary>Who writes the reports, as the agreement says. Rule: he-reporting-responsibility.</summary>
public enum ReportingResponsibility
{
    /// <summary>The organisations.</summary>
    Organisation,

    /// <summary>The municipality.</summary>
    Municipality,

    /// <summary>Both sides.</summary>
    Shared,
}

/// <summary>Where a plan stands.</summary>
public enum PlanState
{
    /// <summary>The partnership is being followed up.</summary>
    Active,

    /// <summary>The agreement has ended, and nothing more is expected.</summary>
    Closed,

    /// <summary>The agreement is paused.</summary>
    Suspended,

    /// <summary>The agreement has ended; a last report or the evaluation remains.</summary>
    Ending,
}

/// <summary>What calls for a check-in.</summary>
public enum CheckInKind
{
    /// <summary>The agreed interval.</summary>
    Regular,

    /// <summary>The talks about continuing.</summary>
    RenewalTalks,

    /// <summary>Somebody's wish.</summary>
    AdHoc,

    /// <summary>The steering group meets.</summary>
    SteeringGroup,

    /// <summary>The reference group meets.</summary>
    ReferenceGroup,

    /// <summary>The working group meets.</summary>
    WorkingGroup,
}

/// <summary>Where a check-in stands.</summary>
public enum CheckInState
{
    /// <summary>To be held.</summary>
    Planned,

    /// <summary>Held and recorded.</summary>
    Held,

    /// <summary>Expected no more.</summary>
    Cancelled,
}

/// <summary>What calls for a report.</summary>
public enum ReportKind
{
    /// <summary>The agreed interval or days.</summary>
    Regular,

    /// <summary>Somebody's wish.</summary>
    AdHoc,
}

/// <summary>Where a report stands. <see cref="Due"/> is never stored: it is <see cref="Planned"/> when its period has ended.</summary>
public enum ReportState
{
    /// <summary>Its period has not ended.</summary>
    Planned,

    /// <summary>Its period has ended.</summary>
    Due,

    /// <summary>Submitted and not read.</summary>
    Submitted,

    /// <summary>Returned with a question.</summary>
    Returned,

    /// <summary>Found complete.</summary>
    Reviewed,

    /// <summary>Nothing more is expected.</summary>
    Closed,
}

/// <summary>Where an evaluation stands.</summary>
public enum EvaluationState
{
    /// <summary>To be done.</summary>
    Planned,

    /// <summary>Done.</summary>
    Completed,
}

/// <summary>Whether the challenge was solved. Rule: he-evaluation-shows-solved.</summary>
public enum Verdict
{
    /// <summary>Solved.</summary>
    Solved,

    /// <summary>Partly solved.</summary>
    Partly,

    /// <summary>Not solved.</summary>
    NotSolved,

    /// <summary>Too early to say.</summary>
    TooEarly,
}

/// <summary>Where an indicator stands against its target.</summary>
public enum IndicatorOutcome
{
    /// <summary>No target is set.</summary>
    NoTarget,

    /// <summary>Nothing has been measured.</summary>
    NotMeasured,

    /// <summary>The target is not reached.</summary>
    NotReached,

    /// <summary>The target is reached.</summary>
    Reached,
}

/// <summary>What kind of deviation it is, numbered as in the contract.</summary>
public enum DeviationType
{
    /// <summary>The activity reaches others than agreed.</summary>
    WrongTargetGroup = 1,

    /// <summary>A goal is not reached.</summary>
    GoalNotReached,

    /// <summary>A promised contribution has not come in.</summary>
    ContributionMissing,

    /// <summary>Something is not done as agreed.</summary>
    ActivityNotAsAgreed,

    /// <summary>Something is late.</summary>
    Delay,

    /// <summary>A report or a meeting is missing.</summary>
    FollowUpMissing,

    /// <summary>The cooperation itself does not work.</summary>
    Cooperation,

    /// <summary>Something else.</summary>
    Other,

    /// <summary>A check has found that the compensation exceeds net cost and a reasonable profit.</summary>
    Overcompensation,
}

/// <summary>Where a check against overcompensation stands.</summary>
public enum OvercompensationCheckState
{
    /// <summary>To be done.</summary>
    Planned,

    /// <summary>Done.</summary>
    Recorded,

    /// <summary>Expected no more.</summary>
    Cancelled,
}

/// <summary>Where a deviation stands.</summary>
public enum DeviationState
{
    /// <summary>To be handled.</summary>
    Open,

    /// <summary>A dispute about it is open in the agreement.</summary>
    Disputed,

    /// <summary>Handled.</summary>
    Resolved,
}

/// <summary>Where a contribution entry stands.</summary>
public enum ContributionState
{
    /// <summary>It counts.</summary>
    Recorded,

    /// <summary>Entered by mistake.</summary>
    Voided,
}

/// <summary>Where a learning note stands.</summary>
public enum LearningNoteState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Published.</summary>
    Published,

    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>How the words above are spelt in contracts, events and refusals.</summary>
public static class Codes
{
    /// <summary>The code of a value: <c>NotSolved</c> is <c>NOT_SOLVED</c>.</summary>
    public static string Code(this Enum value) => value.ToUpperSnake();
}
