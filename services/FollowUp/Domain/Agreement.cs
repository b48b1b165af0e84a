using Iop.Sight;

namespace Iop.FollowUp.Domain;

/// <summary>What a plan follows: the agreement as it stands, with everything that has happened to it so far.</summary>
public sealed record AgreementFacts
{
    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>Number of extensions taken in.</summary>
    public int Extensions { get; init; }

    /// <summary>Resource names of the organisations that are parties.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }

    /// <summary>Resource name of the guideline pack.</summary>
    public required string GuidelinePack { get; init; }

    /// <summary>Term and intervals.</summary>
    public required ScheduleTerms Terms { get; init; }

    /// <summary>Who writes the reports; null where none are planned.</summary>
    public ReportingResponsibility? Reporting { get; init; }

    /// <summary>The day by which the evaluation shall be done.</summary>
    public required DateOnly EvaluationDate { get; init; }

    /// <summary>The day by which the parties shall have talked about continuing.</summary>
    public DateOnly? RenewalTalksDate { get; init; }

    /// <summary>What the guideline says of the follow-up.</summary>
    public FollowUpRules Rules { get; init; } = new();

    /// <summary>What the partnership is about.</summary>
    public PartnershipFacts Partnership { get; init; } = new();

    /// <summary>The day from which it is paused; null when it is in force.</summary>
    public DateOnly? SuspendedDate { get; init; }

    /// <summary>How it ended, as a code; empty while it has not.</summary>
    public string EndReason { get; init; } = "";

    /// <summary>The committees that it belongs to; null where none were told.</summary>
    public MatterCommittees? Committees { get; init; }

    /// <summary>The talks about continuing that stand in it, by number, but for those that this follow-up has told it of.</summary>
    public IReadOnlyList<AgreedTalks> Talks { get; init; } = [];

    /// <summary>Resource names of the disputes opened about it.</summary>
    public IReadOnlyList<string> Disputes { get; init; } = [];
}

/// <summary>Talks about continuing that stand in an agreement.</summary>
/// <param name="Number">Their number there, from 1.</param>
/// <param name="HeldDate">The day on which the parties talked.</param>
/// <param name="RecordedBy">The side that recorded them.</param>
/// <param name="Extension">Number of the extension in whose time they were held; 0 before the first.</param>
public sealed record AgreedTalks(int Number, DateOnly HeldDate, Side RecordedBy, int Extension);

/// <summary>What a guideline says of the follow-up, beside dates. What it does not say is as here.</summary>
public sealed record FollowUpRules
{
    /// <summary>Days before a due date on which its owner is reminded.</summary>
    public IReadOnlyList<int> ReminderDaysBefore { get; init; } = [30, 7];

    /// <summary>Days after a due date on which its owner is reminded.</summary>
    public IReadOnlyList<int> ReminderDaysAfter { get; init; } = [7];

    /// <summary>Days after a due date on which the next in line is told; 0 for never.</summary>
    public int EscalationDaysAfter { get; init; } = 21;

    /// <summary>Fewest people that an aggregate may tell about.</summary>
    public int MinimumGroupSize { get; init; } = 5;

    /// <summary>Topics of every regular check-in; empty for the platform's own.</summary>
    public IReadOnlyList<string> CheckInTopics { get; init; } = [];

    /// <summary>Questions that the evaluation answers.</summary>
    public IReadOnlyList<string> EvaluationQuestions { get; init; } = [];

    /// <summary>Whether the agreement has knowledge gathered; null when it was not told. Rule: he-section-knowledge.</summary>
    public bool? KnowledgeGathering { get; init; }

    /// <summary>How overcompensation is checked; null where nothing is compensated under an entrustment (law.md 2.2), or no rule is known.</summary>
    public OvercompensationTerms? Overcompensation { get; init; }

    /// <summary>Compensated under an entrustment, and no rule is known by which it is to be checked: people have to say.</summary>
    public bool OvercompensationRuleMissing { get; init; }
}

/// <summary>How overcompensation is checked.</summary>
/// <param name="EveryMonths">Months that a check covers.</param>
/// <param name="MonthsToCheck">Months from the end of a period until it shall be checked.</param>
public sealed record OvercompensationTerms(int EveryMonths, int MonthsToCheck);

/// <summary>What a partnership is about, in codes and numbers.</summary>
public sealed record PartnershipFacts
{
    /// <summary>Code of the domain; empty when there is none.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Codes of the challenges.</summary>
    public IReadOnlyList<string> ChallengeCodes { get; init; } = [];

    /// <summary>Codes of those whom it is for.</summary>
    public IReadOnlyList<string> TargetGroupCodes { get; init; } = [];

    /// <summary>What the parties have promised over the whole term.</summary>
    public IReadOnlyList<Promise> Promises { get; init; } = [];
}

/// <summary>What one party has promised over the whole term.</summary>
/// <param name="PartyId">Key of the party within the agreement.</param>
/// <param name="Side">The side that it stands on.</param>
/// <param name="Type">The type as a code, for example <c>VOLUNTEER_HOURS</c>.</param>
/// <param name="Value">Value in SEK.</param>
/// <param name="Hours">Hours; 0 where they are not counted.</param>
public sealed record Promise(string PartyId, Side Side, string Type, decimal Value, long Hours);

/// <summary>A schedule that the parties have set beside the agreement's own.</summary>
/// <param name="CheckInEveryMonths">Months between check-ins.</param>
/// <param name="ReportEveryMonths">Months between reports.</param>
/// <param name="CheckInDates">Days of check-ins instead of an interval.</param>
/// <param name="ReportDates">Days of reports instead of an interval.</param>
public sealed record ChosenSchedule(
    int CheckInEveryMonths, int ReportEveryMonths, IReadOnlyList<DateOnly> CheckInDates, IReadOnlyList<DateOnly> ReportDates);
