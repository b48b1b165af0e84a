using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Iop.StandIns.Tests;

public sealed class ShapeTests(EchoHost host) : IClassFixture<EchoHost>
{
    [Fact]
    public async Task A_unary_call_answers_and_ends_with_OK()
    {
        using var call = host.Client.SayAsync(new Message { Text = "hej" });

        Assert.Equal("hej", (await call).Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Contains("unary /iop.standins.tests.Echo/Say", host.Interceptor.Seen);
    }

    [Fact]
    public void A_blocking_unary_call_answers()
        => Assert.Equal("hej", host.Client.Say(new Message { Text = "hej" }).Text);

    [Fact]
    public async Task A_stream_of_requests_gets_one_response()
    {
        using var call = host.Client.Join();
        foreach (var word in (string[])["att", "samverka"])
        {
            await call.RequestStream.WriteAsync(new Message { Text = word });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("att samverka", (await call).Text);
        Assert.Contains("client streaming /iop.standins.tests.Echo/Join", host.Interceptor.Seen);
    }

    [Fact]
    public async Task One_request_gets_a_stream_of_responses()
    {
        using var call = host.Client.Split(new Message { Text = "en två tre" });

        Assert.Equal(["en", "två", "tre"], await TextsOf(call.ResponseStream));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Contains("server streaming /iop.standins.tests.Echo/Split", host.Interceptor.Seen);
    }

    [Fact]
    public async Task A_stream_each_way_answers_message_by_message()
    {
        using var call = host.Client.Converse();
        foreach (var word in (string[])["en", "två"])
        {
            await call.RequestStream.WriteAsync(new Message { Text = word }, CancellationToken.None);
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(word.ToUpperInvariant(), call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Contains("duplex /iop.standins.tests.Echo/Converse", host.Interceptor.Seen);
    }

    [Fact]
    public async Task A_client_for_another_host_names_it_in_its_calls()
    {
        var recorder = new HostRecorder();
        var client = new Echo.EchoClient(host.Channel.Intercept(recorder));
        await client.SayAsync(new Message { Text = "hej" });
        await client.WithHost("another.example").SayAsync(new Message { Text = "hej" });

        Assert.Equal([null, "another.example"], recorder.Hosts);
    }

    [Fact]
    public async Task A_reader_without_messages_ends_at_once()
    {
        using var call = host.Client.Converse();
        await call.RequestStream.CompleteAsync();

        Assert.Empty(await TextsOf(call.ResponseStream));
    }

    private static async Task<List<string>> TextsOf(IAsyncStreamReader<Message> stream)
    {
        List<string> texts = [];
        await foreach (var message in stream.ReadAllAsync())
        {
            texts.Add(message.Text);
        }

        return texts;
    }
}
