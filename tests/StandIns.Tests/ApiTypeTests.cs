using System.Text;
using Grpc.Core;

namespace Iop.StandIns.Tests;

/// <summary>Types that nothing on the wire shows.</summary>
public sealed class ApiTypeTests
{
    private static readonly Method<string, string> Shout = new(
        MethodType.Unary, "test.Service", "Shout", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    [Fact]
    public void Options_change_one_thing_at_a_time()
    {
        var headers = new Metadata();
        var before = new CallOptions(headers, DateTime.UnixEpoch);
        var after = before.WithDeadline(DateTime.MaxValue).WithWaitForReady().WithWriteOptions(new WriteOptions(WriteFlags.NoCompress));

        Assert.Same(headers, after.Headers);
        Assert.Equal(DateTime.MaxValue, after.Deadline);
        Assert.True(after.IsWaitForReady);
        Assert.Equal(WriteFlags.NoCompress, after.WriteOptions?.Flags);
        Assert.Equal((DateTime.UnixEpoch, false), (before.Deadline!.Value, before.IsWaitForReady));
    }

    [Fact]
    public void A_method_knows_its_path() => Assert.Equal("/test.Service/Shout", Shout.FullName);

    [Fact]
    public void A_contextual_marshaller_works_on_arrays_too()
    {
        var marshaller = Marshallers.Create(
            (string text, SerializationContext context) =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                context.SetPayloadLength(bytes.Length);
                bytes.CopyTo(context.GetBufferWriter().GetSpan(bytes.Length));
                context.GetBufferWriter().Advance(bytes.Length);
                context.Complete();
            },
            context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));

        Assert.Equal("åäö", marshaller.Deserializer(marshaller.Serializer("åäö")));
    }

    [Fact]
    public void A_serializer_that_does_not_complete_is_found_out()
        => Assert.Throws<InvalidOperationException>(
            () => Marshallers.Create((string _, SerializationContext _) => { }, _ => "").Serializer("text"));

    [Fact]
    public void A_definition_refuses_a_method_twice()
    {
        UnaryServerMethod<string, string> handler = (request, _) => Task.FromResult(request);
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(Shout, handler);

        Assert.Throws<ArgumentException>(() => builder.AddMethod(Shout, handler));
    }

    [Fact]
    public void A_status_tells_what_it_is()
    {
        var exception = new RpcException(new Status(StatusCode.NotFound, "gone"));

        Assert.Equal("Status(StatusCode=\"NotFound\", Detail=\"gone\")", exception.Message);
        Assert.Empty(exception.Trailers);
    }

    [Fact]
    public void A_client_without_a_channel_can_be_overridden_but_not_called()
        => Assert.Throws<NotSupportedException>(() => new ChannellessClient().Say(new Message()));

    [Fact]
    public void A_peer_is_who_its_identity_property_says()
    {
        var name = AuthProperty.Create("name", Encoding.UTF8.GetBytes("Åsa"));
        var context = new AuthContext("name", new() { ["name"] = [name] });

        Assert.True(context.IsPeerAuthenticated);
        Assert.Equal("Åsa", Assert.Single(context.PeerIdentity).Value);
        Assert.False(new AuthContext(null, []).IsPeerAuthenticated);
    }

    private sealed class ChannellessClient : Echo.EchoClient;
}
