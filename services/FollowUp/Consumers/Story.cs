using System.Text.Json;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;

namespace Iop.FollowUp.Consumers;

/// <summary>
/// Tells from everything that is known of an agreement how it stands. The events are taken in the order of their
/// sequence and not in that of their coming, so that one that comes late, or twice, changes nothing that is right. Where
/// another municipality leads, the committees have a sequence of their own: what is told of them comes after all else.
/// </summary>
internal sealed class Story(OvercompensationRules overcompensation)
{
    /// <summary>How the agreement stands; null while its activation is not known.</summary>
    /// <param name="before">How it stood where the beginning of its story was not kept; otherwise null.</param>
    /// <param name="told">What was told, in its order.</param>
    public AgreementFacts? Of(AgreementFacts? before, IEnumerable<ToldNews> told)
    {
        var events = told.Select(Read).ToList();
        var stands = events.OrderBy(@event => @event is AgreementCommitteesChanged).Aggregate(before, (facts, @event) => facts is null
            ? @event is AgreementActivated first ? Begin(first) : null
            : After(facts, @event));
        return stands is null ? null : stands with { Talks = [.. TalksIn(events).Where(talks => talks.HeldDate >= stands.Terms.StartDate)] };
    }

    // The last that was told of a number is right. Talks on the day of an extension led to it. Those that a check-in here holds are known.
    private static IEnumerable<AgreedTalks> TalksIn(List<IntegrationEvent> events)
    {
        var extensions = events.OfType<AgreementExtended>().Select(e => (e.ExtensionNumber, Day: DayOf(e))).ToList();
        return events.OfType<RenewalTalksRecorded>().Where(told => told.CheckIn is null || ResourceName.MunicipalityIn(told.CheckIn) != told.Municipality)
            .GroupBy(told => told.Number).Select(told => told.Last()).OrderBy(told => told.Number)
            .Select(told => new AgreedTalks(told.Number, told.HeldDate, told.RecordedBy == "CIVIL_SOCIETY" ? Side.CivilSociety : Side.Public, ExtensionOn(told.HeldDate)));

        int ExtensionOn(DateOnly held) => extensions.Where(extension => extension.Day < held).Select(extension => extension.ExtensionNumber).DefaultIfEmpty(0).Max();
    }

    private AgreementFacts After(AgreementFacts facts, IntegrationEvent @event) => @event switch
    {
        AgreementActivated next when next.Version > facts.Version => Begin(next) with { Extensions = facts.Extensions, Disputes = facts.Disputes },
        AgreementAmended next when next.Version > facts.Version => Agree(
            facts with { Version = next.Version, Organisations = next.Organisations },
            (next.StartDate, next.EndDate),
            next.FollowUp,
            next.Partnership),
        AgreementExtended next when next.ExtensionNumber > facts.Extensions && next.EndDate >= facts.Terms.StartDate => Extend(facts, next),
        PartyLeft next => facts with { Organisations = next.Organisations, Partnership = FactsOf(next.Partnership) },
        AgreementSuspended next => facts with { SuspendedDate = facts.SuspendedDate ?? DayOf(next) },
        AgreementResumed => facts with { SuspendedDate = null },
        AgreementEnded next => facts with
        {
            EndReason = next.Reason,
            SuspendedDate = null,
            Terms = facts.Terms with { EndDate = next.EndDate < facts.Terms.StartDate ? facts.Terms.StartDate : next.EndDate },
        },
        AgreementCommitteesChanged next => facts with { Committees = CommitteesOf(next.Committees) },
        DisputeOpened next => facts with { Disputes = [.. facts.Disputes.Union([next.Dispute])] },
        _ => facts,
    };

    // An extension is a new version too, in which the parties may have changed more than the end.
    private AgreementFacts Extend(AgreementFacts facts, AgreementExtended @event)
    {
        var longer = facts with
        {
            Version = Math.Max(@event.Version, facts.Version),
            Organisations = @event.Organisations,
            Extensions = @event.ExtensionNumber,
        };
        return Agree(longer, (facts.Terms.StartDate, @event.EndDate), @event.FollowUp, @event.Partnership);
    }

    private AgreementFacts Begin(AgreementActivated @event) => Agree(
        new AgreementFacts
        {
            Agreement = @event.Subject,
            Version = @event.Version,
            Organisations = [.. @event.Organisations],
            GuidelinePack = @event.GuidelinePack,
            Terms = new ScheduleTerms(@event.StartDate, @event.EndDate, 0, 0),
            EvaluationDate = @event.FollowUp.EvaluationDate,
            Committees = CommitteesOf(@event.Committees),
        },
        (@event.StartDate, @event.EndDate),
        @event.FollowUp,
        @event.Partnership);

