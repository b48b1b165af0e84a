using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class ScheduleChangeTests(FollowUpFixture service)
{
    [Fact]
    public async Task The_parties_meet_more_often_from_now_on()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var before = await partnership.CheckInsAsync();

        var changed = await partnership.Representative.ChangeScheduleAsync(Change(partnership.Plan, 1, 6));

        Assert.Equal(1, changed.CheckInEveryMonths);
        Assert.Equal(changed, await partnership.NowAsync());
        var after = await partnership.CheckInsAsync();
        Assert.Equal(before.Take(2), after.Take(2));
        Assert.Equal(2 + 17 + 1, after.Count);
        Assert.Equal(1, await service.CountAsync("SELECT count(*) FROM revision WHERE subject = $1 AND reason = $2 AND on_behalf_of = $3", changed.Name, "Vi vill träffas oftare.", partnership.Activated.Organisations[0]));
    }

    [Fact]
    public async Task The_parties_set_days_of_their_own()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var request = Change(partnership.Plan, 0, 0);
        DateOnly[] days = [Partnership.Today.AddDays(10), Partnership.Today.AddDays(100)];
        request.CheckInDates.Add(days.Select(d => d.ToProto()));
        request.ReportDates.Add(days[1].ToProto());

        await partnership.Officer.ChangeScheduleAsync(request);

        Assert.Equal(
            days,
            (await partnership.CheckInsAsync()).Where(c => c.Kind == CheckIn.Types.Kind.Regular && c.State == CheckIn.Types.State.Planned && !c.Overdue).Select(c => c.DueDate.ToDateOnly()));
        Assert.Equal(
            [days[1], partnership.Activated.EndDate],
            (await partnership.ReportsAsync()).Where(r => r.State == Report.Types.State.Planned).Select(r => r.DueDate.ToDateOnly()));
    }

    [Fact]
    public async Task What_the_parties_set_stands_until_the_agreement_itself_says_otherwise()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        await partnership.Officer.ChangeScheduleAsync(Change(partnership.Plan, 1, 6));

        await service.TellAsync(partnership.Amended(2, 2));
        Assert.Equal(1, (await partnership.NowAsync()).CheckInEveryMonths);
        await service.TellAsync(partnership.Amended(3, 3, f => f with { CheckInEveryMonths = 4 }));
        Assert.Equal(4, (await partnership.NowAsync()).CheckInEveryMonths);
    }

    [Theory]
    [InlineData("check_in_every_months", "NUMBER_OUT_OF_RANGE")]
    [InlineData("report_every_months", "FIELD_REQUIRED")]
    [InlineData("check_in_dates[0]", "DATE_IN_PAST")]
    [InlineData("check_in_dates[1]", "DATE_OUTSIDE_TERM")]
    [InlineData("check_in_dates", "DUPLICATE_VALUE")]
    [InlineData("report_every_months", "FIELD_NOT_ALLOWED")]
    [InlineData("reason", "FIELD_REQUIRED")]
    public async Task What_is_wrong_with_a_schedule_is_told_and_nothing_moves(string field, string reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var request = Change(partnership.Plan, 0, 6);
        switch (field, reason)
        {
            case ("check_in_every_months", _): request.CheckInEveryMonths = 61; break;
            case ("report_every_months", "FIELD_REQUIRED"): request.ReportEveryMonths = 0; break;
            case ("check_in_dates[0]", _): request.CheckInDates.Add(Partnership.Today.AddDays(-1).ToProto()); break;
            case ("check_in_dates[1]", _): request.CheckInDates.Add([Partnership.Today.ToProto(), partnership.Activated.EndDate.AddDays(1).ToProto()]); break;
            case ("check_in_dates", _): request.CheckInDates.Add([Partnership.Today.ToProto(), Partnership.Today.ToProto()]); break;
            case ("report_every_months", _): request.ReportDates.Add(Partnership.Today.ToProto()); break;
            default: request.Reason = ""; break;
        }

        await Refused.ForFieldAsync(field, reason, () => partnership.Officer.ChangeScheduleAsync(request).ResponseAsync);
        Assert.Equal(partnership.Plan, await partnership.NowAsync());
    }

    [Fact]
    public async Task A_plan_that_is_closed_or_was_read_too_long_ago_is_not_changed()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { CheckInEveryMonths = 0, ReportEveryMonths = 0, RenewalTalksDate = null }));
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => ChangeAsync(""));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => ChangeAsync("\"1\""));
        await partnership.CloseAsync();
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "PLAN_STATE_NOT_ALLOWED", async () => await ChangeAsync((await partnership.NowAsync()).Etag));
        Assert.Equal(("CLOSED", "ACTIVE"), (refused.Metadata["state"], refused.Metadata["allowed"]));

        Task ChangeAsync(string etag)
        {
            var request = Change(partnership.Plan, 2, 0);
            request.Etag = etag;
            return partnership.Officer.ChangeScheduleAsync(request).ResponseAsync;
        }
    }

    private static ChangeScheduleRequest Change(Plan plan, int checkIns, int reports) => new()
    {
        Name = plan.Name,
        CheckInEveryMonths = checkIns,
        ReportEveryMonths = reports,
        Reason = "Vi vill träffas oftare.",
        Etag = plan.Etag,
        RequestId = Partnership.NewRequest(),
    };
}
