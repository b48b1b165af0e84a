using System.Text.Json;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;

namespace Iop.Agreements.Api;

/// <summary>What others are told of an agreement. One event at most for each save, whose number is its sequence.</summary>
internal static class AgreementEvents
{
    public static AgreementTextAgreed TextAgreed(this Agreement agreement, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        TextHash = agreement.TextHash,
    };

    public static AgreementActivated Activated(this Agreement agreement, FollowUpRule rule, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        Case = agreement.CaseName,
        GuidelinePack = agreement.PackName,
        OrganisationNames = agreement.Organisations,
        Version = agreement.Version,
        TextHash = agreement.TextHash,
        StartDate = agreement.Terms.StartDate!.Value,
        EndDate = agreement.Terms.EndDate!.Value,
        FollowUp = agreement.Terms.ToAgreed(rule),
        Partnership = agreement.ToPartnership(),
        Aid = agreement.ToAgreedAid(now),
    };

    /// <summary>What a new version in force is: a longer term, or something else.</summary>
    public static IntegrationEvent Adopted(this Agreement agreement, AmendmentKind kind, FollowUpRule rule, DateTimeOffset now) => kind == AmendmentKind.Extension
        ? new AgreementExtended
        {
            EventId = Guid.CreateVersion7(),
            Municipality = agreement.Municipality,
            Subject = agreement.Name,
            OccurredAt = now,
            Sequence = agreement.Revision + 1,
            ExtensionNumber = agreement.Life.ExtensionCount,
            EndDate = agreement.Terms.EndDate!.Value,
            EvaluationDate = agreement.Terms.FollowUp.EvaluationDate!.Value,
            RenewalTalksDate = agreement.Terms.FollowUp.RenewalTalksDate,
            Version = agreement.Version,
            OrganisationNames = agreement.Organisations,
            FollowUp = agreement.Terms.ToAgreed(rule),
            Partnership = agreement.ToPartnership(),
            Aid = agreement.ToAgreedAid(now),
        }
        : new AgreementAmended
        {
            EventId = Guid.CreateVersion7(),
            Municipality = agreement.Municipality,
            Subject = agreement.Name,
            OccurredAt = now,
            Sequence = agreement.Revision + 1,
            Version = agreement.Version,
            TextHash = agreement.TextHash,
            OrganisationNames = agreement.Organisations,
            StartDate = agreement.Terms.StartDate!.Value,
            EndDate = agreement.Terms.EndDate!.Value,
            FollowUp = agreement.Terms.ToAgreed(rule),
            Partnership = agreement.ToPartnership(),
            Aid = agreement.ToAgreedAid(now),
        };

    public static AgreementEnded Ended(this Agreement agreement, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        Reason = Agreement.Word(agreement.State),
        EndDate = agreement.Life.EndedDate!.Value,
    };

    public static AgreementSuspended Suspended(this Agreement agreement, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        Suspended = agreement.State == AgreementState.Suspended,
    };

    public static SignatureDeclined SignatureDeclined(this Agreement agreement, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        PartyId = agreement.Round!.OutcomePartyId,
        PartyIds = [.. agreement.Terms.Parties.Select(party => party.PartyId)],
    };

    public static SigningExpired SigningExpired(this Agreement agreement, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        ExpireDate = agreement.Round!.ExpireDate,
    };

    public static SignatureReminderDue ReminderDue(this Agreement agreement, IReadOnlyList<SentReminder> due, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = agreement.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        PartyIds = [.. due.Select(reminder => reminder.PartyId).Distinct()],
        ExpireDate = agreement.Round!.ExpireDate,
    };

    public static DisputeOpened Opened(this Dispute dispute, Agreement agreement, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = dispute.Municipality,
        Subject = agreement.Name,
        OccurredAt = now,
        Sequence = agreement.Revision + 1,
        Dispute = dispute.Name,
        Type = JsonNamingPolicy.SnakeCaseUpper.ConvertName(dispute.Type.ToString()),
        Deviation = dispute.Deviation.Length == 0 ? null : dispute.Deviation,
    };

    // law.md 2.2: the last signature gives the aid.
    private static AgreedAid? ToAgreedAid(this Agreement agreement, DateTimeOffset now) => agreement.Aid is { Amount: > 0 } aid
        ? new AgreedAid { Kind = JsonNamingPolicy.SnakeCaseUpper.ConvertName(aid.Basis.ToString()), Amount = aid.Amount, GrantDate = Calendar.DayOf(now) }
        : null;

    // Dates and intervals are the parties' own; how one is reminded, and what is asked, the guideline says that they agreed under.
    private static AgreedFollowUp ToAgreed(this AgreementTerms terms, FollowUpRule rule) => new()
    {
        CheckInEveryMonths = terms.FollowUp.CheckInEveryMonths,
        ReportEveryMonths = terms.FollowUp.ReportEveryMonths,
        ReportingResponsibility = !terms.FollowUp.HasReports ? null : terms.FollowUp.ReportingResponsibility.ToString().ToUpperInvariant(),
        EvaluationDate = terms.FollowUp.EvaluationDate!.Value,
        RenewalTalksDate = terms.FollowUp.RenewalTalksDate,
        CheckInDates = terms.FollowUp.CheckInDates,
        ReportDates = terms.FollowUp.ReportDates,
        ReminderDaysBefore = rule.Reminders?.DaysBefore,
        ReminderDaysAfter = rule.Reminders?.DaysAfter,
        EscalationDaysAfter = rule.Reminders?.EscalationDaysAfter,
        MinimumGroupSize = rule.Reminders?.MinimumGroupSize,
        CheckInTopics = rule.CheckInTopics,
        EvaluationQuestions = rule.EvaluationQuestions,
        KnowledgeGathering = terms.Knowledge.Gathered,
    };
}
