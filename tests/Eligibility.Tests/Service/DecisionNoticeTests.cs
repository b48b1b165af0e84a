using Grpc.Core;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Testing;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;

namespace Iop.Eligibility.Tests.Service;

/// <summary>That a decision is announced, and final only when nobody can ask for a legality review any more (kommunallagen 13 kap.).</summary>
[Collection(nameof(Eligibility))]
public sealed class DecisionNoticeTests(EligibilityFixture service)
{
    private readonly Journey _eslov = new(service, EligibilityFixture.Eslov);

    [Fact]
    public async Task A_decision_is_final_no_earlier_than_the_day_after_three_weeks_from_its_announcement()
    {
        var @case = await _eslov.AsDecider.DecideCaseAsync(_eslov.Decide(await _eslov.SubmittedAsync()));
        Assert.Null(@case.Decision.AnnounceDate);

        await Refused.ForFieldAsync("final_date", "FINAL_BEFORE_REVIEW", () => AnnounceAsync(@case, 0, 21));
        @case = await AnnounceAsync(@case, 0, null);
        Assert.Equal((Journey.Today, null), (@case.Decision.AnnounceDate, @case.Decision.FinalDate));

        @case = await AnnounceAsync(@case, 0, 22);
        Assert.Equal(Day(22), @case.Decision.FinalDate);

        // Those who pay by it are told each time.
        var told = (await service.EventsOfAsync(@case.Name, 3)).OfType<CaseDecisionAnnounced>().OrderBy(@event => @event.Sequence).ToList();
        Assert.Equal([null, new DateOnly(Day(22).Year, Day(22).Month, Day(22).Day)], told.Select(@event => @event.FinalDate));
        var memo = await _eslov.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo", Format = DecisionMemoFormat.Markdown });
        Assert.Contains("Att protokollet justerats tillkännagavs den", memo.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "DATE_ORDER")]
    [InlineData(1, "DATE_IN_FUTURE")]
    public async Task It_is_announced_after_it_was_made_and_not_in_the_future(int days, string reason)
    {
        var @case = await _eslov.AsDecider.DecideCaseAsync(_eslov.Decide(await _eslov.SubmittedAsync()));
        await Refused.ForFieldAsync("announce_date", reason, () => AnnounceAsync(@case, days, null));
    }

    [Fact]
    public async Task A_day_from_which_no_time_of_review_can_be_counted_is_refused_as_any_to_come()
    {
        var @case = await _eslov.AsDecider.DecideCaseAsync(_eslov.Decide(await _eslov.SubmittedAsync()));
        var request = new AnnounceDecisionRequest { Name = @case.Name, Etag = @case.Etag, AnnounceDate = new Date { Year = 9999, Month = 12, Day = 31 } };
        await Refused.ForFieldAsync("announce_date", "DATE_IN_FUTURE", () => _eslov.AsOfficer.AnnounceDecisionAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task What_is_not_decided_is_not_announced()
    {
        var @case = await _eslov.SubmittedAsync();
        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_STATE_NOT_ALLOWED", () => AnnounceAsync(@case, 0, null));
        await Refused.ForFieldAsync("decision.final_date", "FINAL_BEFORE_REVIEW", () => _eslov.AsDecider.DecideCaseAsync(
            _eslov.Decide(@case, decision => (decision.AnnounceDate, decision.FinalDate) = (Journey.Today, Day(7)))).ResponseAsync);
    }

    // Eslöv lets the decision be delegated; the law does not let a matter of principle be.
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_matter_of_principle_is_not_decided_by_delegation(bool ofPrinciple, bool allowed)
    {
        var request = _eslov.Decide(await _eslov.SubmittedAsync(), decision => (decision.Delegation, decision.MatterOfPrinciple) = ("4.2", ofPrinciple));
        if (allowed)
        {
            var decided = (await _eslov.AsDecider.DecideCaseAsync(request)).Decision;
            Assert.True(decided is { HasMatterOfPrinciple: true, MatterOfPrinciple: false });
        }
        else
        {
            await Refused.ForFieldAsync("decision.delegation", "MATTER_OF_PRINCIPLE_DELEGATED", () => _eslov.AsDecider.DecideCaseAsync(request).ResponseAsync);
        }
    }

    private Task<Case> AnnounceAsync(Case @case, int published, int? final) => _eslov.AsOfficer.AnnounceDecisionAsync(new AnnounceDecisionRequest
    {
        Name = @case.Name,
        Etag = @case.Etag,
        AnnounceDate = Day(published),
        FinalDate = final is { } days ? Day(days) : null,
    }).ResponseAsync;

    private static Date Day(int days)
    {
        var day = new DateOnly(Journey.Today.Year, Journey.Today.Month, Journey.Today.Day).AddDays(days);
        return new Date { Year = day.Year, Month = day.Month, Day = day.Day };
    }
}
