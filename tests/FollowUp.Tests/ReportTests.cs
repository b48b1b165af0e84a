using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using States = Iop.FollowUp.V1.Report.Types.State;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class ReportTests(FollowUpFixture service)
{
    [Fact]
    public async Task A_report_is_submitted_returned_submitted_again_and_reviewed()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var due = (await partnership.ReportsAsync())[0];
        Assert.Equal((States.Due, true), (due.State, due.Overdue));

        var submitted = await partnership.Representative.SubmitReportAsync(Partnership.Submission(due, words: "Det märks i kvarteret."));
        Assert.Equal((States.Submitted, false, PartySide.CivilSociety), (submitted.State, submitted.Overdue, submitted.SubmittedBy));
        var returned = await partnership.Officer.ReturnReportAsync(Partnership.Return(submitted));
        Assert.Equal((States.Returned, false, "Hur många deltog?"), (returned.State, returned.Overdue, returned.ReturnReason));
        Assert.Equal(Partnership.Today.AddMonths(1), returned.AnswerDueDate.ToDateOnly());
        var again = await partnership.Representative.SubmitReportAsync(Partnership.Submission(returned, "240 personer deltog."));
        var reviewed = await partnership.Officer.ReviewReportAsync(Partnership.Review(again));

        Assert.Equal((States.Reviewed, "240 personer deltog.", "Det märks i kvarteret."), (reviewed.State, reviewed.Text, reviewed.OrganisationWords));
        Assert.Equal((2, "Hur många deltog?"), (reviewed.SubmissionCount, Assert.Single(reviewed.EarlierSubmissions).ReturnReason));
        Assert.Equal(submitted.Text, reviewed.EarlierSubmissions[0].Text);
        Assert.Equal((due.DueDate, due.PeriodEndDate), (reviewed.DueDate, reviewed.PeriodEndDate));
        Assert.Equal(reviewed, await partnership.Representative.GetReportAsync(new GetReportRequest { Name = due.Name }));
        Assert.Equal(5, await service.RevisionsOfAsync(due.Name));
        Assert.Equal(2, await service.CountAsync("SELECT count(*) FROM revision WHERE subject = $1 AND on_behalf_of = $2", due.Name, partnership.Activated.Organisations[0]));
        Assert.Equal(1, await service.CountAsync("SELECT count(*) FROM revision WHERE subject = $1 AND reason = $2", due.Name, "Hur många deltog?"));
    }

    [Theory]
    [InlineData("ORGANISATION", true, false)]
    [InlineData("MUNICIPALITY", false, true)]
    [InlineData("SHARED", true, true)]
    public async Task The_agreement_says_who_submits_and_the_other_side_reviews(string responsible, bool organisation, bool municipality)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { ReportingResponsibility = responsible }));
        var reports = await partnership.ReportsAsync();

        await SubmitAndReviewAsync(reports[0], organisation, partnership.Representative, partnership.Officer);
        await SubmitAndReviewAsync(reports[1], municipality, partnership.Officer, partnership.Representative);
    }

    [Fact]
    public async Task A_report_is_neither_reviewed_nor_returned_before_it_is_submitted_and_not_submitted_twice()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var planned = (await partnership.ReportsAsync())[^1];

        var review = await Refused.ByAsync(StatusCode.FailedPrecondition, "REPORT_STATE_NOT_ALLOWED", () => partnership.Officer.ReviewReportAsync(Partnership.Review(planned)).ResponseAsync);
        Assert.Equal(("PLANNED", "SUBMITTED"), (review.Metadata["state"], review.Metadata["allowed"]));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "REPORT_STATE_NOT_ALLOWED", () => partnership.Officer.ReturnReportAsync(Partnership.Return(planned)).ResponseAsync);
        Assert.Equal(planned, (await partnership.ReportsAsync())[^1]);

        var submitted = await partnership.Representative.SubmitReportAsync(Partnership.Submission(planned));
        var twice = await Refused.ByAsync(
            StatusCode.FailedPrecondition, "REPORT_STATE_NOT_ALLOWED", () => partnership.Representative.SubmitReportAsync(Partnership.Submission(submitted, "Annan text")).ResponseAsync);
        Assert.Equal("PLANNED, DUE, RETURNED", twice.Metadata["allowed"]);
        Assert.Equal(submitted, (await partnership.ReportsAsync())[^1]);
    }

    [Fact]
    public async Task The_organisations_own_words_are_not_the_municipalitys_to_write()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { ReportingResponsibility = "SHARED" }));
        var report = (await partnership.ReportsAsync())[0];

        await Refused.ForFieldAsync(
            "organisation_words", "FIELD_NOT_ALLOWED", () => partnership.Officer.SubmitReportAsync(Partnership.Submission(report, words: "De är nöjda.")).ResponseAsync);
        Assert.Equal(report, (await partnership.ReportsAsync())[0]);
    }

    [Fact]
    public async Task Texts_keep_to_their_limits()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var report = (await partnership.ReportsAsync())[0];

        await Refused.ForFieldAsync("text", "FIELD_REQUIRED", () => SubmitAsync(""));
        await Refused.ForFieldAsync("text", "TEXT_TOO_LONG", () => SubmitAsync(new string('x', 20_001)));
        var submitted = await partnership.Representative.SubmitReportAsync(Partnership.Submission(report, new string('x', 20_000)));
        var (empty, lengthy) = (Partnership.Return(submitted), Partnership.Review(submitted));
        (empty.Reason, lengthy.Comment) = ("  ", new string('x', 2_001));
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => partnership.Officer.ReturnReportAsync(empty).ResponseAsync);
        await Refused.ForFieldAsync("comment", "TEXT_TOO_LONG", () => partnership.Officer.ReviewReportAsync(lengthy).ResponseAsync);
        Assert.Equal(submitted, (await partnership.ReportsAsync())[0]);

        Task SubmitAsync(string text) => partnership.Representative.SubmitReportAsync(Partnership.Submission(report, text)).ResponseAsync;
    }

    [Fact]
    public async Task A_report_is_changed_only_as_it_was_read_and_a_repeat_changes_nothing()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var report = (await partnership.ReportsAsync())[0];
        var without = Partnership.Submission(report);
        without.Etag = "";
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => partnership.Representative.SubmitReportAsync(without).ResponseAsync);

        var request = Partnership.Submission(report);
        var submitted = await partnership.Representative.SubmitReportAsync(request);
        Assert.Equal(submitted, await partnership.Representative.SubmitReportAsync(request));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => partnership.Officer.ReviewReportAsync(Partnership.Review(report)).ResponseAsync);
        request.Text = "Annan text";
        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => partnership.Representative.SubmitReportAsync(request).ResponseAsync);
        Assert.Equal(2, await service.RevisionsOfAsync(report.Name));
    }

    private static async Task SubmitAndReviewAsync(
        Report report, bool allowed, FollowUpService.FollowUpServiceClient author, FollowUpService.FollowUpServiceClient reader)
    {
        if (!allowed)
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => author.SubmitReportAsync(Partnership.Submission(report)).ResponseAsync);
            Assert.Equal(report, await reader.GetReportAsync(new GetReportRequest { Name = report.Name }));
            return;
        }

        var submitted = await author.SubmitReportAsync(Partnership.Submission(report));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => author.ReviewReportAsync(Partnership.Review(submitted)).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => author.ReturnReportAsync(Partnership.Return(submitted)).ResponseAsync);
        Assert.Equal(States.Reviewed, (await reader.ReviewReportAsync(Partnership.Review(submitted))).State);
    }
}
