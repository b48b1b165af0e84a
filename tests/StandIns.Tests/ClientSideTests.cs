using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Iop.StandIns.Tests;

/// <summary>What is put before a call on the client: interceptors and credentials.</summary>
public sealed class ClientSideTests(EchoHost host) : IClassFixture<EchoHost>
{
    [Fact]
    public async Task Interceptors_are_asked_in_the_order_given()
    {
        var client = new Echo.EchoClient(host.Channel.Intercept(new NamingInterceptor("first"), new NamingInterceptor("second")));

        Assert.Equal(["first", "second"], await NamesSentBy(client));
    }

    [Fact]
    public async Task An_interceptor_added_later_is_asked_earlier()
    {
        var invoker = host.Channel.Intercept(new NamingInterceptor("inner")).Intercept(new NamingInterceptor("outer"));

        Assert.Equal(["outer", "inner"], await NamesSentBy(new Echo.EchoClient(invoker)));
    }

    [Fact]
    public async Task A_function_can_add_headers_to_every_call()
    {
        var client = new Echo.EchoClient(host.Channel.Intercept(headers =>
        {
            headers.Add("echo-name", "function");
            return headers;
        }));

        Assert.Equal(["function"], await NamesSentBy(client));
    }

    [Fact]
    public async Task Interceptors_let_streams_through()
    {
        var client = new Echo.EchoClient(host.Channel.Intercept(new NamingInterceptor("unused")));
        using var call = client.Converse();
        await call.RequestStream.WriteAsync(new Message { Text = "hej" });

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal("HEJ", call.ResponseStream.Current.Text);
    }

    [Fact]
    public async Task Credentials_of_a_call_are_asked_for_its_service()
    {
        AuthInterceptorContext? asked = null;
        var credentials = CallCredentials.FromInterceptor((context, metadata) =>
        {
            asked = context;
            metadata.Add("echo-name", "token");
            return Task.CompletedTask;
        });
        using var channel = ChannelThatSendsCredentials(ChannelCredentials.Insecure);
        var options = new CallOptions().WithCredentials(credentials);

        Assert.Equal(["token"], await NamesSentBy(new Echo.EchoClient(channel), options));
        Assert.Equal(host.Address + "/iop.standins.tests.Echo", asked?.ServiceUrl);
        Assert.Equal("Say", asked?.MethodName);
    }

    [Fact]
    public async Task Credentials_of_a_channel_go_with_every_call_in_order()
    {
        var both = CallCredentials.Compose(Naming("first"), Naming("second"));
        using var channel = ChannelThatSendsCredentials(ChannelCredentials.Create(ChannelCredentials.Insecure, both));

        Assert.Equal(["first", "second"], await NamesSentBy(new Echo.EchoClient(channel)));
    }

    [Fact]
    public void Composed_channel_credentials_cannot_be_composed_again()
    {
        var composed = ChannelCredentials.Create(ChannelCredentials.SecureSsl, Naming("once"));

        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(composed, Naming("twice")));
    }

    private static CallCredentials Naming(string name) => CallCredentials.FromInterceptor((_, metadata) =>
    {
        metadata.Add("echo-name", name);
        return Task.CompletedTask;
    });

    private static async Task<IEnumerable<string>> NamesSentBy(Echo.EchoClient client, CallOptions options = default)
    {
        using var call = client.SayAsync(new Message { Text = "hej" }, options);
        await call;

        // HTTP joins headers of one name, so the server sees one entry.
        return call.GetTrailers().GetAll("echo-name").SelectMany(entry => entry.Value.Split(", "));
    }

    private GrpcChannel ChannelThatSendsCredentials(ChannelCredentials credentials) => GrpcChannel.ForAddress(
        host.Address,
        new GrpcChannelOptions { Credentials = credentials, UnsafeUseInsecureChannelCallCredentials = true });
}
