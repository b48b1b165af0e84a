using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;

namespace Iop.FollowUp.Tests;

/// <summary>What one side records breaks nothing for the other, however large or far away it is.</summary>
[Collection(FollowUpTests.Name)]
public sealed class LimitTests(FollowUpFixture service)
{
    private static readonly Date LastOfAll = DateOnly.MaxValue.ToProto();

    [Fact]
    public async Task A_day_that_no_calendar_reminds_of_is_refused_and_the_list_of_what_is_due_can_be_read()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement("1490"));
        var record = Partnership.Held((await partnership.CheckInsAsync())[0]);
        record.Actions[0].DueDate = LastOfAll;
        await Refused.ForFieldAsync("actions[0].due_date", "DATE_OUTSIDE_TERM", () => partnership.Representative.RecordCheckInAsync(record).ResponseAsync);
        var deviation = new RecordDeviationRequest
        {
            Parent = partnership.Plan.Name,
            Deviation = new Deviation { Type = Deviation.Types.Type.GoalNotReached, Description = "Lokalen är stängd.", NoticedDate = Partnership.Today.ToProto(), DueDate = LastOfAll },
            RequestId = Partnership.NewRequest(),
        };
        await Refused.ForFieldAsync("deviation.due_date", "DATE_OUTSIDE_TERM", () => partnership.Representative.RecordDeviationAsync(deviation).ResponseAsync);

        // A year after the term there may still be something to do.
        record.Actions[0].DueDate = partnership.Activated.EndDate.AddYears(1).ToProto();
        deviation.Deviation.DueDate = record.Actions[0].DueDate;
        await partnership.Representative.RecordCheckInAsync(record);
        await partnership.Representative.RecordDeviationAsync(deviation);
        Assert.Equal(2, (await partnership.DueAsync()).Count(item => item.DueDate.Equals(record.Actions[0].DueDate)));
        Assert.NotEmpty((await partnership.Officer.ListRemindersAsync(new ListRemindersRequest { Parent = partnership.Plan.Name, PageSize = 200 })).Reminders);
    }

    [Fact]
    public async Task Sums_that_no_partnership_has_are_refused_and_the_summaries_can_be_read()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement("1491") with { Partnership = Partnership.Promises });
        var parent = new RecordContributionRequest
        {
            Parent = partnership.Plan.Name,
            ContributionEntry = new ContributionEntry
            {
                PartyId = "foreningen",
                Type = ContributionType.Staff,
                PeriodStartDate = partnership.Activated.StartDate.ToProto(),
                PeriodEndDate = Partnership.Today.ToProto(),
                Value = new Money { CurrencyCode = "SEK", Units = long.MaxValue },
                Hours = 10_000_000,
            },
        };
        await Refused.ForFieldAsync("contribution_entry.value", "MONEY_INVALID", () => partnership.Representative.RecordContributionAsync(parent).ResponseAsync);
        parent.ContributionEntry.Value = 1m.ToProto();
        await Refused.ForFieldAsync("contribution_entry.hours", "NUMBER_OUT_OF_RANGE", () => partnership.Representative.RecordContributionAsync(parent).ResponseAsync);

        // As much as can be written at all, so often that the hours of all are more than a number of 32 bits holds.
        (parent.ContributionEntry.Value, parent.ContributionEntry.Hours) = (999_999_999_999.99m.ToProto(), 1_000_000);
        parent.RequestId = Partnership.NewRequest();
        var entry = await partnership.Representative.RecordContributionAsync(parent);
        await service.CountAsync(
            """
            WITH more AS (
                INSERT INTO contribution_entry
                SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).*
                FROM contribution_entry AS c, generate_series(1, 2200) WHERE c.id = $1::uuid RETURNING 1)
            SELECT count(*) FROM more
            """,
            entry.Name[^36..]);

        var summary = await partnership.Officer.GetContributionSummaryAsync(new GetContributionSummaryRequest { Name = partnership.Plan.Name });
        Assert.Equal(2_201_000_000L, (long)summary.Balances.Single(b => b.Type == ContributionType.Staff).ReceivedHours);
        var municipality = await partnership.Officer.GetMunicipalitySummaryAsync(new GetMunicipalitySummaryRequest { Parent = "municipalities/1491" });
        Assert.Equal(2_201_000_000L, (long)municipality.CivilSociety.ReceivedHours);
    }

    [Fact]
    public async Task Two_actions_in_the_same_words_are_done_each_for_itself_when_the_record_is_corrected()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var record = Partnership.Held((await partnership.CheckInsAsync())[0]);
        record.Actions.Add(record.Actions[0].Clone());
        var held = await partnership.Officer.RecordCheckInAsync(record);
        held = await partnership.Officer.MarkActionAsync(new MarkActionRequest { Name = held.Name, Number = 2, Done = true, Etag = held.Etag, RequestId = Partnership.NewRequest() });
        var correction = Partnership.Held(held);
        correction.Actions.Add(record.Actions[0].Clone());
        correction.CorrectionReason = "Fel dag.";

        held = await partnership.Representative.RecordCheckInAsync(correction);

        Assert.Equal([false, true], held.Actions.Select(action => action.Done));
    }

    [Fact]
    public async Task A_group_is_as_large_as_the_guideline_asks_when_the_value_is_recorded()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var indicator = await partnership.Officer.CreateIndicatorAsync(new CreateIndicatorRequest
        {
            Parent = partnership.Plan.Name,
            Indicator = new Indicator { DisplayName = "Deltagare med arbete", Unit = "procent", AboutPeople = true },
            RequestId = Partnership.NewRequest(),
        });
        await service.TellAsync(partnership.Amended(2, 2, f => f with { MinimumGroupSize = 20 }));
        var value = new RecordIndicatorValueRequest
        {
            Name = indicator.Name,
            Value = new IndicatorValue { Date = Partnership.Today.ToProto(), Value = 40, GroupSize = 10 },
            Etag = indicator.Etag,
            RequestId = Partnership.NewRequest(),
        };

        await Refused.ForFieldAsync("value.group_size", "GROUP_TOO_SMALL", () => partnership.Officer.RecordIndicatorValueAsync(value).ResponseAsync);
    }
}
