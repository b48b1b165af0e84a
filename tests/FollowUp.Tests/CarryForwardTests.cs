using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using static Iop.FollowUp.Tests.Entrusted;
using States = Iop.FollowUp.V1.OvercompensationCheck.Types.State;

namespace Iop.FollowUp.Tests;

/// <summary>A little too much may be carried to the next period, and counts there; more is paid back. Source: decision 2012/21/EU, article 6.2.</summary>
[Collection(FollowUpTests.Name)]
public sealed class CarryForwardTests(FollowUpFixture service)
{
    [Fact]
    public async Task At_most_a_tenth_of_a_year_is_carried_and_counted_in_the_next_period()
    {
        var partnership = await FollowAsync();
        var checks = await ChecksAsync(partnership);
        var tooMuch = Finding(checks[0], 500_000.05m, 450_000.04m, 0, carryForward: true);
        var refused = await Refused.ForFieldAsync("finding.carry_forward", "CARRY_FORWARD_NOT_ALLOWED", () => partnership.Officer.RecordOvercompensationCheckAsync(tooMuch).ResponseAsync);
        Assert.Contains("50\u00a0000,00", refused.Detail<Google.Rpc.BadRequest>().FieldViolations[0].Description, StringComparison.Ordinal);

        var carried = await partnership.Officer.RecordOvercompensationCheckAsync(Finding(checks[0], 500_000.05m, 450_000.05m, 0, carryForward: true));
        Assert.Equal((50_000m, 50_000m, 50_000m, 0m, ""), (Sum(carried.Finding.Overcompensation), Sum(carried.Finding.CarryForwardLimit), Sum(carried.Finding.CarriedForward), Sum(carried.Finding.Repayment), carried.Deviation));

        // What was carried was taken from what was paid next, and nothing is too much.
        var next = await partnership.Officer.RecordOvercompensationCheckAsync(Finding(checks[1], 450_000m, 500_000m, 0));
        Assert.Equal((50_000m, 0m, OvercompensationFinding.Types.Result.NoOvercompensation), (Sum(next.Finding.CarriedIn), Sum(next.Finding.Overcompensation), next.Finding.Result));
        Assert.Empty(await DeviationsAsync(partnership));
    }

    [Fact]
    public async Task What_is_not_carried_is_paid_back_and_how_well_the_partnership_did_has_nothing_to_do_with_it()
    {
        var partnership = await FollowAsync();
        var checks = await ChecksAsync(partnership);
        await partnership.Officer.CompleteEvaluationAsync(Partnership.Completion(await partnership.EvaluationAsync(), Evaluation.Types.Verdict.NotSolved));
        Assert.Equal(checks, await ChecksAsync(partnership));
        Assert.Empty(await DeviationsAsync(partnership));

        var kept = await partnership.Officer.RecordOvercompensationCheckAsync(Finding(checks[0], 500_000m, 490_000m, 0));

        Assert.Equal((0m, 10_000m), (Sum(kept.Finding.CarriedForward), Sum(kept.Finding.Repayment)));
        var deviation = Assert.Single(await DeviationsAsync(partnership));
        Assert.Contains("betalas tillbaka, och grunderna för ersättningen ses över", deviation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_period_carries_nothing()
    {
        var start = Partnership.Today.AddMonths(-14);
        var partnership = await service.FollowEntrustedAsync(start, Partnership.Today.AddDays(-1));
        var last = (await ChecksAsync(partnership))[^1];

        await Refused.ForFieldAsync("finding.carry_forward", "CARRY_FORWARD_NOT_ALLOWED", () => partnership.Officer.RecordOvercompensationCheckAsync(Finding(last, 500_000m, 499_999.99m, 0, carryForward: true)).ResponseAsync);

        var found = await partnership.Officer.RecordOvercompensationCheckAsync(Finding(last, 500_000m, 499_999.99m, 0));
        Assert.Equal((0m, 0.01m), (Sum(found.Finding.CarryForwardLimit), Sum(found.Finding.Repayment)));
    }

    [Fact]
    public async Task A_correction_is_counted_in_the_checks_that_come_after_it_and_may_make_them_too_much()
    {
        var partnership = await FollowAsync();
        var checks = await ChecksAsync(partnership);
        var second = await partnership.Officer.RecordOvercompensationCheckAsync(Finding(checks[1], 500_000m, 460_000m, 0, carryForward: true));
        Assert.Equal((0m, 40_000m), (Sum(second.Finding.CarriedIn), Sum(second.Finding.CarriedForward)));

        var first = await partnership.Officer.RecordOvercompensationCheckAsync(Finding(checks[0], 500_000m, 492_000m, 0, carryForward: true));
        var counted = (await ChecksAsync(partnership))[1];
        Assert.Equal((8_000m, 48_000m, ""), (Sum(counted.Finding.CarriedIn), Sum(counted.Finding.CarriedForward), counted.Deviation));
        Assert.Equal((second.Finding, "Det som förs över från perioden före, eller till perioden efter, har ändrats."), (counted.EarlierFindings[0].Finding, counted.EarlierFindings[0].CorrectionReason));

        await partnership.Officer.RecordOvercompensationCheckAsync(Finding(first, 500_000m, 470_000m, 0, carryForward: true, "En faktura räknades två gånger."));
        counted = (await ChecksAsync(partnership))[1];
        Assert.Equal((30_000m, false, 70_000m), (Sum(counted.Finding.CarriedIn), counted.Finding.CarryForward, Sum(counted.Finding.Repayment)));
        Assert.Contains("70\u00a0000,00 kronor", Assert.Single(await DeviationsAsync(partnership), d => d.Name == counted.Deviation).Description, StringComparison.Ordinal);
        Assert.Equal(4, await service.RevisionsOfAsync(counted.Name));
    }

    [Fact]
    public async Task What_was_carried_to_a_period_that_the_agreement_did_not_live_to_see_is_paid_back()
    {
        var start = Partnership.Today.AddYears(-1).AddDays(-2);
        var partnership = await service.FollowEntrustedAsync(start, start.AddYears(2).AddDays(-1));
        var carried = await partnership.Officer.RecordOvercompensationCheckAsync(Finding((await ChecksAsync(partnership))[0], 500_000m, 460_000m, 0, carryForward: true));
        Assert.Empty(await DeviationsAsync(partnership));

        await service.TellAsync(partnership.Ended(2, carried.PeriodEndDate.ToDateOnly()));

        var checks = await ChecksAsync(partnership);
        Assert.Equal([States.Recorded, States.Cancelled], checks.Select(c => c.State));
        Assert.Equal((false, 0m, 40_000m), (checks[0].Finding.CarryForward, Sum(checks[0].Finding.CarriedForward), Sum(checks[0].Finding.Repayment)));
        Assert.Equal(carried.Finding, checks[0].EarlierFindings[0].Finding);
        Assert.Equal(checks[0].Deviation, Assert.Single(await DeviationsAsync(partnership)).Name);
    }

    // Two years have passed, and the third runs.
    private Task<Partnership> FollowAsync()
    {
        var start = Partnership.Today.AddMonths(-26);
        return service.FollowEntrustedAsync(start, start.AddYears(3).AddDays(-1));
    }

    private static decimal Sum(Types.V1.Money money) => money.ToDecimal();

    private static async Task<IReadOnlyList<Deviation>> DeviationsAsync(Partnership partnership) =>
        (await partnership.Officer.ListDeviationsAsync(new ListDeviationsRequest { Parent = partnership.Plan.Name })).Deviations;
}
