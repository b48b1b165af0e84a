using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Kinds = Iop.FollowUp.V1.Report.Types.Kind;
using States = Iop.FollowUp.V1.Report.Types.State;

namespace Iop.FollowUp.Tests;

/// <summary>Reports that no interval calls for: of a milestone, or when something has happened.</summary>
[Collection(FollowUpTests.Name)]
public sealed class WishedReportTests(FollowUpFixture service)
{
    [Fact]
    public async Task A_report_is_wished_for_and_written_like_any_other()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var regular = await partnership.ReportsAsync();
        Assert.All(regular, r => Assert.Equal((Kinds.Regular, ""), (r.Kind, r.Topic)));

        var wished = await partnership.Officer.ScheduleReportAsync(Wish(partnership));

        Assert.Equal((Kinds.AdHoc, "Den nya lokalen", States.Due, false), (wished.Kind, wished.Topic, wished.State, wished.Overdue));
        Assert.Equal(Types.V1.ReportingResponsibility.Organisation, wished.Responsible);
        Assert.Equal(regular.Count + 1, (await partnership.NowAsync()).ReportCount);
        Assert.Single(await partnership.DueAsync(), i => i.Item == wished.Name && i.ResponsibleRole == "organisation-representative");
        Assert.Contains((await partnership.Officer.ListRemindersAsync(new ListRemindersRequest { Parent = partnership.Plan.Name })).Reminders, r => r.Item == wished.Name);
        var reviewed = await partnership.Officer.ReviewReportAsync(Partnership.Review(await partnership.Representative.SubmitReportAsync(Partnership.Submission(wished))));
        Assert.Equal(States.Reviewed, reviewed.State);
    }

    [Fact]
    public async Task A_wished_report_stands_beside_the_regular_ones_when_the_plan_moves()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var wished = await partnership.Representative.ScheduleReportAsync(Wish(partnership));

        await service.TellAsync(partnership.Amended(2, 2, f => f with { ReportEveryMonths = 3 }));

        var reports = await partnership.ReportsAsync();
        Assert.Equal(wished, reports.Single(r => r.Kind == Kinds.AdHoc));
        var covered = reports.Where(r => r.Kind == Kinds.Regular && r.State != States.Closed).OrderBy(r => r.PeriodStartDate.ToDateOnly()).ToList();
        Assert.Equal(partnership.Activated.StartDate, covered[0].PeriodStartDate.ToDateOnly());
        Assert.Equal(partnership.Activated.EndDate, covered[^1].PeriodEndDate.ToDateOnly());
        Assert.All(covered.Zip(covered.Skip(1)), pair => Assert.Equal(pair.First.PeriodEndDate.ToDateOnly().AddDays(1), pair.Second.PeriodStartDate.ToDateOnly()));
    }

    [Fact]
    public async Task What_is_wished_for_or_begun_tells_of_the_time_until_the_agreement_ended()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var wished = await partnership.Officer.ScheduleReportAsync(Wish(partnership, r => (r.PeriodEndDate, r.DueDate) = (Partnership.Today.AddMonths(3).ToProto(), Partnership.Today.AddMonths(4).ToProto())));
        var later = await partnership.Officer.ScheduleReportAsync(Wish(partnership, r =>
            (r.PeriodStartDate, r.PeriodEndDate, r.DueDate) = (Partnership.Today.AddMonths(1).ToProto(), Partnership.Today.AddMonths(3).ToProto(), Partnership.Today.AddMonths(4).ToProto())));
        var begun = (await partnership.ReportsAsync()).First(r => r.State == States.Planned && r.Kind == Kinds.Regular);
        await partnership.Representative.SaveReportDraftAsync(
            new SaveReportDraftRequest { Name = begun.Name, Text = "Hittills.", Etag = begun.Etag, RequestId = Partnership.NewRequest() });

        await service.TellAsync(partnership.Ended(2));

        var reports = (await partnership.ReportsAsync()).ToDictionary(r => r.Name);
        Assert.Equal(States.Closed, reports[later.Name].State);
        Assert.All(new[] { wished.Name, begun.Name }, name => Assert.Equal(
            (Partnership.Today, Partnership.Today.AddMonths(1)), (reports[name].PeriodEndDate.ToDateOnly(), reports[name].DueDate.ToDateOnly())));
    }

    [Fact]
    public async Task Where_the_agreement_has_no_reports_none_is_wished_for()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { ReportEveryMonths = 0, ReportingResponsibility = null }));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "REPORTS_NOT_AGREED", () => partnership.Officer.ScheduleReportAsync(Wish(partnership)).ResponseAsync);
    }

    [Fact]
    public async Task Nothing_is_wished_for_when_the_plan_is_closed()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        await partnership.CloseAsync();
        var refused = await Refused.ByAsync(
            StatusCode.FailedPrecondition, "PLAN_STATE_NOT_ALLOWED", () => partnership.Officer.ScheduleReportAsync(Wish(partnership, r => (r.PeriodEndDate, r.DueDate) = (Partnership.Today.ToProto(), Partnership.Today.ToProto()))).ResponseAsync);
        Assert.Equal(("CLOSED", "ACTIVE, SUSPENDED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
    }

    [Fact]
    public async Task What_is_wrong_with_a_wish_is_told_by_field()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var (start, end) = (partnership.Activated.StartDate, partnership.Activated.EndDate);

        await RefusedAsync("report.due_date", "FIELD_REQUIRED", r => r.DueDate = null);
        await RefusedAsync("report.due_date", "DATE_IN_PAST", r => r.DueDate = Partnership.Today.AddDays(-1).ToProto());
        await RefusedAsync("report.due_date", "DATE_OUTSIDE_TERM", r => r.DueDate = end.AddDays(1).ToProto());
        await RefusedAsync("report.due_date", "DATE_ORDER", r => r.PeriodEndDate = end.ToProto());
        await RefusedAsync("report.period_start_date", "DATE_OUTSIDE_TERM", r => r.PeriodStartDate = start.AddDays(-1).ToProto());
        await RefusedAsync("report.period_end_date", "DATE_ORDER", r => r.PeriodEndDate = start.ToProto());
        await RefusedAsync("report.topic", "FIELD_REQUIRED", r => r.Topic = " ");
        await RefusedAsync("report.topic", "PERSONAL_NAME_SUSPECTED", r => r.Topic = "Hur går det för Fatima?");
        Assert.DoesNotContain(await partnership.ReportsAsync(), r => r.Kind == Kinds.AdHoc);

        Task RefusedAsync(string field, string reason, Action<Report> spoil) =>
            Refused.ForFieldAsync(field, reason, () => partnership.Officer.ScheduleReportAsync(Wish(partnership, spoil)).ResponseAsync);
    }

    private static ScheduleReportRequest Wish(Partnership partnership, Action<Report>? change = null)
    {
        var report = new Report
        {
            PeriodStartDate = partnership.Activated.StartDate.AddDays(3).ToProto(),
            PeriodEndDate = Partnership.Today.AddDays(-1).ToProto(),
            DueDate = Partnership.Today.AddDays(14).ToProto(),
            Topic = "Den nya lokalen",
        };
        change?.Invoke(report);
        return new() { Parent = partnership.Plan.Name, Report = report, RequestId = Partnership.NewRequest() };
    }
}
