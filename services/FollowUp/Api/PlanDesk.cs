using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Api;

/// <summary>Who may see a plan and who takes part in it, and what follows for the plan when one of its items is done.</summary>
public sealed class PlanDesk(FollowUpDb db, TenantScope tenant, CurrentCall call)
{
    private static readonly string[] SeeEveryPlan =
        [Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Integration, Roles.Auditor];

    private Caller Caller => call.RequiredCaller;

    // A representative who also keeps the installation running still sees the plans of the organisations only.
    private bool SeesAll => Caller.Roles.Any(SeeEveryPlan.Contains);

    /// <summary>The plans that the caller may see.</summary>
    public IQueryable<Plan> Visible()
    {
        if (SeesAll)
        {
            return db.Plans;
        }

        var represented = Caller.Organisations.ToArray();
        return db.Plans.Where(plan => plan.Organisations.Any(organisation => represented.Contains(organisation)));
    }

    /// <summary>Lets through who may see the plan.</summary>
    /// <exception cref="Refusal"><c>PARTY_NOT_ALLOWED</c>.</exception>
    public void MustSee(Plan plan)
    {
        if (!SeesAll && !Caller.Represents(plan.Organisations))
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }
    }

    /// <summary>Checks that a plan exists and that the caller may see it.</summary>
    /// <exception cref="Refusal"><c>PLAN_NOT_FOUND</c> or <c>PARTY_NOT_ALLOWED</c>.</exception>
    public async Task<Guid> MustSeeAsync(string name, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(name, Plan.Collection, tenant.Required, "parent");
        MustSee(await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellation) ?? throw Refusal.NotFound("PLAN_NOT_FOUND", name));
        return id;
    }

    /// <summary>Takes a plan in hand for a change: no other change of it goes on until this one has ended.</summary>
    /// <param name="id">The plan.</param>
    /// <param name="notFound">The reason when it does not exist, or its item therefore cannot.</param>
    /// <param name="name">The name asked for.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="Refusal">It does not exist, or the caller does not take part in it.</exception>
    public async Task<Participation> TakeAsync(Guid id, string notFound, string name, CancellationToken cancellation)
    {
        var plan = await db.Held(tenant.Required, id).FirstOrDefaultAsync(cancellation) ?? throw Refusal.NotFound(notFound, name);
        if (Caller.Is(Roles.CaseOfficer))
        {
            // Whoever holds both roles acts for the municipality, and so cannot answer for the other side.
            return new Participation(plan, Side.Public, "");
        }

        var organisation = plan.Organisations.FirstOrDefault(o => Caller.Represents(o)) ?? throw Refusal.Denied("PARTY_NOT_ALLOWED");
        return new Participation(plan, Side.CivilSociety, organisation);
    }

    /// <summary>Closes the plan when what has just been saved leaves nothing expected in it.</summary>
    public async Task CloseWhenDoneAsync(Plan plan, CancellationToken cancellation)
    {
        var nothingExpected = plan.State == PlanState.Active && await db.Plans.AnyAsync(
            p => p.Id == plan.Id
                && !db.CheckIns.Any(c => c.PlanId == p.Id && c.State == CheckInState.Planned)
                && !db.Reports.Any(r => r.PlanId == p.Id && r.State != ReportState.Reviewed && r.State != ReportState.Closed)
                && !db.Evaluations.Any(e => e.PlanId == p.Id && e.State == EvaluationState.Planned),
            cancellation);
        if (nothingExpected)
        {
            plan.Close();
            await RecordAsync(plan, "", cancellation);
            await db.SaveChangesAsync(cancellation);
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
