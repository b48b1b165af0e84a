using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;
using Iop.Sight;

namespace Iop.Agreements.Api;

/// <summary>What others are told of an agreement. One event of a kind at most for each save; the saving puts the header on.</summary>
internal static class AgreementEvents
{
    public static AgreementTextAgreed TextAgreed(this Agreement agreement) => new()
    {
        TextHash = agreement.TextHash,
    };

    public static AgreementActivated Activated(this Agreement agreement, FollowUpRule rule, DateOnly signed) => new()
    {
        Case = agreement.CaseName,
        GuidelinePack = agreement.PackName,
        Organisations = agreement.Organisations,
        Version = agreement.Version,
        TextHash = agreement.TextHash,
        StartDate = agreement.Terms.StartDate!.Value,
        EndDate = agreement.Terms.EndDate!.Value,
        FollowUp = (agreement.Origin.IsImported ? agreement.Terms.FromDay(signed) : agreement.Terms).ToAgreed(rule, agreement.Origin),
        Partnership = agreement.ToPartnership(),
        Aid = agreement.ToAgreedAid(signed),
        Committees = agreement.ToAgreedCommittees(),
    };

    public static AgreementCommitteesChanged CommitteesChanged(this IMatterOfCommittees matter) => new()
    {
        Committees = new AgreedCommittees { Responsible = matter.Belonging().Responsible, Concerned = [.. matter.Belonging().Concerned], Only = matter.CommitteesOnly },
    };

    /// <summary>What a new version in force is: a longer term, or something else.</summary>
    public static IntegrationEvent Adopted(this Agreement agreement, AmendmentKind kind, FollowUpRule rule, DateOnly signed) => kind == AmendmentKind.Extension
        ? new AgreementExtended
        {
            ExtensionNumber = agreement.Life.ExtensionCount,
            EndDate = agreement.Terms.EndDate!.Value,
            EvaluationDate = agreement.Terms.FollowUp.EvaluationDate!.Value,
            RenewalTalksDate = agreement.Terms.FollowUp.RenewalTalksDate,
            Version = agreement.Version,
            Organisations = agreement.Organisations,
            FollowUp = agreement.Terms.ToAgreed(rule, agreement.Origin),
            Partnership = agreement.ToPartnership(),
            Aid = agreement.ToAgreedAid(signed),
        }
        : new AgreementAmended
        {
            Version = agreement.Version,
            TextHash = agreement.TextHash,
            Organisations = agreement.Organisations,
            StartDate = agreement.Terms.StartDate!.Value,
            EndDate = agreement.Terms.EndDate!.Value,
            FollowUp = agreement.Terms.ToAgreed(rule, agreement.Origin),
            Partnership = agreement.ToPartnership(),
            Aid = agreement.ToAgreedAid(signed),
        };

    public static AgreementEnded Ended(this Agreement agreement) => new()
    {
        Reason = Agreement.Word(agreement.State),
        EndDate = agreement.Life.EndedDate!.Value,
    };

    public static PartyLeft Left(this Agreement agreement, Party party) => new()
    {
        PartyId = party.PartyId,
        LeavingMunicipality = party.Municipality,
        LastDate = agreement.Life.Endings.Last(ending => ending.PartyId == party.PartyId && ending.EffectTime is not null).LastDay,
        Organisations = [.. agreement.RemainingParties.Where(other => other.Side == PartySide.CivilSociety).Select(other => other.Organisation)],
        Partnership = agreement.ToPartnership(),
    };

    /// <summary>That the parties have paused it, or taken it up again.</summary>
    public static IntegrationEvent PausedOrResumed(this Agreement agreement) =>
        agreement.State == AgreementState.Suspended ? new AgreementSuspended() : new AgreementResumed();

    public static RenewalTalksRecorded TalksRecorded(this Agreement agreement, int number)
    {
        var talks = agreement.Life.Talks[number - 1];
        return new RenewalTalksRecorded
        {
            Number = number,
            HeldDate = talks.HeldDate,
            RecordedBy = agreement.Terms.PartyWith(talks.PartyId)?.Side == PartySide.CivilSociety ? PartySide.CivilSociety.ToUpperSnake() : PartySide.Public.ToUpperSnake(),
            CheckIn = talks.CheckIn.Length == 0 ? null : talks.CheckIn,
        };
    }

    public static SignatureDeclined SignatureDeclined(this Agreement agreement) => new()
    {
        PartyId = agreement.Round!.OutcomePartyId,
        PartyIds = [.. agreement.Terms.Parties.Select(party => party.PartyId)],
    };

    public static SigningExpired SigningExpired(this Agreement agreement) => new()
    {
        ExpireDate = agreement.Round!.ExpireDate,
    };

    public static SignatureReminderDue ReminderDue(this Agreement agreement, IReadOnlyList<SentReminder> due) => new()
    {
        PartyIds = [.. due.Select(reminder => reminder.PartyId).Distinct()],
        ExpireDate = agreement.Round!.ExpireDate,
    };

    public static DisputeOpened Opened(this Dispute dispute) => new()
    {
        Dispute = dispute.Name,
        Type = dispute.Type.ToUpperSnake(),
        Deviation = dispute.Deviation.Length == 0 ? null : dispute.Deviation,
    };

    // law.md 2.2: the last signature gives the aid.
    private static AgreedAid? ToAgreedAid(this Agreement agreement, DateOnly signed) => agreement.Aid is { Amount: > 0 } aid
        ? new AgreedAid { Kind = aid.Basis.ToUpperSnake(), Amount = aid.Amount, GrantDate = signed }
        : null;

    /// <summary>The committees as a plan learns them; null where there are none.</summary>
    public static AgreedCommittees? ToAgreedCommittees(this IMatterOfCommittees matter) =>
        matter is { Committees.Count: 0, CommitteesOnly: false } ? null : matter.CommitteesChanged().Committees;

    // Dates and intervals are the parties' own; how one is reminded, and what is asked, the guideline says that they agreed under.
    private static AgreedFollowUp ToAgreed(this AgreementTerms terms, FollowUpRule rule, Origin origin) => new()
    {
        CheckInEveryMonths = terms.FollowUp.CheckInEveryMonths,
        ReportEveryMonths = terms.FollowUp.ReportEveryMonths,
        ReportingResponsibility = !terms.FollowUp.HasReports ? null : terms.FollowUp.ReportingResponsibility.ToUpperSnake(),
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
        Groups = [.. terms.Collaboration.Groups.Where(group => group.MeetingsPerYear > 0).Select(group => new AgreedGroup(group.Kind.ToString().ToUpperInvariant(), group.MeetingsPerYear))],

        // law.md 2.2: found by the case, or entrusted by the text alone, as in an agreement from before the platform.
        Entrusted = origin.Entrustment || terms.Entrustment.Service.Length > 0,
    };
}
