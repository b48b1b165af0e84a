using System.Runtime.CompilerServices;
using Iop.Agreements.Domain.Documents;

namespace Iop.Agreements.Tests;

/// <summary>A file on its way in, however it is cut.</summary>
public sealed class IncomingFileTests
{
    private static readonly byte[] Content = [.. "%PDF-1.7\n"u8, .. Enumerable.Range(0, 600_000).Select(i => (byte)(i * 31))];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(262_144)]
    [InlineData(600_009)]
    public void It_is_whole_again_in_whatever_pieces_it_came(int size)
    {
        var file = new IncomingFile();
        foreach (var piece in Content.Chunk(size))
        {
            file.Append(piece);
        }

        Assert.Equal(Content, file.Complete(_ => []).Content);
    }

    [Fact]
    public void Nothing_of_a_message_is_kept_but_its_bytes()
    {
        var file = new IncomingFile();

        var piece = AppendOne(file);
        GC.Collect();

        Assert.False(piece.IsAlive);
        GC.KeepAlive(file);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference AppendOne(IncomingFile file)
    {
        var piece = new byte[1];
        file.Append(piece);
        return new WeakReference(piece);
    }
}
