using System.Diagnostics;
using Iop.Contracts.Events;
using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Xunit.Abstractions;
using CheckInStates = Iop.FollowUp.V1.CheckIn.Types.State;

namespace Iop.FollowUp.Tests;

/// <summary>The service as a whole, on whatever path its users and its neighbours take.</summary>
[Collection(FollowUpTests.Name)]
public sealed class WalkTests(FollowUpFixture service, ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Commands_and_news_in_any_order_leave_one_plan_with_all_that_was_done(int seed)
    {
        var random = new Random(seed);
        var partnership = await service.FollowAsync(Partnership.Agreement());
        List<IntegrationEvent> news =
        [
            .. Enumerable.Range(1, 4).Select(i => partnership.Amended(1 + i, 1 + i, f => f with { CheckInEveryMonths = i + 1, ReportEveryMonths = 13 - i })),
            .. Enumerable.Range(1, 2).Select(i => partnership.Extended(i, 5 + i)),
            .. Enumerable.Range(8, 2).Select(i => partnership.Suspended(i == 8, i)),
        ];
        news.AddRange(news.Append(partnership.Activated).Select(e => e with { EventId = Guid.CreateVersion7() }).ToList());
        Dictionary<string, CheckIn> held = [];
        Dictionary<string, Report> submitted = [];
        foreach (var told in random.GetItems(news.ToArray(), 14))
        {
            var before = (await partnership.CheckInsAsync()).ToDictionary(c => c.Name, c => c.DueDate.ToDateOnly());
            await service.TellAsync(told with { EventId = Guid.CreateVersion7() });
            await ActAsync(random, partnership, held, submitted);

            var (checkIns, reports) = ((await partnership.CheckInsAsync()).ToDictionary(c => c.Name), (await partnership.ReportsAsync()).ToDictionary(r => r.Name));
            Assert.Single(await service.PlansOfAsync(partnership.Activated));
            Assert.All(held, done => Assert.Equal(done.Value, checkIns[done.Key]));
            Assert.All(submitted, done => Assert.Equal(done.Value, reports[done.Key]));
            Assert.All(before, was => Assert.True(checkIns[was.Key].DueDate.ToDateOnly() == was.Value || checkIns[was.Key].DueDate.ToDateOnly() >= Partnership.Today));
        }
    }

    // Reported, and not held to a number: a machine that builds at the same time is no measure.
    [Fact]
    public async Task A_plan_is_visible_soon_after_its_agreement_is_in_force()
    {
        var times = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            var activated = Partnership.Agreement("0680");
            var started = Stopwatch.GetTimestamp();
            await service.PublishAsync(activated);
            while ((await service.PlansOfAsync(activated)).Count == 0)
            {
                Assert.True(Stopwatch.GetElapsedTime(started) < FollowUpFixture.Patience);
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine($"activation to visible plan, through the broker: median {times[20]:F0} ms, 95th percentile {times[37]:F0} ms");
    }

    private static async Task ActAsync(Random random, Partnership partnership, Dictionary<string, CheckIn> held, Dictionary<string, Report> submitted)
    {
        switch (random.Next(3))
        {
            case 0 when (await partnership.CheckInsAsync()).Where(c => c.State == CheckInStates.Planned).ToList() is { Count: > 0 } open:
                var meeting = await partnership.Officer.RecordCheckInAsync(Partnership.Held(open[random.Next(open.Count)]));
                held[meeting.Name] = meeting;
                break;
            case 1 when (await partnership.ReportsAsync()).Where(r => r.State is Report.Types.State.Planned or Report.Types.State.Due).ToList() is { Count: > 0 } due:
                var report = await partnership.Representative.SubmitReportAsync(Partnership.Submission(due[random.Next(due.Count)]));
                submitted[report.Name] = report;
                break;
        }
    }
}
