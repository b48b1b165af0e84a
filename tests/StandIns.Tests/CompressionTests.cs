using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Iop.StandIns.Tests;

public sealed class CompressionTests(EchoHost host) : IClassFixture<EchoHost>
{
    // The first byte tells gzip (RFC 1952) from zlib (RFC 1950), which "deflate" means in HTTP.
    public static TheoryData<ICompressionProvider, string, byte> Providers => new()
    {
        { new GzipCompressionProvider(CompressionLevel.Fastest), "gzip", 0x1F },
        { new DeflateCompressionProvider(CompressionLevel.Fastest), "deflate", 0x78 },
    };

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_compressed_request_is_understood(string encoding)
    {
        // The official client compresses its requests when this header asks it to.
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };
        var text = new string('å', 10_000);

        Assert.Equal(text, (await host.Client.SayAsync(new Message { Text = text }, headers)).Text);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_provider_reads_what_it_writes_and_leaves_the_stream_open(ICompressionProvider provider, string name, byte firstByte)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(provider.CreateCompressionStream(stream, null)))
        {
            writer.Write("samverkan");
        }

        Assert.Equal(firstByte, stream.ToArray()[0]);
        stream.Position = 0;
        using var reader = new StreamReader(provider.CreateDecompressionStream(stream));
        Assert.Equal("samverkan", reader.ReadToEnd());
        Assert.Equal(name, provider.EncodingName);
    }
}
