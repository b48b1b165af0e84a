using Iop.Contracts.Events.Agreements;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Types.V1;

namespace Iop.FollowUp.Tests;

[Collection(FollowUpTests.Name)]
public sealed class SummaryTests(FollowUpFixture service)
{
    private const string Municipality = "2281";

    [Fact]
    public async Task A_municipality_sees_its_partnerships_in_numbers()
    {
        Assert.Equal(0, (await SummaryAsync()).PartnershipCount);
        var (start, end) = (new DateOnly(Partnership.Today.Year - 1, 7, 1), new DateOnly(Partnership.Today.Year + 1, 6, 30));
        var one = await FollowAsync(start, end, Partnership.Promises);
        var other = await FollowAsync(start, end, new AgreedPartnership { Domain = "culture", ChallengeCodes = ["loneliness"] });
        await FollowAsync(start, Partnership.Today.AddDays(100), null);
        await one.Officer.CompleteEvaluationAsync(Partnership.Completion(await one.EvaluationAsync(), Evaluation.Types.Verdict.Solved));
        await other.Officer.CompleteEvaluationAsync(Partnership.Completion(await other.EvaluationAsync(), Evaluation.Types.Verdict.NotSolved));
        await other.Officer.RecordCheckInAsync(Partnership.Held((await other.CheckInsAsync())[0]));
        await RecordAsync(one, 123_456.78m);
        await MeasureAsync(one, null, null, 3);
        await MeasureAsync(one, null, 10, null);
        await MeasureAsync(one, null, 10, 9);
        await MeasureAsync(one, 2, 10, 10);
        await MeasureAsync(other, 40, 10, 9);
        await service.TellAsync(other.Suspended(true, 2));

        var summary = await SummaryAsync();

        Assert.Equal((3, 1), (summary.PartnershipCount, summary.EndingWithinYearCount - (end < Partnership.Today.AddYears(1) ? 2 : 0)));
        Assert.Equal([("ACTIVE", 2), ("SUSPENDED", 1)], summary.States.Select(Pair));
        Assert.Equal([("", 1), ("culture", 1), ("social-inclusion", 1)], summary.Domains.Select(Pair));
        Assert.Equal([("loneliness", 2), ("unemployment", 1)], summary.Challenges.Select(Pair));
        Assert.Equal([("young-adults", 1)], summary.TargetGroups.Select(Pair));
        Assert.Equal([("NOT_SOLVED", 1), ("SOLVED", 1)], summary.Verdicts.Select(Pair));
        Assert.Equal(await OverdueAsync(), summary.OverdueCount);
        Assert.Equal([start.Year, start.Year + 1, start.Year + 2], summary.Years.Select(y => y.Year));

        // Spread over the days of the term, and to the öre the whole of it.
        Assert.Equal(800_000m, summary.Years.Sum(y => y.PublicSide.PromisedMoney.ToDecimal()));
        Assert.Equal(200_000m, summary.Years.Sum(y => y.CivilSociety.PromisedInKind.ToDecimal()));
        Assert.Equal(1_800, summary.Years.Sum(y => y.CivilSociety.PromisedHours));
        Assert.Equal((800_000m, 123_456.78m), (summary.PublicSide.PromisedMoney.ToDecimal(), summary.PublicSide.ReceivedMoney.ToDecimal()));
        Assert.Equal((200_000m, 1_800), (summary.CivilSociety.PromisedInKind.ToDecimal(), summary.CivilSociety.PromisedHours));
        Assert.Equal((80, 20), (summary.PublicSide.PromisedShare, summary.CivilSociety.PromisedShare));
        Assert.Equal((100, 0), (summary.PublicSide.ReceivedShare, summary.CivilSociety.ReceivedShare));
        Assert.All(summary.Years, y => Assert.Equal((80, 20), (y.PublicSide.PromisedShare, y.CivilSociety.PromisedShare)));
        Assert.Equal([("NO_TARGET", 1), ("NOT_MEASURED", 1), ("NOT_REACHED", 1), ("REACHED", 2)], summary.IndicatorOutcomes.Select(Pair));
        var days = end.AddDays(1).DayNumber - start.DayNumber;
        Assert.Equal(Math.Round(800_000m * 184 / days, 2), summary.Years[0].PublicSide.PromisedMoney.ToDecimal());

        // What came in over the turn of a year stands beside what was promised for each of them.
        var held = Partnership.Today.AddDays(1).DayNumber - start.DayNumber;
        Assert.Equal(Math.Round(123_456.78m * 184 / held, 2), summary.Years[0].PublicSide.ReceivedMoney.ToDecimal());
        Assert.Equal(123_456.78m, summary.Years.Sum(y => y.PublicSide.ReceivedMoney.ToDecimal()));
        Assert.All(summary.Years, y => Assert.Equal(0, y.PublicSide.ReceivedInKind.ToDecimal()));
        Assert.DoesNotContain("2281", (await service.Client(Roles.Auditor, "0580").GetMunicipalitySummaryAsync(
            new GetMunicipalitySummaryRequest { Parent = "municipalities/0580" })).ToString(), StringComparison.Ordinal);
    }

    private static (string Code, int Count) Pair(CountByCode counted) => (counted.Code, counted.Count);

    private Task<Partnership> FollowAsync(DateOnly start, DateOnly end, AgreedPartnership? partnership) => service.FollowAsync(
        Partnership.Agreement(Municipality, f => f with { EvaluationDate = end, RenewalTalksDate = null }) with { StartDate = start, EndDate = end, Partnership = partnership ?? new AgreedPartnership() });

    private static Task<ContributionEntry> RecordAsync(Partnership partnership, decimal value) => partnership.Officer.RecordContributionAsync(new RecordContributionRequest
    {
        Parent = partnership.Plan.Name,
        ContributionEntry = new ContributionEntry
        {
            PartyId = "kommunen",
            Type = ContributionType.Money,
            PeriodStartDate = partnership.Activated.StartDate.ToProto(),
            PeriodEndDate = Partnership.Today.ToProto(),
            Value = value.ToProto(),
        },
        RequestId = Partnership.NewRequest(),
    }).ResponseAsync;

    private static async Task MeasureAsync(Partnership partnership, double? baseline, double? target, double? value)
    {
        var indicator = new Indicator { DisplayName = "Öppna kvällar" };
        if (baseline is { } from)
        {
            indicator.Baseline = from;
        }

        if (target is { } to)
        {
            indicator.Target = to;
        }

        indicator = await partnership.Officer.CreateIndicatorAsync(new CreateIndicatorRequest { Parent = partnership.Plan.Name, Indicator = indicator, RequestId = Partnership.NewRequest() });
        if (value is { } measured)
        {
            await partnership.Officer.RecordIndicatorValueAsync(new RecordIndicatorValueRequest
            {
                Name = indicator.Name,
                Value = new IndicatorValue { Date = Partnership.Today.ToProto(), Value = measured },
                Etag = indicator.Etag,
                RequestId = Partnership.NewRequest(),
            });
        }
    }

    private async Task<GetMunicipalitySummaryResponse> SummaryAsync() => await service.Client(Roles.DecisionMaker, Municipality)
        .GetMunicipalitySummaryAsync(new GetMunicipalitySummaryRequest { Parent = $"municipalities/{Municipality}" });

    private async Task<int> OverdueAsync() => (await service.Officer(Municipality).ListDueItemsAsync(
        new ListDueItemsRequest { Parent = $"municipalities/{Municipality}", PageSize = 200 })).DueItems.Count(i => i.Overdue);
}
