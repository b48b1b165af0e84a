using Grpc.Core;
using Iop.Eligibility.Domain.Law;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using ProcurementLaw = Iop.Eligibility.Domain.Law.ProcurementLaw;
using Threshold = Iop.Eligibility.Domain.Law.Threshold;
using ThresholdKind = Iop.Eligibility.Domain.Law.ThresholdKind;

namespace Iop.Eligibility.Api;

/// <content>The thresholds of procurement law.</content>
public sealed partial class GuidelinesApi
{
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Threshold> GetThreshold(GetThresholdRequest request, ServerCallContext context) =>
        Thresholds.Shipped.FirstOrDefault(row => Threshold.NameOf(tenant.Required, row.Id) == request.Name) is { } shipped
            ? shipped.ToProto(tenant.Required)
            : (await LoadThresholdAsync(request.Name, context.CancellationToken)).ToProto();

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListThresholdsResponse> ListThresholds(ListThresholdsRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListThresholds), request.Parent);
        var (items, next) = await page.FetchAsync(db.Thresholds.AsNoTracking(), threshold => threshold.Id, context.CancellationToken);
        return new ListThresholdsResponse
        {
            Thresholds = { items.Select(threshold => threshold.ToProto()) },
            Shipped = { Thresholds.Shipped.Select(row => row.ToProto(tenant.Required)) },
            NextPageToken = next,
        };
    }

    [Access(Roles.GuidelineOwner, Roles.Lawyer)]
    public override async Task<V1.Threshold> CreateThreshold(CreateThresholdRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var row = Read(request.Threshold);

        // Of two entered at once, the second finds the first.
        await db.HoldAsync(nameof(db.Thresholds), context.CancellationToken);
        var active = await db.Thresholds
            .Where(other => other.State == ThresholdState.Active && other.Law == row.Law && other.Kind == row.Kind)
            .ToListAsync(context.CancellationToken);
        var threshold = new Threshold(tenant.Required, row, active);
        db.Thresholds.Add(threshold);
        return await SaveAsync(threshold, "", context.CancellationToken);
    }

    [Access(Roles.GuidelineOwner, Roles.Lawyer)]
    public override async Task<V1.Threshold> RetireThreshold(RetireThresholdRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, 2000, required: true);
        faults.ThrowIfAny();
        if (Thresholds.Shipped.Any(row => Threshold.NameOf(tenant.Required, row.Id) == request.Name))
        {
            throw Refusal.State("THRESHOLD_STATE_NOT_ALLOWED", request.Name, "SHIPPED", "ACTIVE");
        }

        var threshold = await LoadThresholdAsync(request.Name, context.CancellationToken);
        threshold.MustMatch(request.Etag);
        threshold.Retire(reason);
        return await SaveAsync(threshold, reason, context.CancellationToken);
    }

    private static ThresholdRow Read(V1.Threshold? message)
    {
        var faults = new Faults();
        faults.Require(message is not null, "threshold", "FIELD_REQUIRED");
        message ??= new V1.Threshold();
        faults.Choice("threshold.law", message.Law);
        faults.Choice("threshold.kind", message.Kind);
        var from = faults.Date("threshold.valid_from", message.ValidFrom, required: true);
        var to = faults.Date("threshold.valid_until", message.ValidUntil, required: true);
        faults.Require(from is null || to is null || from <= to, "threshold.valid_until", "DATE_ORDER", ("after", $"{from:yyyy-MM-dd}"));
        var row = new ThresholdRow(
            "",
            Enums.ToOrNull<V1.ProcurementLaw, ProcurementLaw>(message.Law) ?? default,
            Enums.ToOrNull<V1.ThresholdKind, ThresholdKind>(message.Kind) ?? default,
            from ?? default,
            to ?? default,
            faults.Money("threshold.amount", message.Amount, required: true),
            faults.Text("threshold.source", message.Source, 500, required: true));
        faults.ThrowIfAny();
        return row;
    }

    private async Task<Threshold> LoadThresholdAsync(string name, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(name, "thresholds", tenant.Required);
        return await db.Thresholds.FirstOrDefaultAsync(threshold => threshold.Id == id, cancellation)
            ?? throw Refusal.NotFound("THRESHOLD_NOT_FOUND", name);
    }

    private async Task<V1.Threshold> SaveAsync(Threshold threshold, string reason, CancellationToken cancellation)
    {
        db.Record(threshold, threshold.ToProto, reason, ResourceName.OfMunicipality(tenant.Required));
        await db.SaveChangesAsync(cancellation);
        return threshold.ToProto();
    }
}
