using Grpc.Core;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Plan = Iop.FollowUp.Domain.Plan;
using Report = Iop.FollowUp.Domain.Report;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxReportLength = 20_000;
    private const int MaxCommentLength = 2_000;

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Report> GetReport(GetReportRequest request, ServerCallContext context)
    {
        var (planId, id) = ResourceName.IdsIn(request.Name, Plan.Collection, Report.Collection, tenant.Required);
        var found = await (
            from report in db.Reports.AsNoTracking()
            join plan in db.Plans on report.PlanId equals plan.Id
            where report.Id == id && report.PlanId == planId
            select new { report, plan }).FirstOrDefaultAsync(context.CancellationToken) ?? throw Refusal.NotFound("REPORT_NOT_FOUND", request.Name);
        desk.MustSee(found.plan);
        return found.report.ToProto(Today);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context)
    {
        var page = DuePage.Of(request.PageSize, request.PageToken, context.Method, request.Parent);
        var planId = await desk.MustSeeAsync(request.Parent, context.CancellationToken);
        var (items, next) = await page.FetchAsync(
            db.Reports.AsNoTracking().Where(r => r.PlanId == planId), r => r.DueDate, r => r.Id, context.CancellationToken);
        return new ListReportsResponse { Reports = { items.Select(r => r.ToProto(Today)) }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Report> SubmitReport(SubmitReportRequest request, ServerCallContext context)
    {
        var (report, by) = await TakeReportAsync(request.Name, context);
        var faults = new Faults();
        var text = faults.Text("text", request.Text, MaxReportLength, required: true);
        var words = faults.Text("organisation_words", request.OrganisationWords, MaxReportLength);
        faults.Require(by.Side == Side.CivilSociety || words.Length == 0, "organisation_words", "FIELD_NOT_ALLOWED");
        faults.ThrowIfAny();

        report.MustMatch(request.Etag);
        report.Submit(text, words, by.Side, time.Now(), Today);
        return await SaveAsync(report, by, "", context.CancellationToken);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Report> ReviewReport(ReviewReportRequest request, ServerCallContext context)
    {
        var (report, by) = await TakeReportAsync(request.Name, context);
        var faults = new Faults();
        var comment = faults.Text("comment", request.Comment, MaxCommentLength);
        faults.ThrowIfAny();

        report.MustMatch(request.Etag);
        report.Review(comment, by.Side, time.Now(), Today);
        var reviewed = await SaveAsync(report, by, "", context.CancellationToken);
        await desk.CloseWhenDoneAsync(by.Plan, context.CancellationToken);
        return reviewed;
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Report> ReturnReport(ReturnReportRequest request, ServerCallContext context)
    {
        var (report, by) = await TakeReportAsync(request.Name, context);
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, MaxCommentLength, required: true);
        faults.ThrowIfAny();

        report.MustMatch(request.Etag);
        report.Return(reason, by.Side, Today);
        return await SaveAsync(report, by, reason, context.CancellationToken);
    }

    private async Task<(Report Report, Participation By)> TakeReportAsync(string name, ServerCallContext context)
    {
        var (planId, id) = ResourceName.IdsIn(name, Plan.Collection, Report.Collection, tenant.Required);
        var by = await desk.TakeAsync(planId, "REPORT_NOT_FOUND", name, context.CancellationToken);
        var report = await db.Reports.FirstOrDefaultAsync(r => r.Id == id && r.PlanId == planId, context.CancellationToken)
            ?? throw Refusal.NotFound("REPORT_NOT_FOUND", name);
        return (report, by);
    }

    private async Task<V1.Report> SaveAsync(Report report, Participation by, string reason, CancellationToken cancellation)
    {
        db.Record(report, () => report.ToProto(Today), reason, by.Organisation);
        await db.SaveChangesAsync(cancellation);
        return report.ToProto(Today);
    }
}
