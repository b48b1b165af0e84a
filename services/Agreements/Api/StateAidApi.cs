using Grpc.Core;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Reports on the aid that agreements give, to be sent to the central register.</summary>
public sealed class StateAidApi(AgreementsDb db, TenantScope tenant, CommitteeWall committees, TimeProvider time) : V1.StateAidService.StateAidServiceBase
{
    private static readonly Dictionary<string, string[]> Filters = new() { ["state"] = ["="], ["agreement"] = ["="] };

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.StateAidReport> GetStateAidReport(V1.GetStateAidReportRequest request, ServerCallContext context) =>
        (await FindAsync(request.Name, db.StateAidReports.AsNoTracking(), context.CancellationToken)).ToProto(time.Today());

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListStateAidReportsResponse> ListStateAidReports(V1.ListStateAidReportsRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListStateAidReports), request.Parent, request.Filter);
        var (reports, next) = await page.FetchAsync(Filtered(request.Filter), report => report.Id, context.CancellationToken);
        return new V1.ListStateAidReportsResponse { StateAidReports = { reports.Select(report => report.ToProto(time.Today())) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.Integration)]
    public override Task<V1.StateAidReport> MarkStateAidReportSent(V1.MarkStateAidReportSentRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var (date, reference) = (faults.Date("send_date", request.SendDate, required: true), faults.Text("reference", request.Reference, 100));
        faults.ThrowIfAny();
        return ChangeAsync(request.Name, request.Etag, report => report.MarkSent(date!.Value, reference, time.Today()), context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Integration)]
    public override Task<V1.StateAidReport> MarkStateAidReportAcknowledged(V1.MarkStateAidReportAcknowledgedRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var (date, reference) = (faults.Date("acknowledge_date", request.AcknowledgeDate, required: true), faults.Text("reference", request.Reference, 100));
        faults.ThrowIfAny();
        return ChangeAsync(request.Name, request.Etag, report => report.MarkAcknowledged(date!.Value, reference, time.Today()), context.CancellationToken);
    }

    private async Task<V1.StateAidReport> ChangeAsync(string name, string etag, Action<StateAidReport> change, CancellationToken cancellation)
    {
        var report = await FindAsync(name, db.StateAidReports, cancellation);
        report.MustMatch(etag);
        change(report);
        db.Record(report, () => report.ToProto(time.Today(), etag: false));
        await db.SaveChangesAsync(cancellation);
        return report.ToProto(time.Today());
    }

    private async Task<StateAidReport> FindAsync(string name, IQueryable<StateAidReport> reports, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(name, StateAidReport.Collection, tenant.Required);
        var report = await reports.FirstOrDefaultAsync(report => report.Id == id, cancellation) ?? throw Refusal.NotFound("STATE_AID_REPORT_NOT_FOUND", name);

        // What another municipality leads has no agreement here, but a share.
        if (await db.Agreements.AsNoTracking().FirstOrDefaultAsync(agreement => agreement.Id == report.Agreement, cancellation) is { } agreement)
        {
            committees.MustSee(agreement);
        }
        else if (await db.AgreementShares.AsNoTracking().FirstOrDefaultAsync(share => share.Id == report.Agreement, cancellation) is { } share)
        {
            committees.MustSee(share);
        }

        return report;
    }

    private IQueryable<StateAidReport> Filtered(string filter)
    {
        var (hidden, shared) = (committees.Hidden(db.Agreements), committees.Hidden(db.AgreementShares));
        var query = db.StateAidReports.AsNoTracking()
            .Where(report => !hidden.Any(agreement => agreement.Id == report.Agreement) && !shared.Any(share => share.Id == report.Agreement));
        foreach (var (field, _, value) in Filter.Parse(filter, Filters))
        {
            if (field == "agreement")
            {
                var agreement = ResourceName.IdIn(value, Agreement.Collection, tenant.Required, "filter");
                query = query.Where(report => report.Agreement == agreement);
                continue;
            }

            var state = AgreementsApi.StateNamed<StateAidReportState>(value);
            query = query.Where(report => report.State == state);
        }

        return query;
    }
}

internal static class StateAidMapping
{
    public static V1.StateAidReport ToProto(this StateAidReport report, DateOnly today, bool etag = true) => new()
    {
        Name = report.Name,
        Agreement = ResourceName.Of(report.Municipality, Agreement.Collection, report.Agreement),
        Version = report.Version,
        Organisations = { report.Organisations },
        Basis = (V1.StateAidReport.Types.Basis)report.Basis,
        Amount = report.Amount.ToProto(),
        GrantDate = report.GrantDate.ToProto(),
        DueDate = report.DueDate.ToProto(),
        State = (V1.StateAidReport.Types.State)report.State,
        Overdue = report.IsOverdue(today),
        Reference = report.Reference,
        Withdrawal = report.Withdrawal,
        SendDate = report.SendDate.ToProto(),
        AcknowledgeDate = report.AcknowledgeDate.ToProto(),
        CreateTime = report.CreateTime.ToProto(),
        Etag = etag ? report.Etag : "",
    };
}
