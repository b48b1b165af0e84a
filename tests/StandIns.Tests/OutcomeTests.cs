using Grpc.Core;

namespace Iop.StandIns.Tests;

/// <summary>How calls end: deadlines, cancellation, status, trailers.</summary>
public sealed class OutcomeTests(EchoHost host) : IClassFixture<EchoHost>
{
    [Fact]
    public async Task A_call_past_its_deadline_ends_with_DEADLINE_EXCEEDED()
    {
        var waiting = host.Client.SayAsync(new Message { Text = EchoService.Wait }, deadline: DateTime.UtcNow.AddMilliseconds(200));

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await waiting);

        Assert.Equal(StatusCode.DeadlineExceeded, thrown.StatusCode);
    }

    [Fact]
    public async Task A_status_arrives_with_its_detail_and_its_trailers()
    {
        using var call = host.Client.SayAsync(new Message { Text = EchoService.Fail });

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.FailedPrecondition, thrown.StatusCode);
        Assert.Equal("not now", thrown.Status.Detail);
        Assert.Equal("closed", thrown.Trailers.GetValue("why"));
        Assert.Equal(EchoService.Details, thrown.Trailers.GetValueBytes("details-bin"));
        Assert.Equal(StatusCode.FailedPrecondition, call.GetStatus().StatusCode);
        Assert.Equal("closed", call.GetTrailers().GetValue("why"));
    }

    [Fact]
    public async Task Headers_go_there_and_come_back()
    {
        byte[] bytes = [0xFF, 0, 7];
        var headers = new Metadata { { "Echo-Text", "ett" }, { "echo-bytes-bin", bytes } };
        using var call = host.Client.SayAsync(new Message { Text = "hej" }, headers);

        Assert.Equal("hej", (await call.ResponseHeadersAsync).GetValue("greeting"));
        await call;

        Assert.Equal("ett", call.GetTrailers().GetValue("echo-text"));
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("echo-bytes-bin"));
    }

    [Fact]
    public async Task A_cancelled_unary_call_ends_with_CANCELLED()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = host.Client.SayAsync(new Message { Text = EchoService.Wait }, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await waiting);

        Assert.Equal(StatusCode.Cancelled, thrown.StatusCode);
    }

    [Fact]
    public async Task A_stream_cancelled_half_way_ends_with_CANCELLED()
    {
        using var cancellation = new CancellationTokenSource();
        using var call = host.Client.Split(new Message { Text = EchoService.Wait });
        Assert.True(await call.ResponseStream.MoveNext(cancellation.Token));
        var next = call.ResponseStream.MoveNext(cancellation.Token);
        await cancellation.CancelAsync();

        var thrown = await Assert.ThrowsAsync<RpcException>(() => next);

        Assert.Equal(StatusCode.Cancelled, thrown.StatusCode);
    }

    [Fact]
    public async Task Disposing_a_call_cancels_it()
    {
        var call = host.Client.SayAsync(new Message { Text = EchoService.Wait });
        call.Dispose();

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.Cancelled, thrown.StatusCode);
    }
}
