using Grpc.Core;

namespace Iop.StandIns.Tests;

public sealed class ShapeTests(EchoHost host) : IClassFixture<EchoHost>
{
    [Fact]
    public async Task A_unary_call_answers()
        => Assert.Equal("hej", (await host.Client.SayAsync(new Message { Text = "hej" })).Text);
}
