using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class CheckInTests(FollowUpFixture service)
{
    [Fact]
    public async Task A_check_in_is_recorded_with_functions_lessons_and_actions()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var planned = (await partnership.CheckInsAsync())[0];
        Assert.True(planned.Overdue);

        var held = await partnership.Representative.RecordCheckInAsync(Partnership.Held(planned));

        Assert.Equal((CheckIn.Types.State.Held, PartySide.CivilSociety, false), (held.State, held.RecordedBy, held.Overdue));
        Assert.Equal(["enhetschef", "verksamhetsledare"], held.Participants.Select(p => p.Function));
        Assert.Equal(planned.AgendaTopics, held.AgendaTopics);
        Assert.Equal(planned.DueDate, held.DueDate);
        Assert.Equal(held, await partnership.Officer.GetCheckInAsync(new GetCheckInRequest { Name = planned.Name }));
        Assert.Equal(1, (await partnership.NowAsync()).HeldCheckInCount);
        Assert.Equal(partnership.Plan.Etag, (await partnership.NowAsync()).Etag);
    }

    [Fact]
    public async Task A_check_in_is_held_once()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var held = await partnership.Officer.RecordCheckInAsync(Partnership.Held((await partnership.CheckInsAsync())[0]));

        var refused = await Refused.ByAsync(
            StatusCode.FailedPrecondition, "CHECK_IN_STATE_NOT_ALLOWED", () => partnership.Officer.RecordCheckInAsync(Partnership.Held(held)).ResponseAsync);

        Assert.Equal(("HELD", "PLANNED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        Assert.Equal(held, (await partnership.CheckInsAsync())[0]);
    }

    [Theory]
    [InlineData("held_date", "FIELD_REQUIRED")]
    [InlineData("held_date", "DATE_IN_FUTURE")]
    [InlineData("held_date", "DATE_OUTSIDE_TERM")]
    [InlineData("held_date", "DATE_INVALID")]
    [InlineData("participants", "PARTICIPANT_OF_EACH_SIDE_REQUIRED")]
    [InlineData("participants", "NUMBER_OUT_OF_RANGE")]
    [InlineData("participants[0].side", "ENUM_VALUE_REQUIRED")]
    [InlineData("participants[1].function", "TEXT_TOO_LONG")]
    [InlineData("agenda_topics", "NUMBER_OUT_OF_RANGE")]
    [InlineData("agenda_topics[0]", "FIELD_REQUIRED")]
    [InlineData("learned", "TEXT_TOO_LONG")]
    [InlineData("learned", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("actions", "NUMBER_OUT_OF_RANGE")]
    [InlineData("actions[0].description", "FIELD_REQUIRED")]
    [InlineData("actions[0].responsible_side", "ENUM_VALUE_REQUIRED")]
    [InlineData("actions[0].due_date", "DATE_INVALID")]
    public async Task What_is_wrong_with_a_record_is_told_by_field_and_nothing_is_saved(string field, string reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var planned = (await partnership.CheckInsAsync())[0];
        var request = Partnership.Held(planned);
        Spoil(request, field, reason);

        await Refused.ForFieldAsync(field, reason, () => partnership.Officer.RecordCheckInAsync(request).ResponseAsync);

        Assert.Equal(planned, (await partnership.CheckInsAsync())[0]);
        Assert.Equal(1, await service.RevisionsOfAsync(planned.Name));
    }

    [Fact]
    public async Task A_check_in_is_planned_when_somebody_wishes_for_one()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var request = Wish(partnership, Partnership.Today);

        var first = await partnership.Representative.ScheduleCheckInAsync(request);
        var repeat = await partnership.Representative.ScheduleCheckInAsync(request);

        Assert.Equal(first, repeat);
        Assert.Equal((CheckIn.Types.Kind.AdHoc, CheckIn.Types.State.Planned, false), (first.Kind, first.State, first.Overdue));
        Assert.Equal(["Ny lokal"], first.AgendaTopics);
        Assert.Equal(9, (await partnership.NowAsync()).CheckInCount);
        request.CheckIn.AgendaTopics.Add("Något annat");
        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => partnership.Representative.ScheduleCheckInAsync(request).ResponseAsync);
        Assert.Equal(9, (await partnership.NowAsync()).CheckInCount);
    }

    [Fact]
    public async Task A_wished_check_in_lies_ahead_and_within_the_term()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());

        await Refused.ForFieldAsync("check_in.due_date", "DATE_IN_PAST", () => ScheduleAsync(Partnership.Today.AddDays(-1)));
        await Refused.ForFieldAsync("check_in.due_date", "DATE_OUTSIDE_TERM", () => ScheduleAsync(partnership.Activated.EndDate.AddDays(1)));
        await Refused.ForFieldAsync("check_in", "FIELD_REQUIRED", () => partnership.Officer.ScheduleCheckInAsync(
            new ScheduleCheckInRequest { Parent = partnership.Plan.Name, RequestId = Partnership.NewRequest() }).ResponseAsync);
        Assert.Equal(8, (await partnership.NowAsync()).CheckInCount);

        Task ScheduleAsync(DateOnly due) => partnership.Officer.ScheduleCheckInAsync(Wish(partnership, due)).ResponseAsync;
    }

    [Fact]
    public async Task Nothing_is_planned_in_a_plan_that_is_closed()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { CheckInEveryMonths = 0, RenewalTalksDate = null, ReportEveryMonths = 0 }));
        await partnership.CloseAsync();

        var refused = await Refused.ByAsync(
            StatusCode.FailedPrecondition, "PLAN_STATE_NOT_ALLOWED", () => partnership.Officer.ScheduleCheckInAsync(Wish(partnership, Partnership.Today)).ResponseAsync);

        Assert.Equal(("CLOSED", "ACTIVE, SUSPENDED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        Assert.Equal(0, (await partnership.NowAsync()).CheckInCount);
    }

    [Fact]
    public async Task A_check_in_is_changed_only_as_it_was_read()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var planned = (await partnership.CheckInsAsync())[0];
        var (without, stale) = (Partnership.Held(planned), Partnership.Held(planned));
        (without.Etag, stale.Etag) = ("", "\"1\"");

        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => partnership.Officer.RecordCheckInAsync(without).ResponseAsync);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => partnership.Officer.RecordCheckInAsync(stale).ResponseAsync);
        Assert.Equal(planned, (await partnership.CheckInsAsync())[0]);
    }

    [Fact]
    public async Task A_check_in_that_was_wished_for_or_whose_day_has_passed_is_called_off_with_a_reason()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var (past, ahead) = ((await partnership.CheckInsAsync())[0], (await partnership.CheckInsAsync())[^1]);
        var wished = await partnership.Officer.ScheduleCheckInAsync(Wish(partnership, Partnership.Today.AddDays(9)));

        await Refused.ByAsync(StatusCode.FailedPrecondition, "CHECK_IN_LIES_AHEAD", () => CancelAsync(ahead));
        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => CancelAsync(wished, " "));
        var off = await CancelAsync(wished);
        var passed = await CancelAsync(past);

        Assert.Equal((CheckIn.Types.State.Cancelled, "Alla var sjuka.", false), (off.State, off.CancelReason, passed.Overdue));
        Assert.DoesNotContain(await partnership.DueAsync(), i => i.Item == wished.Name || i.Item == past.Name);
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "CHECK_IN_STATE_NOT_ALLOWED", () => CancelAsync(off));
        Assert.Equal(("CANCELLED", "PLANNED"), (refused.Metadata["state"], refused.Metadata["allowed"]));

        // What happens to the agreement afterwards brings neither back.
        await service.TellAsync(partnership.Amended(2, 2, f => f with { ReportEveryMonths = 3 }));
        Assert.DoesNotContain(await partnership.CheckInsAsync(), c => c.DueDate.Equals(past.DueDate) && c.State == CheckIn.Types.State.Planned);

        Task<CheckIn> CancelAsync(CheckIn checkIn, string reason = "Alla var sjuka.") => partnership.Representative.CancelCheckInAsync(
            new CancelCheckInRequest { Name = checkIn.Name, Reason = reason, Etag = checkIn.Etag, RequestId = Partnership.NewRequest() }).ResponseAsync;
    }

    [Fact]
    public async Task Nobody_is_asked_for_the_meetings_of_an_agreement_that_has_ended()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        Assert.Contains(await partnership.DueAsync(), i => i.Kind == DueItem.Types.Kind.CheckIn && i.Overdue);

        await service.TellAsync(partnership.Ended(2));

        Assert.DoesNotContain(await partnership.DueAsync(), i => i.Kind is DueItem.Types.Kind.CheckIn or DueItem.Types.Kind.RenewalTalks);
        Assert.DoesNotContain(
            (await partnership.Officer.ListRemindersAsync(new ListRemindersRequest { Parent = partnership.Plan.Name, PageSize = 200 })).Reminders,
            r => r.State == Reminder.Types.State.Planned && r.Kind is DueItem.Types.Kind.CheckIn or DueItem.Types.Kind.RenewalTalks);
    }

    private static ScheduleCheckInRequest Wish(Partnership partnership, DateOnly due) => new()
    {
        Parent = partnership.Plan.Name,
        CheckIn = new CheckIn { DueDate = due.ToProto(), AgendaTopics = { "Ny lokal" } },
        RequestId = Partnership.NewRequest(),
    };

    private static void Spoil(RecordCheckInRequest request, string field, string reason)
    {
        switch (field, reason)
        {
            case ("held_date", "FIELD_REQUIRED"): request.HeldDate = null; break;
            case ("held_date", "DATE_IN_FUTURE"): request.HeldDate = Partnership.Today.AddDays(1).ToProto(); break;
            case ("held_date", "DATE_OUTSIDE_TERM"): request.HeldDate = Partnership.Today.AddYears(-1).ToProto(); break;
            case ("held_date", "DATE_INVALID"): request.HeldDate = new Date { Year = 2026, Month = 2, Day = 29 }; break;
            case ("participants", "PARTICIPANT_OF_EACH_SIDE_REQUIRED"): request.Participants.RemoveAt(1); break;
            case ("participants", "NUMBER_OUT_OF_RANGE"): request.Participants.Add(Enumerable.Repeat(request.Participants[0], 99)); break;
            case ("participants[0].side", _): request.Participants[0].Side = PartySide.Unspecified; break;
            case ("participants[1].function", _): request.Participants[1].Function = new string('x', 101); break;
            case ("agenda_topics", _): request.AgendaTopics.Add(Enumerable.Repeat("Ett ämne", 31)); break;
            case ("agenda_topics[0]", _): request.AgendaTopics.Add(" "); break;
            case ("learned", "TEXT_TOO_LONG"): request.Learned = new string('x', 10_001); break;
            case ("learned", _): request.Learned = "Deltagaren 19811228-9874 har fått arbete."; break;
            case ("actions", _): request.Actions.Add(Enumerable.Repeat(request.Actions[0], 50)); break;
            case ("actions[0].description", _): request.Actions[0].Description = ""; break;
            case ("actions[0].responsible_side", _): request.Actions[0].ResponsibleSide = (PartySide)9; break;
            default: request.Actions[0].DueDate = new Date { Year = 2026, Month = 13, Day = 1 }; break;
        }
    }
}
