using System.Globalization;
using Grpc.Core;
using Iop.FollowUp.Consumers;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Api;

/// <summary>The service: plans and what is due here; what belongs to a plan, and what is learned, in files of their own.</summary>
public sealed partial class FollowUpApi(
    FollowUpDb db, PlanDesk desk, PartsDesk parts, PlanReminders reminders, PersonalData personalData, OvercompensationRules overcompensation,
    OvercompensationDesk overcompensations, TenantScope tenant, TimeProvider time)
    : FollowUpService.FollowUpServiceBase
{
    private static readonly Dictionary<string, string[]> PlanFilter = new() { ["agreement"] = ["="], ["state"] = ["="] };

    private static readonly Dictionary<string, string[]> DueFilter =
        new() { ["responsible_role"] = ["="], ["role"] = ["="], ["responsible_person"] = ["="], ["plan"] = ["="], ["due_date"] = ["<"] };

    private DateOnly Today => time.Today();

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Plan> GetPlan(GetPlanRequest request, ServerCallContext context)
    {
        var id = ResourceName.IdIn(request.Name, Domain.Plan.Collection, tenant.Required);
        var overview = await db.Overviews(db.Plans.AsNoTracking().Where(p => p.Id == id)).FirstOrDefaultAsync(context.CancellationToken)
            ?? throw desk.Absent("PLAN_NOT_FOUND", request.Name);
        desk.MustSee(overview.Plan);
        return overview.ToProto();
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListPlansResponse> ListPlans(ListPlansRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, context.Method, request.Parent, request.Filter);
        var plans = desk.Visible().AsNoTracking();
        foreach (var comparison in Filter.Parse(request.Filter, PlanFilter))
        {
            plans = comparison.Field == "agreement" ? OfAgreement(plans, comparison.Value) : InState(plans, comparison.Value);
        }

        var (items, next) = await page.FetchAsync(db.Overviews(plans), overview => overview.Plan.Id, context.CancellationToken);
        return new ListPlansResponse { Plans = { items.Select(overview => overview.ToProto()) }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListDueItemsResponse> ListDueItems(ListDueItemsRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, context.Method, request.Parent, request.Filter);
        var rows = db.Expected.Where(item => desk.Visible().Any(plan => plan.Id == item.PlanId));
        foreach (var comparison in Filter.Parse(request.Filter, DueFilter))
        {
            rows = comparison.Field switch
            {
                "responsible_role" => OfRole(rows, comparison.Value),
                "role" => ForRole(rows, comparison.Value),
                "responsible_person" => rows.Where(row => row.ResponsiblePerson == comparison.Value),
                "plan" => OfPlan(rows, comparison.Value),
                _ => Before(rows, comparison.Value),
            };
        }

        var (items, next) = await page.FetchAsync(rows, row => row.DueKey, context.CancellationToken);
        return new ListDueItemsResponse { DueItems = { items.Select(row => row.ToProto(Today)) }, NextPageToken = next };
    }

    private IQueryable<Domain.Plan> OfAgreement(IQueryable<Domain.Plan> plans, string agreement)
    {
        ResourceName.IdIn(agreement, "agreements", tenant.Required, "filter");
        return plans.Where(plan => plan.Agreement == agreement);
    }

    private static IQueryable<Domain.Plan> InState(IQueryable<Domain.Plan> plans, string code)
    {
        var state = code switch
        {
            "ACTIVE" => PlanState.Active,
            "SUSPENDED" => PlanState.Suspended,
            "ENDING" => PlanState.Ending,
            "CLOSED" => PlanState.Closed,
            _ => throw Unreadable("state"),
        };
        return plans.Where(plan => plan.State == state);
    }

    private static IQueryable<ExpectedItem> OfRole(IQueryable<ExpectedItem> rows, string role)
    {
        var byOrganisation = role switch
        {
            Roles.OrganisationRepresentative => true,
            Roles.CaseOfficer => false,
            _ => throw Unreadable("responsible_role"),
        };
        return rows.Where(row => row.ByOrganisation == byOrganisation);
    }

    // What a role has to do, alone or with the other side, and what has been told to it because its day passed long ago.
    private IQueryable<ExpectedItem> ForRole(IQueryable<ExpectedItem> rows, string role)
    {
        var today = Today;
        return role switch
        {
            Roles.CaseOfficer => rows.Where(row => !row.ByOrganisation || row.EscalationDate <= (row.SuspendedDate < today ? row.SuspendedDate : today)),
            Roles.OrganisationRepresentative => rows.Where(row => row.ByOrganisation || row.ByBoth),
            Roles.DecisionMaker => rows.Where(row => !row.ByOrganisation && row.EscalationDate <= (row.SuspendedDate < today ? row.SuspendedDate : today)),
            _ when Roles.All.Contains(role) => rows.Where(_ => false),
            _ => throw Unreadable("role"),
        };
    }

    private IQueryable<ExpectedItem> OfPlan(IQueryable<ExpectedItem> rows, string plan)
    {
        var id = ResourceName.IdIn(plan, Domain.Plan.Collection, tenant.Required, "filter");
        return rows.Where(row => row.PlanId == id);
    }

    private static IQueryable<ExpectedItem> Before(IQueryable<ExpectedItem> rows, string date) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? rows.Where(row => row.DueDate < day)
            : throw Unreadable("due_date");

    private static Refusal Unreadable(string field) => Refusal.Input("INVALID_FILTER", "filter", ("at", field));
}
