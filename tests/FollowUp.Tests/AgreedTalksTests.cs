using Grpc.Core;
using Iop.Contracts.Events;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;
using CheckInKinds = Iop.FollowUp.V1.CheckIn.Types.Kind;
using CheckInStates = Iop.FollowUp.V1.CheckIn.Types.State;

namespace Iop.FollowUp.Tests;

/// <summary>Talks about continuing that stand in the agreement are waited for no more. Rule: ga-continuation-dialogue.</summary>
[Collection(FollowUpTests.Name)]
public sealed class AgreedTalksTests(FollowUpFixture service)
{
    [Fact]
    public async Task Talks_recorded_in_the_agreement_settle_those_of_the_plan_with_a_reference_and_nobody_is_reminded()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        Assert.Contains(await partnership.DueAsync(), IsTalks);

        await service.TellAsync(partnership.Talked(1, 2, Partnership.Today.AddDays(-3)));

        var talks = Assert.Single(await TalksAsync(partnership));
        Assert.Equal((CheckInStates.Held, Partnership.Today.AddDays(-3), PartySide.CivilSociety), (talks.State, talks.HeldDate.ToDateOnly(), talks.RecordedBy));
        Assert.Equal((1, true), (talks.TalksNumber, talks.HeldByAgreement));
        Assert.DoesNotContain(await partnership.DueAsync(), IsTalks);
        Assert.Equal(0, await service.CountAsync("SELECT count(*) FROM reminder WHERE item_id = $1::uuid AND state = 'Planned'", talks.Name[^36..]));
    }

    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(3, 1, 2, 0, 3, 0)]
    [InlineData(1, 0, 3, 2)]
    [InlineData(2, 3, 0, 1, 1)]
    public async Task However_often_late_and_mixed_it_is_told_each_time_of_the_agreement_has_its_talks_once(params int[] order)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        IntegrationEvent[] told =
        [
            partnership.Talked(1, 2, Partnership.Today.AddDays(-30)),
            partnership.Extended(1, 3) with { OccurredAt = DateTimeOffset.UtcNow.AddDays(-10) },
            partnership.Talked(2, 4, Partnership.Today.AddDays(-2)),
            partnership.Talked(2, 5, Partnership.Today.AddDays(-1)),
        ];

        await service.TellAsync([.. order.Select(i => told[i] with { EventId = Guid.CreateVersion7() })]);

        var talks = partnership.Activated.FollowUp.RenewalTalksDate!.Value;
        Assert.Equal(
            [(1, CheckInStates.Held, Partnership.Today.AddDays(-30), talks), (2, CheckInStates.Held, Partnership.Today.AddDays(-1), talks.AddYears(1))],
            (await TalksAsync(partnership)).Select(t => (t.TalksNumber, t.State, t.HeldDate.ToDateOnly(), t.DueDate.ToDateOnly())));
    }

    [Fact]
    public async Task Talks_before_an_extension_leave_those_after_it_to_be_held()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());

        await service.TellAsync(partnership.Extended(1, 3), partnership.Talked(1, 2));

        Assert.Equal([(1, CheckInStates.Held), (0, CheckInStates.Planned)], (await TalksAsync(partnership)).Select(t => (t.TalksNumber, t.State)));
        Assert.Single(await partnership.DueAsync(), IsTalks);
    }

    [Fact]
    public async Task What_the_parties_had_recorded_themselves_stays_theirs()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var held = await partnership.Officer.RecordCheckInAsync(Partnership.Held((await TalksAsync(partnership))[0]));
        await service.Heard.HeardAsync<RenewalTalksHeld>(held.Name);

        // The agreement tells of it again, and of the same talks recorded there too.
        await service.TellAsync(partnership.Talked(1, 2, checkIn: held.Name));
        Assert.Equal(held, (await TalksAsync(partnership))[0]);
        await service.TellAsync(partnership.Talked(2, 3), partnership.Talked(2, 4, Partnership.Today.AddDays(-1)));

        var talks = Assert.Single(await TalksAsync(partnership));
        Assert.Equal((held.HeldDate, held.RecordedBy, 2, false), (talks.HeldDate, talks.RecordedBy, talks.TalksNumber, talks.HeldByAgreement));
        Assert.Equal(held.Participants, talks.Participants);
    }

    [Fact]
    public async Task The_parties_add_what_was_said_and_the_day_stays_that_of_the_agreement()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        await service.TellAsync(partnership.Talked(1, 2, Partnership.Today.AddDays(-1)));
        var added = Partnership.Held((await TalksAsync(partnership))[0]);
        added.CorrectionReason = "Vi lägger till vad som sades.";
        await Refused.ByAsync(StatusCode.FailedPrecondition, "TALKS_OF_AGREEMENT", () => partnership.Officer.RecordCheckInAsync(added).ResponseAsync);
        added.HeldDate = Partnership.Today.AddDays(-1).ToProto();

        var talks = await partnership.Officer.RecordCheckInAsync(added);
        Assert.Equal((added.Learned, PartySide.Public, true), (talks.Learned, talks.RecordedBy, talks.HeldByAgreement));
        await service.TellAsync(partnership.Talked(1, 3, Partnership.Today.AddDays(-4)));

        var corrected = (await TalksAsync(partnership))[0];
        Assert.Equal((Partnership.Today.AddDays(-4), talks.Learned, PartySide.Public), (corrected.HeldDate.ToDateOnly(), corrected.Learned, corrected.RecordedBy));
        Assert.Equal(0, await service.CountAsync("SELECT count(*) FROM outbox WHERE subject = $1 AND type LIKE '%RenewalTalksHeld'", talks.Name));
    }

    [Fact]
    public async Task A_day_that_is_corrected_here_is_told_once_more()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var held = await partnership.Officer.RecordCheckInAsync(Partnership.Held((await TalksAsync(partnership))[0]));
        var wording = Partnership.Held(held);
        (wording.Learned, wording.CorrectionReason) = ("Vi fortsätter gärna.", "Ett ord saknades.");
        held = await partnership.Officer.RecordCheckInAsync(wording);
        var day = Partnership.Held(held);
        (day.HeldDate, day.CorrectionReason) = (Partnership.Today.AddDays(-5).ToProto(), "Fel dag.");
        held = await partnership.Officer.RecordCheckInAsync(day);

        var told = await Eventually.SomethingAsync(() => Task.FromResult(service.Heard.Of(held.Name).OfType<RenewalTalksHeld>().ToList() is { Count: 2 } two ? two : null));
        Assert.Equal([Partnership.Today, Partnership.Today.AddDays(-5)], told.OrderBy(t => t.Sequence).Select(t => t.HeldDate));
    }

    [Fact]
    public async Task Talks_that_a_side_has_called_off_stay_called_off_and_those_of_an_ended_agreement_are_noted()
    {
        var start = Partnership.Today.AddMonths(-20);
        var (off, ended) = (await FollowAsync(start), await FollowAsync(start));
        await off.Officer.CancelCheckInAsync(new CancelCheckInRequest { Name = (await TalksAsync(off))[0].Name, Reason = "Vi har bestämt oss.", Etag = (await TalksAsync(off))[0].Etag, RequestId = Partnership.NewRequest() });

        await service.TellAsync(off.Talked(1, 2));
        await service.TellAsync(ended.Ended(3), ended.Talked(1, 2));

        Assert.Equal((CheckInStates.Cancelled, 0), ((await TalksAsync(off))[0].State, (await TalksAsync(off))[0].TalksNumber));
        Assert.Equal((CheckInStates.Held, 1), ((await TalksAsync(ended))[0].State, (await TalksAsync(ended))[0].TalksNumber));

        Task<Partnership> FollowAsync(DateOnly first) => service.FollowAsync(
            Partnership.Agreement(followUp: f => f with { RenewalTalksDate = Partnership.Today.AddDays(-2) }) with { StartDate = first });
    }

    private static bool IsTalks(DueItem item) => item.Kind == DueItem.Types.Kind.RenewalTalks;

    private static async Task<IReadOnlyList<CheckIn>> TalksAsync(Partnership partnership) =>
        [.. (await partnership.CheckInsAsync()).Where(c => c.Kind == CheckInKinds.RenewalTalks)];
}
