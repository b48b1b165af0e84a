using Iop.Contracts.Events.Agreements;
using Iop.FollowUp.Api;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Messaging;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Consumers;

/// <summary>Makes the plan when an agreement becomes active, from the event alone. Rule: es-step-5-iop-is-a-process.</summary>
public sealed partial class AgreementActivatedConsumer(
    ConsumerTools tools, FollowUpDb db, PlanDesk desk, Agendas agendas, TimeProvider time, ILogger<AgreementActivatedConsumer> log)
    : EventConsumer<AgreementActivated>(tools)
{
    /// <inheritdoc/>
    protected override async Task HandleAsync(AgreementActivated @event, CancellationToken cancellation)
    {
        MustBelongTogether(@event);

        // The same news under another event id passes the inbox, perhaps at this very moment. One at a time for each
        // agreement; the unique index would stop the second anyway, but as a fault and not as what it is.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({@event.Subject}, 0))", cancellation);
        var earlier = await db.HeldOf(@event.Municipality, @event.Subject).ToListAsync(cancellation);
        if (earlier.Exists(plan => plan.AgreementVersion >= @event.Version))
        {
            LogKnown();
            return;
        }

        foreach (var plan in earlier.Where(plan => plan.State == PlanState.Active))
        {
            await ReplaceAsync(plan, cancellation);
        }

        var made = NewPlan.From(@event.Municipality, FactsOf(@event), agendas.Of);
        Keep(made);
        LogMade(made.CheckIns.Count, made.Reports.Count);
    }

    // Names of another tenant would make rows that none of its people could follow back.
    private static void MustBelongTogether(AgreementActivated @event)
    {
        ResourceName.IdIn(@event.Subject, "agreements", @event.Municipality, "subject");
        foreach (var organisation in @event.OrganisationNames)
        {
            ResourceName.IdIn(organisation, "organisations", @event.Municipality, "organisation_names");
        }

        if (@event.OrganisationNames.Count == 0)
        {
            throw new InvalidOperationException("An agreement without an organisation cannot be followed up.");
        }
    }

    private static AgreementFacts FactsOf(AgreementActivated @event) => new()
    {
        Agreement = @event.Subject,
        Version = @event.Version,
        Organisations = [.. @event.OrganisationNames],
        GuidelinePack = @event.GuidelinePack,
        Terms = new ScheduleTerms(@event.StartDate, @event.EndDate, @event.FollowUp.CheckInEveryMonths, @event.FollowUp.ReportEveryMonths),
        Reporting = @event.FollowUp.ReportEveryMonths == 0 ? null : ResponsibilityOf(@event.FollowUp.ReportingResponsibility),
        EvaluationDate = @event.FollowUp.EvaluationDate,
        RenewalTalksDate = @event.FollowUp.RenewalTalksDate,
    };

    // A code of a later contract is not refused: either side may then report, and the partnership is followed up.
    private static ReportingResponsibility ResponsibilityOf(string? code) => code switch
    {
        "ORGANISATION" => ReportingResponsibility.Organisation,
        "MUNICIPALITY" => ReportingResponsibility.Municipality,
        _ => ReportingResponsibility.Shared,
    };

    private void Keep(NewPlan made)
    {
        var today = time.Today();
        var overview = new PlanOverview { Plan = made.Plan, CheckIns = made.CheckIns.Count, Reports = made.Reports.Count };
        db.Add(made.Plan);
        db.Record(made.Plan, () => overview.ToProto());
        foreach (var checkIn in made.CheckIns)
        {
            db.Add(checkIn);
            db.Record(checkIn, () => checkIn.ToProto(today));
        }

        foreach (var report in made.Reports)
        {
            db.Add(report);
            db.Record(report, () => report.ToProto(today));
        }

        db.Add(made.Evaluation);
        db.Record(made.Evaluation, () => made.Evaluation.ToProto(today));
    }

    // A new version has a plan of its own. What was done under the old one stays; what was not is expected no more.
    private async Task ReplaceAsync(Plan plan, CancellationToken cancellation)
    {
        plan.Close();
        await desk.RecordAsync(plan, "", cancellation);
        var waiting = await db.Reports
            .Where(r => r.PlanId == plan.Id && (r.State == ReportState.Planned || r.State == ReportState.Returned))
            .ToListAsync(cancellation);
        foreach (var report in waiting)
        {
            report.Close();
            db.Record(report, () => report.ToProto(time.Today()));
        }
    }

    [LoggerMessage(EventName = "followup.plan.made", Level = LogLevel.Information, Message = "A plan was made with {CheckIns} check-ins and {Reports} reports")]
    private partial void LogMade(int checkIns, int reports);

    [LoggerMessage(EventName = "followup.plan.known", Level = LogLevel.Information, Message = "The agreement had a plan of this version or a later one")]
    private partial void LogKnown();
}