    private AgreementFacts Agree(AgreementFacts facts, (DateOnly Start, DateOnly End) term, AgreedFollowUp agreed, AgreedPartnership partnership)
    {
        var terms = new ScheduleTerms(term.Start, term.End, agreed.CheckInEveryMonths, agreed.ReportEveryMonths)
        {
            CheckInDates = agreed.CheckInDates ?? [],
            ReportDates = agreed.ReportDates ?? [],
            Groups = [.. (agreed.Groups ?? []).Select(MeetingsOf).OfType<GroupMeetings>()],
        };
        var checks = agreed.Entrusted == true ? overcompensation.On(term.Start) : null;
        return facts with
        {
            Terms = terms,
            Reporting = terms.HasReports ? ResponsibilityOf(agreed.ReportingResponsibility) : null,
            EvaluationDate = agreed.EvaluationDate,
            RenewalTalksDate = agreed.RenewalTalksDate,
            Rules = RulesOf(agreed) with { Overcompensation = checks, OvercompensationRuleMissing = agreed.Entrusted == true && checks is null },
            Partnership = FactsOf(partnership),
        };
    }

    // A kind of group from a later contract is not refused: it only has no meetings in the plan.
    private static GroupMeetings? MeetingsOf(AgreedGroup group) => group.Kind switch
    {
        "STEERING" => new GroupMeetings(CheckInKind.SteeringGroup, group.MeetingsPerYear),
        "REFERENCE" => new GroupMeetings(CheckInKind.ReferenceGroup, group.MeetingsPerYear),
        "WORKING" => new GroupMeetings(CheckInKind.WorkingGroup, group.MeetingsPerYear),
        _ => null,
    };

    private static FollowUpRules RulesOf(AgreedFollowUp agreed)
    {
        var usual = new FollowUpRules();
        return new FollowUpRules
        {
            ReminderDaysBefore = agreed.ReminderDaysBefore ?? usual.ReminderDaysBefore,
            ReminderDaysAfter = agreed.ReminderDaysAfter ?? usual.ReminderDaysAfter,
            EscalationDaysAfter = agreed.EscalationDaysAfter ?? usual.EscalationDaysAfter,
            MinimumGroupSize = agreed.MinimumGroupSize is > 1 and var smallest ? smallest : usual.MinimumGroupSize,
            CheckInTopics = agreed.CheckInTopics ?? [],
            EvaluationQuestions = agreed.EvaluationQuestions ?? [],
            KnowledgeGathering = agreed.KnowledgeGathering,
        };
    }

    private static PartnershipFacts FactsOf(AgreedPartnership partnership) => new()
    {
        Domain = partnership.Domain,
        ChallengeCodes = partnership.ChallengeCodes,
        TargetGroupCodes = partnership.TargetGroupCodes,
        Promises =
        [
            .. partnership.Contributions.Select(c =>
                new Promise(c.PartyId, c.Side == "CIVIL_SOCIETY" ? Side.CivilSociety : Side.Public, c.Type, c.Value, c.Hours)),
        ],
    };

    private static MatterCommittees? CommitteesOf(AgreedCommittees? told) =>
        told is null ? null : new MatterCommittees(told.Responsible.Length > 0 ? [told.Responsible, .. told.Concerned] : [], told.Only);

    // A code of a later contract is not refused: either side may then report, and the partnership is followed up.
    private static ReportingResponsibility ResponsibilityOf(string? code) => code switch
    {
        "ORGANISATION" => ReportingResponsibility.Organisation,
        "MUNICIPALITY" => ReportingResponsibility.Municipality,
        _ => ReportingResponsibility.Shared,
    };

    private static DateOnly DayOf(IntegrationEvent @event) => @event.OccurredAt.DayInSweden();

    private static IntegrationEvent Read(ToldNews news) => news.Type switch
    {
        nameof(AgreementActivated) => As<AgreementActivated>(news),
        nameof(AgreementAmended) => As<AgreementAmended>(news),
        nameof(AgreementExtended) => As<AgreementExtended>(news),
        nameof(AgreementSuspended) => As<AgreementSuspended>(news),
        nameof(AgreementResumed) => As<AgreementResumed>(news),
        nameof(AgreementEnded) => As<AgreementEnded>(news),
        nameof(PartyLeft) => As<PartyLeft>(news),
        nameof(AgreementCommitteesChanged) => As<AgreementCommitteesChanged>(news),
        nameof(DisputeOpened) => As<DisputeOpened>(news),
        nameof(RenewalTalksRecorded) => As<RenewalTalksRecorded>(news),
        _ => throw new InvalidOperationException("An event was kept that nothing here consumes."),
    };

    private static IntegrationEvent As<T>(ToldNews news)
        where T : IntegrationEvent =>
        JsonSerializer.Deserialize<T>(news.Payload, Json.Options)!;
}
