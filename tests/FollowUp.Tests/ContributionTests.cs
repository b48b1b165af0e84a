using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class ContributionTests(FollowUpFixture service)
{
    [Fact]
    public async Task What_comes_in_is_weighed_against_what_was_promised_on_both_sides()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement() with { Partnership = Partnership.Promises });
        await RecordAsync(partnership.Officer, partnership, Money(partnership, 150_000.50m));
        var mistake = await RecordAsync(partnership.Officer, partnership, Money(partnership, 999_999));
        await RecordAsync(partnership.Representative, partnership, Hours(partnership, 300, 33_333.33m));
        var voided = await partnership.Officer.VoidContributionAsync(Void(mistake));
        Assert.Equal((ContributionEntry.Types.State.Voided, "Fel belopp."), (voided.State, voided.VoidReason));

        var summary = await partnership.Representative.GetContributionSummaryAsync(new GetContributionSummaryRequest { Name = partnership.Plan.Name });

        Assert.Equal(
            [
                ("kommunen", PartySide.Public, ContributionType.Money, 800_000m, 150_000.50m, 0, 0),
                ("foreningen", PartySide.CivilSociety, ContributionType.VolunteerHours, 200_000m, 33_333.33m, 1_800, 300),
            ],
            summary.Balances.Select(b => (b.PartyId, b.Side, b.Type, b.PromisedValue.ToDecimal(), b.ReceivedValue.ToDecimal(), b.PromisedHours, b.ReceivedHours)));
        Assert.Equal((20.0, 18.2), (summary.CivilSocietySharePromised, summary.CivilSocietyShareReceived));
        Assert.Equal(3, (await partnership.Officer.ListContributionEntriesAsync(new ListContributionEntriesRequest { Parent = partnership.Plan.Name })).ContributionEntries.Count);
        Assert.Equal(voided, await partnership.Officer.GetContributionEntryAsync(new GetContributionEntryRequest { Name = voided.Name }));
    }

    [Fact]
    public async Task Each_side_records_and_voids_what_is_its_own()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement() with { Partnership = Partnership.Promises });
        await Refused.ForFieldAsync(
            "contribution_entry.party_id", "PARTY_NOT_IN_AGREEMENT", () => RecordAsync(partnership.Officer, partnership, Hours(partnership, 10, 0)));
        var hours = await RecordAsync(partnership.Representative, partnership, Hours(partnership, 10, 0));

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => partnership.Officer.VoidContributionAsync(Void(hours)).ResponseAsync);
        var voided = await partnership.Representative.VoidContributionAsync(Void(hours));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "CONTRIBUTION_STATE_NOT_ALLOWED", () => partnership.Representative.VoidContributionAsync(Void(voided)).ResponseAsync);
        Assert.Equal(("VOIDED", "RECORDED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
    }

    [Theory]
    [InlineData("contribution_entry.type", "ENUM_VALUE_REQUIRED")]
    [InlineData("contribution_entry.party_id", "PARTY_NOT_IN_AGREEMENT")]
    [InlineData("contribution_entry.value", "MONEY_INVALID")]
    [InlineData("contribution_entry.hours", "NUMBER_OUT_OF_RANGE")]
    [InlineData("contribution_entry.period_end_date", "DATE_ORDER")]
    [InlineData("contribution_entry.period_end_date", "DATE_IN_FUTURE")]
    [InlineData("contribution_entry.period_start_date", "DATE_OUTSIDE_TERM")]
    [InlineData("contribution_entry.period_start_date", "FIELD_REQUIRED")]
    public async Task What_is_wrong_with_an_entry_is_told_by_field(string field, string reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement() with { Partnership = Partnership.Promises });
        var entry = Money(partnership, 100);
        switch (field, reason)
        {
            case ("contribution_entry.type", _): entry.Type = ContributionType.Unspecified; break;
            case ("contribution_entry.party_id", _): entry.PartyId = "Någon Annan"; break;
            case ("contribution_entry.value", _): entry.Value = null; break;
            case ("contribution_entry.hours", _): entry.Hours = 1; break;
            case (_, "DATE_ORDER"): entry.PeriodEndDate = partnership.Activated.StartDate.AddDays(-1).ToProto(); break;
            case (_, "DATE_IN_FUTURE"): entry.PeriodEndDate = Partnership.Today.AddDays(1).ToProto(); break;
            case (_, "DATE_OUTSIDE_TERM"): entry.PeriodStartDate = partnership.Activated.StartDate.AddDays(-1).ToProto(); break;
            default: entry.PeriodStartDate = null; break;
        }

        await Refused.ForFieldAsync(field, reason, () => RecordAsync(partnership.Officer, partnership, entry));
    }

    private static Task<ContributionEntry> RecordAsync(FollowUpService.FollowUpServiceClient client, Partnership partnership, ContributionEntry entry) =>
        client.RecordContributionAsync(new RecordContributionRequest { Parent = partnership.Plan.Name, ContributionEntry = entry, RequestId = Partnership.NewRequest() }).ResponseAsync;

    private static VoidContributionRequest Void(ContributionEntry entry) =>
        new() { Name = entry.Name, Reason = "Fel belopp.", Etag = entry.Etag, RequestId = Partnership.NewRequest() };

    private static ContributionEntry Money(Partnership partnership, decimal value) => new()
    {
        PartyId = "kommunen",
        Type = ContributionType.Money,
        Description = "Första utbetalningen",
        PeriodStartDate = partnership.Activated.StartDate.ToProto(),
        PeriodEndDate = Partnership.Today.ToProto(),
        Value = value.ToProto(),
    };

    private static ContributionEntry Hours(Partnership partnership, int hours, decimal value) => new()
    {
        PartyId = "foreningen",
        Type = ContributionType.VolunteerHours,
        PeriodStartDate = partnership.Activated.StartDate.ToProto(),
        PeriodEndDate = Partnership.Today.ToProto(),
        Value = value.ToProto(),
        Hours = hours,
    };
}
