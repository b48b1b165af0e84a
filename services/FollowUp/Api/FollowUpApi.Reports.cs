using Grpc.Core;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Report = Iop.FollowUp.Domain.Report;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxReportLength = 20_000;
    private const int MaxCommentLength = 2_000;

    private static readonly PartKind<Report, V1.Report> ReportKind =
        new(Report.Collection, "REPORT_NOT_FOUND", r => r.DueKey, (report, view) => report.ToProto(view));

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override Task<V1.Report> GetReport(GetReportRequest request, ServerCallContext context) =>
        parts.GetAsync(ReportKind, request.Name, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context)
    {
        var (items, next) = await parts.ListAsync(ReportKind, request.Parent, request.PageSize, request.PageToken, context);
        return new ListReportsResponse { Reports = { items }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Report> ScheduleReport(ScheduleReportRequest request, ServerCallContext context) =>
        parts.AddAsync(ReportKind, request.Parent, by =>
        {
            var (faults, sent) = (new Faults(), request.Report ?? new V1.Report());
            var (start, end) = ReadPeriod(faults, sent, by.Plan);
            var due = faults.Date("report.due_date", sent.DueDate, required: true);
            faults.Require(due is null || due >= Today, "report.due_date", "DATE_IN_PAST");
            faults.Require(due is null || end is null || due >= end, "report.due_date", "DATE_ORDER", ("after", $"{end:yyyy-MM-dd}"));
            MustBeWithinTerm(faults, by.Plan, "report.due_date", due);
            var topic = faults.Text("report.topic", sent.Topic, MaxTopicLength, required: true);
            MustNameNobodyHelped(faults, request.NamesNobodyHelped, ("report.topic", topic));
            faults.ThrowIfAny();
            return by.Plan.ScheduleAdHoc(new ReportPeriod(start!.Value, end!.Value, due!.Value), topic);
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Report> SaveReportDraft(SaveReportDraftRequest request, ServerCallContext context) =>
        parts.ChangeAsync(ReportKind, request.Name, request.Etag, (report, by) =>
        {
            var faults = new Faults();
            var text = faults.Text("text", request.Text, MaxReportLength);
            var words = OrganisationWords(faults, request.OrganisationWords, by);
            faults.ThrowIfAny();
            report.SaveDraft(text, words, by.Side, time.Now(), Today);
            return "";
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Report> SubmitReport(SubmitReportRequest request, ServerCallContext context) =>
        parts.ChangeAsync(ReportKind, request.Name, request.Etag, (report, by) =>
        {
            var faults = new Faults();
            var text = faults.Text("text", request.Text.Trim().Length == 0 ? report.DraftText : request.Text, MaxReportLength, required: true);
            var words = OrganisationWords(faults, request.OrganisationWords, by);
            var said = words.Length > 0 || by.Side == Side.Public ? words : report.DraftOrganisationWords;
            MustNameNobodyHelped(faults, request.NamesNobodyHelped, ("text", text), ("organisation_words", said));
            faults.ThrowIfAny();
            report.Submit(text, words, by.Side, time.Now(), Today);
            return "";
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Report> ReviewReport(ReviewReportRequest request, ServerCallContext context) =>
        parts.ChangeAsync(ReportKind, request.Name, request.Etag, (report, by) =>
        {
            var comment = ReadOfPeople("comment", request.Comment, MaxCommentLength, request.NamesNobodyHelped, required: false);
            report.Review(comment, by.Side, time.Now(), Today);
            return "";
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Report> ReturnReport(ReturnReportRequest request, ServerCallContext context) =>
        parts.ChangeAsync(ReportKind, request.Name, request.Etag, (report, by) =>
        {
            var reason = ReadOfPeople("reason", request.Reason, MaxCommentLength, request.NamesNobodyHelped);
            report.Return(reason, by.Side, Today);
            return reason;
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Report> ReopenReport(ReopenReportRequest request, ServerCallContext context) =>
        parts.ChangeAsync(ReportKind, request.Name, request.Etag, (report, by) =>
        {
            var reason = ReadOfPeople("reason", request.Reason, MaxCommentLength, request.NamesNobodyHelped);
            by.Plan.MustBeOpen();
            report.Reopen(reason, Today);
            return reason;
        }, context.CancellationToken);

    private static (DateOnly? Start, DateOnly? End) ReadPeriod(Faults faults, V1.Report sent, Domain.Plan plan)
    {
        var start = faults.Date("report.period_start_date", sent.PeriodStartDate, required: true);
        var end = faults.Date("report.period_end_date", sent.PeriodEndDate, required: true);
        faults.Require(start is null || end is null || start <= end, "report.period_end_date", "DATE_ORDER", ("after", $"{start:yyyy-MM-dd}"));
        MustBeWithinTerm(faults, plan, "report.period_start_date", start);
        MustBeWithinTerm(faults, plan, "report.period_end_date", end);
        return (start, end);
    }

    // The organisations' own words are theirs alone to write.
    private static string OrganisationWords(Faults faults, string words, Participation by)
    {
        faults.Require(by.Side == Side.CivilSociety || words.Trim().Length == 0, "organisation_words", "FIELD_NOT_ALLOWED");
        return faults.Text("organisation_words", words, MaxReportLength);
    }

    // Whoever is helped is named nowhere: what may be such a name is looked at once more by the one who writes it.
    private void MustNameNobodyHelped(Faults faults, bool hasLooked, params ReadOnlySpan<(string Field, string Text)> texts) =>
        personalData.MustBeLookedFor(faults, hasLooked, texts);

    // The one text of a request that tells of the partnership.
    private string ReadOfPeople(string field, string text, int limit, bool hasLooked, bool required = true)
    {
        var faults = new Faults();
        var read = faults.Text(field, text, limit, required);
        MustNameNobodyHelped(faults, hasLooked, (field, read));
        faults.ThrowIfAny();
        return read;
    }
}
