using Iop.Testing;
using IopPlatform.AppHost;

namespace Iop.EndToEnd;

/// <summary>What operations see of one partnership.</summary>
[Collection(SharedSuite.Name)]
public sealed class TraceTests(Suite suite)
{
    [Fact]
    public async Task One_trace_runs_through_every_service_the_outbox_the_broker_and_the_consumer()
    {
        var result = await suite.PlayAsync("1283", Told.Of("1283"));

        var published = await Eventually.SomethingAsync(() => Find(span => span is { Service: ResourceNames.Agreements, Name: "dispatch AgreementActivated" }));
        var consumed = await Eventually.SomethingAsync(() => Find(span =>
            span.Service == ResourceNames.FollowUp && span.Name.EndsWith("agreement-activated process", StringComparison.Ordinal)));
        await Eventually.IsAsync(Suite.ServiceNames.Count, () =>
            Task.FromResult(suite.Traces.Of(result.TraceId).Select(span => span.Service).Distinct().Count()));

        // The consumer's span descends from the dispatch, and that from the call that signed.
        await Eventually.IsAsync(true, () => Task.FromResult(Ancestors(consumed).Contains(published.SpanId)));
        Assert.Contains(Ancestors(published), id => suite.Traces.Of(result.TraceId).Any(span =>
            span.SpanId == id && span.Name.EndsWith("AgreementsService/SignAgreement", StringComparison.Ordinal)));

        Task<ReceivedSpan?> Find(Func<ReceivedSpan, bool> wanted) => Task.FromResult(suite.Traces.Of(result.TraceId).FirstOrDefault(wanted));

        List<string> Ancestors(ReceivedSpan span)
        {
            var known = suite.Traces.Of(result.TraceId).DistinctBy(other => other.SpanId).ToDictionary(other => other.SpanId);
            var ancestors = new List<string>();
            for (var next = span; next is not null; next = known.GetValueOrDefault(next.ParentId))
            {
                ancestors.Add(next.SpanId);
            }

            return ancestors;
        }
    }
}
