using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;

namespace Iop.FollowUp.Tests;

/// <summary>What the parties do with a check-in that has been held.</summary>
[Collection(FollowUpTests.Name)]
public sealed class HeldCheckInTests(FollowUpFixture service)
{
    [Fact]
    public async Task What_was_recorded_wrongly_is_corrected_with_a_reason_and_what_is_done_stays_done()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var planned = (await partnership.CheckInsAsync())[0];
        var early = Partnership.Held(planned);
        early.CorrectionReason = "Fel dag.";
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CHECK_IN_NOT_HELD", () => partnership.Officer.RecordCheckInAsync(early).ResponseAsync);
        var held = await partnership.Officer.RecordCheckInAsync(Partnership.Held(planned));
        held = await partnership.Officer.MarkActionAsync(new MarkActionRequest { Name = held.Name, Number = 1, Done = true, Etag = held.Etag, RequestId = Partnership.NewRequest() });
        var correction = Partnership.Held(held);
        (correction.HeldDate, correction.Learned, correction.CorrectionReason) = (Partnership.Today.AddDays(-2).ToProto(), "Fler kommer på kvällen.", "Ring Fatima om dagen.");
        correction.Actions.Add(new AgreedAction { Description = "Fråga fler" });
        await Refused.ForFieldAsync("correction_reason", "PERSONAL_NAME_SUSPECTED", () => partnership.Representative.RecordCheckInAsync(correction).ResponseAsync);
        correction.CorrectionReason = "Mötet var två dagar före.";

        var corrected = await partnership.Representative.RecordCheckInAsync(correction);

        Assert.Equal(
            (CheckIn.Types.State.Held, Partnership.Today.AddDays(-2), "Fler kommer på kvällen.", "Mötet var två dagar före.", PartySide.CivilSociety),
            (corrected.State, corrected.HeldDate.ToDateOnly(), corrected.Learned, corrected.CorrectionReason, corrected.RecordedBy));
        Assert.Equal([true, false], corrected.Actions.Select(a => a.Done));
        Assert.Equal(held.AgendaTopics, corrected.AgendaTopics);
        Assert.Equal(1, await service.CountAsync("SELECT count(*) FROM revision WHERE subject = $1 AND reason = $2", held.Name, "Mötet var två dagar före."));
    }

    [Fact]
    public async Task An_action_is_due_until_it_is_marked_as_done_and_the_mark_can_be_taken_back()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var planned = (await partnership.CheckInsAsync())[0];
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CHECK_IN_NOT_HELD", () => MarkAsync(planned, 1, done: true));
        var held = await partnership.Representative.RecordCheckInAsync(Partnership.Held(planned));
        var due = Assert.Single(await ActionsAsync());
        Assert.Equal((held.Name, 1, "organisation-representative", Partnership.Today.AddMonths(1)), (due.Item, due.ActionNumber, due.ResponsibleRole, due.DueDate.ToDateOnly()));

        var done = await MarkAsync(held, 1, done: true);
        Assert.Equal((true, Partnership.Today), (done.Actions[0].Done, done.Actions[0].DoneDate.ToDateOnly()));
        Assert.Empty(await ActionsAsync());
        var undone = await MarkAsync(done, 1, done: false);
        Assert.False(undone.Actions[0].Done);
        Assert.Single(await ActionsAsync());
        await Refused.ForFieldAsync("number", "NUMBER_OUT_OF_RANGE", () => MarkAsync(undone, 2, done: true));
        Assert.Equal(undone, await partnership.Officer.GetCheckInAsync(new GetCheckInRequest { Name = held.Name }));

        Task<CheckIn> MarkAsync(CheckIn checkIn, int number, bool done) => partnership.Officer.MarkActionAsync(
            new MarkActionRequest { Name = checkIn.Name, Number = number, Done = done, Etag = checkIn.Etag, RequestId = Partnership.NewRequest() }).ResponseAsync;

        async Task<IReadOnlyList<DueItem>> ActionsAsync() =>
            [.. (await partnership.DueAsync()).Where(i => i.Kind == DueItem.Types.Kind.Action)];
    }
}
