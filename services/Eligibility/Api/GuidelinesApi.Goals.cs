using System.Text.RegularExpressions;
using Grpc.Core;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using GoalKind = Iop.Eligibility.Domain.Guidelines.GoalKind;
using LocalizedText = Iop.Eligibility.Domain.LocalizedText;

namespace Iop.Eligibility.Api;

/// <content>The municipality's own goals and priorities.</content>
public sealed partial class GuidelinesApi
{
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.MunicipalGoal> GetMunicipalGoal(GetMunicipalGoalRequest request, ServerCallContext context) =>
        (await LoadGoalAsync(request.Name, context.CancellationToken)).ToProto();

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListMunicipalGoalsResponse> ListMunicipalGoals(ListMunicipalGoalsRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListMunicipalGoals), request.Parent);
        var (items, next) = await page.FetchAsync(db.OwnGoals.AsNoTracking(), goal => goal.Id, context.CancellationToken);
        var response = new ListMunicipalGoalsResponse { MunicipalGoals = { items.Select(goal => goal.ToProto()) }, NextPageToken = next };

        // What the guideline itself lists counts only where the municipality has entered no goals that hold.
        var today = time.Today();
        var holding = await goals.HoldingOnAsync(today, context.CancellationToken);
        var pack = await packs.FindHoldingOnAsync(today, context.CancellationToken);
        if (pack is not null && !holding.Any(row => row.Kind == GoalKind.Goal))
        {
            response.GuidelineGoals.AddRange(pack.Policy.Goals.Where(goal => goal.HoldsOn(today)).Select(goal => goal.ToProto()));
        }

        return response;
    }

    [Access(Roles.GuidelineOwner)]
    public override async Task<V1.MunicipalGoal> CreateMunicipalGoal(CreateMunicipalGoalRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var row = Read(request.MunicipalGoal);

        // Of two entered at once, the second finds the first.
        await db.HoldAsync(nameof(db.OwnGoals), context.CancellationToken);
        var active = await db.OwnGoals.Where(other => other.State == GoalState.Active && other.Code == row.Code).ToListAsync(context.CancellationToken);
        var goal = new OwnGoal(tenant.Required, row, active);
        db.OwnGoals.Add(goal);
        return await SaveAsync(goal, "", context.CancellationToken);
    }

    [Access(Roles.GuidelineOwner)]
    public override async Task<V1.MunicipalGoal> RetireMunicipalGoal(RetireMunicipalGoalRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, 2000, required: true);
        faults.ThrowIfAny();
        var goal = await LoadGoalAsync(request.Name, context.CancellationToken);
        goal.MustMatch(request.Etag);
        goal.Retire(reason);
        return await SaveAsync(goal, reason, context.CancellationToken);
    }

    private static GoalRow Read(V1.MunicipalGoal? message)
    {
        var faults = new Faults();
        faults.Require(message is not null, "municipal_goal", "FIELD_REQUIRED");
        message ??= new V1.MunicipalGoal();
        faults.Require(GoalCode().IsMatch(message.Code), "municipal_goal.code", "GOAL_CODE_INVALID");
        faults.Choice("municipal_goal.kind", message.Kind);
        var from = faults.Date("municipal_goal.valid_from", message.ValidFrom, required: true);
        var to = faults.Date("municipal_goal.valid_until", message.ValidUntil);
        faults.Require(from is null || to is null || from <= to, "municipal_goal.valid_until", "DATE_ORDER", ("after", $"{from:yyyy-MM-dd}"));
        var text = new LocalizedText(
            faults.Text("municipal_goal.text.sv", message.Text?.Sv ?? "", 500, required: true), faults.Text("municipal_goal.text.en", message.Text?.En ?? "", 500));
        var row = new GoalRow(
            message.Code,
            Enums.ToOrNull<V1.MunicipalGoal.Types.Kind, GoalKind>(message.Kind) ?? default,
            text.En.Length > 0 ? text : text with { En = text.Sv },
            faults.Text("municipal_goal.mandate_period", message.MandatePeriod, 60),
            from ?? default,
            to,
            faults.Text("municipal_goal.source", message.Source, 500));
        faults.ThrowIfAny();
        return row;
    }

    private async Task<OwnGoal> LoadGoalAsync(string name, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(name, "municipalGoals", tenant.Required);
        return await db.OwnGoals.FirstOrDefaultAsync(goal => goal.Id == id, cancellation) ?? throw Refusal.NotFound("MUNICIPAL_GOAL_NOT_FOUND", name);
    }

    private async Task<V1.MunicipalGoal> SaveAsync(OwnGoal goal, string reason, CancellationToken cancellation)
    {
        db.Record(goal, goal.ToProto, reason, ResourceName.OfMunicipality(tenant.Required));
        await db.SaveChangesAsync(cancellation);
        return goal.ToProto();
    }

    [GeneratedRegex("^[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö.-]{0,39}\\z", RegexOptions.None, 1000)]
    private static partial Regex GoalCode();
}
