namespace Iop.Contracts.Events.Agreements;

/// <summary>
/// The last signature that was needed has made an agreement active. The subject is the agreement. Says everything that
/// a follow-up plan is made from, so nothing has to be asked back.
/// </summary>
[AwaitedBy("followup", "organisations")]
public sealed record AgreementActivated : IntegrationEvent
{
    /// <summary>Resource name of the case that the agreement came from.</summary>
    public required string Case { get; init; }

    /// <summary>Resource name of the guideline pack that the agreement is pinned to.</summary>
    public required string GuidelinePack { get; init; }

    /// <summary>Resource names of the organisations that are parties, at least one.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }

    /// <summary>Version of the agreement, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Hash of the text that was signed: SHA-256, 64 lower-case hexadecimal digits.</summary>
    public required string TextHash { get; init; }

    /// <summary>First day of the term.</summary>
    public required DateOnly StartDate { get; init; }

    /// <summary>Last day of the term.</summary>
    public required DateOnly EndDate { get; init; }

    /// <summary>How the parties have agreed to follow the partnership up.</summary>
    public required AgreedFollowUp FollowUp { get; init; }

    /// <summary>What the partnership is about.</summary>
    public required AgreedPartnership Partnership { get; init; }

    /// <summary>The de minimis aid that it gives; null when it gives none.</summary>
    public AgreedAid? Aid { get; init; }

    /// <summary>The committees that it belongs to; null when it belongs to none. One that has joined is told of those of its own case.</summary>
    public AgreedCommittees? Committees { get; init; }
}

/// <summary>What an agreement says about follow-up, as far as dates and duties go.</summary>
public sealed record AgreedFollowUp
{
    /// <summary>Months between check-ins; 0 when none are planned.</summary>
    public required int CheckInEveryMonths { get; init; }

    /// <summary>Months between reports; 0 when none are planned.</summary>
    public required int ReportEveryMonths { get; init; }

    /// <summary>
    /// Who writes the reports, as a code: <c>ORGANISATION</c>, <c>MUNICIPALITY</c> or <c>SHARED</c>; null when no
    /// reports are planned.
    /// </summary>
    public string? ReportingResponsibility { get; init; }

    /// <summary>The day by which the evaluation shall be done.</summary>
    public required DateOnly EvaluationDate { get; init; }

    /// <summary>The day by which the parties shall have talked about continuing; null when the agreement names none.</summary>
    public DateOnly? RenewalTalksDate { get; init; }

    /// <summary>Days of check-ins that the agreement names one by one, instead of an interval; null or empty when it names none.</summary>
    public IReadOnlyList<DateOnly>? CheckInDates { get; init; }

    /// <summary>Days by which reports shall come that the agreement names one by one; null or empty when it names none.</summary>
    public IReadOnlyList<DateOnly>? ReportDates { get; init; }

    /// <summary>Days before a due date on which its owner is reminded, from the guideline; null for the follow-up's default.</summary>
    public IReadOnlyList<int>? ReminderDaysBefore { get; init; }

    /// <summary>Days after a due date on which its owner is reminded, from the guideline; null for the follow-up's default.</summary>
    public IReadOnlyList<int>? ReminderDaysAfter { get; init; }

    /// <summary>Days after a due date on which the next in line is told, 0 for never, from the guideline; null for the follow-up's default.</summary>
    public int? EscalationDaysAfter { get; init; }

    /// <summary>Fewest people that an aggregate may tell about, from the guideline; null for the follow-up's default.</summary>
    public int? MinimumGroupSize { get; init; }

    /// <summary>Topics of every check-in in Swedish, as the published guideline words them; null or empty for the follow-up's own.</summary>
    public IReadOnlyList<string>? CheckInTopics { get; init; }

    /// <summary>Questions that the evaluation answers in Swedish, as the published guideline words them; null or empty for none.</summary>
    public IReadOnlyList<string>? EvaluationQuestions { get; init; }

    /// <summary>Whether the agreement has knowledge gathered; null when it was not told.</summary>
    public bool? KnowledgeGathering { get; init; }

    /// <summary>Groups of the partnership that meet so many times a year; null or empty when it has none.</summary>
    public IReadOnlyList<AgreedGroup>? Groups { get; init; }

    /// <summary>
    /// Whether compensation for a service of general economic interest is paid under an entrustment, so that overcompensation is
    /// checked; null when it was not told.
    /// </summary>
    public bool? Entrusted { get; init; }
}

/// <summary>A group of the partnership.</summary>
/// <param name="Kind">Kind of group, as a code: <c>STEERING</c>, <c>REFERENCE</c> or <c>WORKING</c>.</param>
/// <param name="MeetingsPerYear">How often it meets, 1 or more.</param>
public sealed record AgreedGroup(string Kind, int MeetingsPerYear);
