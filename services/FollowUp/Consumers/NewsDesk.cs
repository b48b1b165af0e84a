using System.Text.Json;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.FollowUp.Api;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Consumers;

/// <summary>Takes in what is told of an agreement, from the events alone, and moves its one plan to where it then stands.</summary>
public sealed partial class NewsDesk(
    FollowUpDb db, PlanDesk desk, PlanReminders reminders, Agendas agendas, OvercompensationRules overcompensation,
    OvercompensationDesk overcompensations, TimeProvider time, ILogger<NewsDesk> log)
{
    /// <summary>Takes in an event.</summary>
    public async Task TakeInAsync(IntegrationEvent @event, CancellationToken cancellation)
    {
        MustBelongTogether(@event);

        // The same news under another event id passes the inbox, perhaps at this very moment, and each kind of event has
        // a queue of its own: one at a time for each agreement.
        await db.HoldAsync($"news of {@event.Subject}", cancellation);
        if (!await KeepAsync(@event, cancellation))
        {
            LogKnown();
            return;
        }

        var plan = await db.HeldOf(@event.Municipality, @event.Subject).OrderByDescending(p => p.AgreementVersion).FirstOrDefaultAsync(cancellation);
        var told = await db.News.AsNoTracking().Where(n => n.Agreement == @event.Subject).OrderBy(n => n.Sequence).ToListAsync(cancellation);
        var begun = told.Exists(n => n.Type == nameof(AgreementActivated));
        var facts = new Story(overcompensation).Of(begun || plan is null ? null : await BeforeAsync(plan, cancellation), told);
        if (facts is null)
        {
            LogEarly();
        }
        else if (plan is null)
        {
            await MakeAsync(@event.Municipality, facts, cancellation);
        }
        else if (!Same(plan.Facts, facts) && (plan.Facts?.Version ?? plan.AgreementVersion) <= facts.Version)
        {
            await MoveAsync(plan, facts, cancellation);
        }
        else
        {
            LogKnown();
        }

        if (@event is DisputeOpened dispute)
        {
            await LinkAsync(dispute, cancellation);
        }
    }

    /// <summary>Takes in that a dispute is settled. It has a queue of its own, and may overtake the news that it was opened.</summary>
    public async Task SettleAsync(DisputeResolved @event, CancellationToken cancellation)
    {
        ResourceName.IdIn(@event.Agreement, "agreements", @event.Municipality, "agreement");
        await db.HoldAsync($"news of {@event.Agreement}", cancellation);

        // Held too, so that a party who handles it at this moment and the news see each other.
        await db.HeldOf(@event.Municipality, @event.Agreement).LoadAsync(cancellation);
        var deviation = await DeviationOfAsync(@event.Deviation, @event.Agreement, cancellation);
        if (deviation?.Settle(@event.Subject) == true)
        {
            db.Record(deviation, () => deviation.ToProto(time.Today()));
            await db.SaveChangesAsync(cancellation);
        }
    }

    // Names of another tenant would make rows that none of its people could follow back.
    private static void MustBelongTogether(IntegrationEvent @event)
    {
        ResourceName.IdIn(@event.Subject, "agreements", @event.Municipality, "subject");
        var organisations = @event switch
        {
            AgreementActivated activated => activated.Organisations,
            AgreementAmended amended => amended.Organisations,
            AgreementExtended extended => extended.Organisations,
            PartyLeft left => left.Organisations,
            _ => null,
        };
        foreach (var organisation in organisations ?? [])
        {
            ResourceName.IdIn(organisation, "organisations", @event.Municipality, "organisations");
        }

        if (organisations is { Count: 0 })
        {
            throw new InvalidOperationException("An agreement without an organisation cannot be followed up.");
        }
    }

    private async Task<bool> KeepAsync(IntegrationEvent @event, CancellationToken cancellation)
    {
        var type = @event.GetType().Name;
        if (await db.News.AnyAsync(n => n.Agreement == @event.Subject && n.Sequence == @event.Sequence && n.Type == type, cancellation))
        {
            return false;
        }

        db.Add(new ToldNews
        {
            Municipality = @event.Municipality,
            Agreement = @event.Subject,
            Sequence = @event.Sequence,
            Type = type,
            Payload = JsonSerializer.Serialize(@event, @event.GetType(), Json.Options),
            CreateTime = time.Now(),
        });
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    // A plan from before its story was kept: its own days are what was agreed.
    private async Task<AgreementFacts> BeforeAsync(Plan plan, CancellationToken cancellation)
    {
        var checkIns = await db.CheckIns.Where(c => c.PlanId == plan.Id && c.Kind == CheckInKind.Regular).Select(c => c.DueDate).ToListAsync(cancellation);
        var reports = await db.Reports.Where(r => r.PlanId == plan.Id).Select(r => r.DueDate).ToListAsync(cancellation);
        return plan.Facts ?? new AgreementFacts
        {
            Agreement = plan.Agreement,
            Version = plan.AgreementVersion,
            Organisations = plan.Organisations,
            GuidelinePack = plan.GuidelinePack,
            Terms = new ScheduleTerms(plan.StartDate, plan.EndDate, 0, 0) { CheckInDates = checkIns, ReportDates = reports },
            Reporting = plan.Reporting,
            EvaluationDate = plan.EvaluationDate,
            RenewalTalksDate = plan.RenewalTalksDate,
        };
    }

    private static bool Same(AgreementFacts? one, AgreementFacts other) =>
        JsonSerializer.Serialize(one, Json.Options) == JsonSerializer.Serialize(other, Json.Options);

    private async Task MakeAsync(string municipality, AgreementFacts facts, CancellationToken cancellation)
    {
        var made = WholePlan.From(municipality, facts, agendas.Of);
        if (made.Plan.HasEnded)
        {
            made.Follow(facts, time.Today());
        }

        db.Add(made.Plan);
        await KeepAsync(made, cancellation);
        LogMade(made.CheckIns.Count, made.Reports.Count);
    }

    private async Task MoveAsync(Plan plan, AgreementFacts facts, CancellationToken cancellation)
    {
        var whole = await desk.OpenAsync(plan, cancellation);
        whole.Follow(facts, time.Today());
        foreach (var check in whole.RecountChecks(overcompensation.Recounted, time.Now()))
        {
            overcompensations.Handle(check, plan);
        }

        await KeepAsync(whole, cancellation);
        await desk.CloseWhenDoneAsync(plan, cancellation);
        LogMoved(whole.Changed.Count);
    }

    private async Task KeepAsync(WholePlan whole, CancellationToken cancellation)
    {
        desk.Keep(whole, "", "");
        await db.SaveChangesAsync(cancellation);
        await reminders.PlanAsync(whole.Plan, cancellation);
    }

    private async Task LinkAsync(DisputeOpened dispute, CancellationToken cancellation)
    {
        var deviation = await DeviationOfAsync(dispute.Deviation, dispute.Subject, cancellation);
        if (deviation?.Link(dispute.Dispute) == true)
        {
            db.Record(deviation, () => deviation.ToProto(time.Today()));
        }
    }

    private async Task<Deviation?> DeviationOfAsync(string? name, string agreement, CancellationToken cancellation)
    {
        if (name is null)
        {
            return null;
        }

        var found = await db.Deviations.Where(d => db.Plans.Any(p => p.Id == d.PlanId && p.Agreement == agreement)).ToListAsync(cancellation);
        return found.Find(d => d.Name == name);
    }

    [LoggerMessage(EventName = "followup.plan.made", Level = LogLevel.Information, Message = "A plan was made with {CheckIns} check-ins and {Reports} reports")]
    private partial void LogMade(int checkIns, int reports);

    [LoggerMessage(EventName = "followup.plan.moved", Level = LogLevel.Information, Message = "A plan was moved with its agreement; {Items} of its items are new or changed")]
    private partial void LogMoved(int items);

    [LoggerMessage(EventName = "followup.plan.known", Level = LogLevel.Information, Message = "What was told of the agreement was known, or changes nothing")]
    private partial void LogKnown();

    [LoggerMessage(EventName = "followup.news.early", Level = LogLevel.Information, Message = "Something was told of an agreement before its activation; it is kept until then")]
    private partial void LogEarly();
}
