using Iop.FollowUp.Consumers;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Api;

/// <summary>Who may see a plan and who takes part in it, and what follows for the plan when one of its items is done.</summary>
public sealed class PlanDesk(FollowUpDb db, TenantScope tenant, CurrentCall call, PlanReminders reminders, Agendas agendas, TimeProvider time)
{
    private static readonly string[] SeeEveryPlan =
        [Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Integration, Roles.Auditor];

    private Caller Caller => call.RequiredCaller;

    // A representative who also keeps the installation running still sees the plans of the organisations only.
    private bool SeesAll => Caller.Roles.Any(SeeEveryPlan.Contains);

    /// <summary>The committees whose plans the caller sees beside those that are kept to none; null when nothing is kept from the caller.</summary>
    public string[]? Sight => CommitteeSight.SeesAll(Caller) ? null : [.. Caller.Committees];

    /// <summary>The plans that the caller may see. What is kept to committees is seen by callers of theirs alone (law.md 2.3).</summary>
    public IQueryable<Plan> Visible()
    {
        if (SeesAll)
        {
            return db.Plans.SeenBy(Caller);
        }

        var represented = Caller.Organisations.ToArray();
        return db.Plans.SeenBy(Caller).Where(plan => plan.Organisations.Any(organisation => represented.Contains(organisation)));
    }

    /// <summary>Lets through who may see the plan.</summary>
    /// <exception cref="Refusal"><c>COMMITTEE_NOT_ALLOWED</c> or <c>PARTY_NOT_ALLOWED</c>.</exception>
    public void MustSee(Plan plan)
    {
        plan.Belonging().MustBeSeenBy(Caller);
        if (!SeesAll && !Caller.Represents(plan.Organisations))
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }
    }

    /// <summary>The plan of a name, when the caller may see it.</summary>
    /// <exception cref="Refusal"><c>PLAN_NOT_FOUND</c>, <c>COMMITTEE_NOT_ALLOWED</c> or <c>PARTY_NOT_ALLOWED</c>.</exception>
    public async Task<Plan> MustSeeAsync(string name, string field, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(name, Plan.Collection, tenant.Required, field);
        var plan = await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellation) ?? throw Absent("PLAN_NOT_FOUND", name);
        MustSee(plan);
        return plan;
    }

    /// <summary>What is said of a plan that does not exist: one who could not see it is not told that either, as of an agreement.</summary>
    public Refusal Absent(string notFound, string name) => SeesAll ? Refusal.NotFound(notFound, name) : Refusal.Denied("PARTY_NOT_ALLOWED");

    /// <summary>What is said of something that a plan does not have, where there is such a plan at all.</summary>
    public async Task<Refusal> AbsentAsync(Guid planId, string notFound, string name, CancellationToken cancellation) =>
        await Visible().AnyAsync(plan => plan.Id == planId, cancellation) ? Refusal.NotFound(notFound, name) : Absent(notFound, name);

    /// <summary>The side that the caller reads for; null for one who only looks into the partnership.</summary>
    public Side? SideOf(Plan plan)
    {
        if (call.Caller is not { } caller || caller.Is(Roles.CaseOfficer))
        {
            return call.Caller is null ? null : Side.Public;
        }

        return caller.Represents(plan.Organisations) ? Side.CivilSociety : null;
    }

    /// <summary>Takes a plan in hand for a change: no other change of it goes on until this one has ended.</summary>
    /// <param name="id">The plan.</param>
    /// <param name="notFound">The reason when it does not exist, or its item therefore cannot.</param>
    /// <param name="name">The name asked for.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="Refusal">It does not exist, or the caller does not take part in it.</exception>
    public async Task<Participation> TakeAsync(Guid id, string notFound, string name, CancellationToken cancellation)
    {
        var plan = await db.Held(tenant.Required, id).FirstOrDefaultAsync(cancellation) ?? throw Absent(notFound, name);
        plan.Belonging().MustBeSeenBy(Caller);
        if (Caller.Is(Roles.CaseOfficer))
        {
            // Whoever holds both roles acts for the municipality, and so cannot answer for the other side.
            return new Participation(plan, Side.Public, "");
        }

        var organisation = plan.Organisations.FirstOrDefault(o => Caller.Represents(o)) ?? throw Refusal.Denied("PARTY_NOT_ALLOWED");
        return new Participation(plan, Side.CivilSociety, organisation);
    }

    /// <summary>A plan in hand with everything that it expects.</summary>
    public async Task<WholePlan> OpenAsync(Plan plan, CancellationToken cancellation) => new(
        plan,
        await db.CheckIns.Where(c => c.PlanId == plan.Id).ToListAsync(cancellation),
        await db.Reports.Where(r => r.PlanId == plan.Id).ToListAsync(cancellation),
        await db.Evaluations.SingleAsync(e => e.PlanId == plan.Id, cancellation),
        agendas.Of)
    {
        Checks = await db.OvercompensationChecks.Where(c => c.PlanId == plan.Id).ToListAsync(cancellation),
        Deviations = await db.Deviations.Where(d => d.PlanId == plan.Id && d.State != DeviationState.Resolved).ToListAsync(cancellation),
    };

    /// <summary>Records what has been made or moved of a plan, to be saved.</summary>
    public void Keep(WholePlan whole, string reason, string onBehalfOf)
    {
        var day = whole.Plan.DayOn(time.Today());
        var overview = new PlanOverview
        {
            Plan = whole.Plan,
            CheckIns = whole.CheckIns.Count,
            HeldCheckIns = whole.CheckIns.Count(c => c.State == CheckInState.Held),
            Reports = whole.Reports.Count,
        };
        db.Record(whole.Plan, () => overview.ToProto(), reason, onBehalfOf);
        foreach (var item in whole.Changed)
        {
            if (db.Entry(item).State == EntityState.Detached)
            {
                db.Add(item);
            }

            db.Record(item, () => item.Snapshot(day), reason, onBehalfOf);
        }
    }

    /// <summary>Closes the plan of an agreement that has ended, when what has just been saved leaves nothing expected in it.</summary>
    public async Task CloseWhenDoneAsync(Plan plan, CancellationToken cancellation)
    {
        // A partnership in force is followed up, however much of the plan is done: a deviation can be seen any day.
        var nothingExpected = plan is { HasEnded: true, State: not PlanState.Closed }
            && !await db.Expected.AnyAsync(e => e.PlanId == plan.Id && e.Kind != "ACTION", cancellation);
        if (nothingExpected)
        {
            plan.Close();
            await RecordAsync(plan, "", cancellation);
            await db.SaveChangesAsync(cancellation);
            await reminders.PlanAsync(plan, cancellation);
        }
    }

    /// <summary>Records a change of the plan itself, with the numbers as they then are.</summary>
    public async Task RecordAsync(Plan plan, string onBehalfOf, CancellationToken cancellation)
    {
        var overview = await db.Overviews(db.Plans.Where(p => p.Id == plan.Id)).SingleAsync(cancellation);
        db.Record(plan, () => overview.ToProto(), onBehalfOf: onBehalfOf);
    }
}

/// <summary>A plan in hand for a change, and who changes it.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Side">The side that the caller stands on.</param>
/// <param name="Organisation">The organisation acted for; empty for the municipality.</param>
public sealed record Participation(Plan Plan, Side Side, string Organisation);
