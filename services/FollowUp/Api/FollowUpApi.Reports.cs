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
            var said = words.Length > 0 ? words : report.DraftOrganisationWords;
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
            var reason = Read("reason", request.Reason, MaxCommentLength);
            by.Plan.MustBeOpen();
            report.Reopen(reason, Today);
            return reason;
        }, context.CancellationToken);

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

    // The one text of a request.
    private static string Read(string field, string text, int limit, bool required = true)
    {
        var faults = new Faults();
        var read = faults.Text(field, text, limit, required);
        faults.ThrowIfAny();
        return read;
    }
}
