using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using States = Iop.FollowUp.V1.Report.Types.State;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class DraftTests(FollowUpFixture service)
{
    [Fact]
    public async Task A_draft_is_saved_as_it_is_and_submitted_as_it_was_saved()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var due = (await partnership.ReportsAsync())[0];

        var saved = await partnership.Representative.SaveReportDraftAsync(Draft(due, "Vi har öppnat", "Det känns"));
        Assert.Equal((States.Due, "Vi har öppnat", "Det känns", ""), (saved.State, saved.DraftText, saved.DraftOrganisationWords, saved.Text));
        Assert.NotNull(saved.LastSavedTime);
        var submitted = await partnership.Representative.SubmitReportAsync(Partnership.Submission(saved, ""));

        Assert.Equal((States.Submitted, "Vi har öppnat", "Det känns", "", 1), (submitted.State, submitted.Text, submitted.OrganisationWords, submitted.DraftText, submitted.SubmissionCount));
        Assert.True(submitted.LastSavedTime >= saved.LastSavedTime);
    }

    [Fact]
    public async Task A_draft_is_seen_by_those_who_write_it_and_by_nobody_else()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var saved = await partnership.Representative.SaveReportDraftAsync(Draft((await partnership.ReportsAsync())[0], "Halvfärdigt", "Våra ord"));

        foreach (var other in new[] { partnership.Officer, service.Client(Roles.Auditor), service.Client(Roles.Lawyer) })
        {
            var seen = await other.GetReportAsync(new GetReportRequest { Name = saved.Name });
            Assert.Equal(("", "", saved.LastSavedTime), (seen.DraftText, seen.DraftOrganisationWords, seen.LastSavedTime));
        }

        Assert.Equal(saved, await partnership.Representative.GetReportAsync(new GetReportRequest { Name = saved.Name }));
    }

    [Fact]
    public async Task Both_sides_write_a_joint_report_and_the_organisations_words_stay_theirs()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { ReportingResponsibility = "SHARED" }));
        var report = (await partnership.ReportsAsync())[0];
        var theirs = await partnership.Representative.SaveReportDraftAsync(Draft(report, "Början", "Våra ord"));
        await Refused.ForFieldAsync("organisation_words", "FIELD_NOT_ALLOWED", () => partnership.Officer.SaveReportDraftAsync(Draft(theirs, "Slut", "Era ord")).ResponseAsync);

        var both = await partnership.Officer.SaveReportDraftAsync(Draft(theirs, "Början och slut"));
        Assert.Equal(("Början och slut", ""), (both.DraftText, both.DraftOrganisationWords));
        var submitted = await partnership.Officer.SubmitReportAsync(Partnership.Submission(both, ""));


        // What the organisations have not said yet is neither told nor lost when the other side submits.
        Assert.Equal(("Början och slut", ""), (submitted.Text, submitted.OrganisationWords));
        var returned = await partnership.Representative.ReturnReportAsync(Partnership.Return(submitted));
        Assert.Equal("Våra ord", returned.DraftOrganisationWords);
        var again = await partnership.Representative.SubmitReportAsync(Partnership.Submission(returned));
        Assert.Equal(("Våra ord", ""), (again.OrganisationWords, again.DraftOrganisationWords));
    }

    [Fact]
    public async Task A_draft_is_written_by_the_side_that_reports_and_while_the_report_is_waited_for()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var report = (await partnership.ReportsAsync())[0];
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => partnership.Officer.SaveReportDraftAsync(Draft(report, "Text")).ResponseAsync);
        var submitted = await partnership.Representative.SubmitReportAsync(Partnership.Submission(report));

        var refused = await Refused.ByAsync(
            StatusCode.FailedPrecondition, "REPORT_STATE_NOT_ALLOWED", () => partnership.Representative.SaveReportDraftAsync(Draft(submitted, "Text")).ResponseAsync);
        Assert.Equal(("SUBMITTED", "PLANNED, DUE, RETURNED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
    }

    [Fact]
    public async Task A_reviewed_report_is_opened_again_with_a_reason_and_what_was_submitted_stays()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var submitted = await partnership.Representative.SubmitReportAsync(Partnership.Submission((await partnership.ReportsAsync())[0], "Första", "Våra ord"));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "REPORT_STATE_NOT_ALLOWED", () => partnership.Officer.ReopenReportAsync(Reopening(submitted)).ResponseAsync);
        var reviewed = await partnership.Officer.ReviewReportAsync(Partnership.Review(submitted));

        var reopened = await partnership.Representative.ReopenReportAsync(Reopening(reviewed));
        Assert.Equal((States.Returned, "En siffra var fel."), (reopened.State, reopened.ReopenReason));
        var again = await partnership.Representative.SubmitReportAsync(Partnership.Submission(reopened, "Andra"));

        Assert.Equal(("Andra", "Våra ord", 2), (again.Text, again.OrganisationWords, again.SubmissionCount));
        Assert.Equal(("Första", "Våra ord"), (again.EarlierSubmissions[0].Text, again.EarlierSubmissions[0].OrganisationWords));
    }

    private static SaveReportDraftRequest Draft(Report report, string text, string words = "") =>
        new() { Name = report.Name, Text = text, OrganisationWords = words, Etag = report.Etag, RequestId = Partnership.NewRequest() };

    private static ReopenReportRequest Reopening(Report report) =>
        new() { Name = report.Name, Reason = "En siffra var fel.", Etag = report.Etag, RequestId = Partnership.NewRequest() };
}
