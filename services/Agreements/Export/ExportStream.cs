using System.Buffers;
using System.Security.Cryptography;

namespace Iop.Agreements.Export;

/// <summary>
/// What is written for an export, on its way out in chunks. It holds no more than has been written since it was last
/// drained, however large the whole becomes, and knows size and hash of what has passed.
/// </summary>
internal sealed class ExportStream(Func<ReadOnlyMemory<byte>, Task> send) : Stream
{
    private const int ChunkBytes = 64 * 1024;
    private readonly ArrayBufferWriter<byte> _waiting = new(ChunkBytes);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>SHA-256 of all that has been written, lower-case hexadecimal.</summary>
    public string Complete() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        _length += buffer.Length;
        _waiting.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends what waits.</summary>
    public async Task DrainAsync()
    {
        for (var at = 0; at < _waiting.WrittenCount; at += ChunkBytes)
        {
            await send(_waiting.WrittenMemory.Slice(at, Math.Min(ChunkBytes, _waiting.WrittenCount - at)));
        }

        _waiting.ResetWrittenCount();
    }

    public override void Flush()
    {
        // Writers flush as they please; what leaves, and when, is decided by DrainAsync.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
