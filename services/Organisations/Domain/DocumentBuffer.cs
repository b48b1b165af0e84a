using System.Security.Cryptography;
using Iop.Platform.Errors;

namespace Iop.Organisations.Domain;

/// <summary>
/// The bytes of one document on their way in, in blocks as they will be stored: nothing is copied to grow, and what is
/// over the limit is refused before it is kept.
/// </summary>
public sealed class DocumentBuffer : IDisposable
{
    public const int BlockBytes = 256 * 1024;
    public const int MaxBytes = 25 * 1024 * 1024;

    private readonly List<byte[]> _blocks = [];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public int Length { get; private set; }

    /// <summary>The blocks, all full but the last.</summary>
    public IReadOnlyList<byte[]> Blocks => _blocks;

    /// <summary>Adds the next bytes.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_TOO_LARGE</c>.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes - Length)
        {
            throw Refusal.Input("DOCUMENT_TOO_LARGE", "chunk", ("limit", $"{MaxBytes}"));
        }

        _hash.AppendData(bytes);
        while (bytes.Length > 0)
        {
            var used = Length % BlockBytes;
            if (used == 0)
            {
                _blocks.Add(new byte[BlockBytes]);
            }

            var count = Math.Min(bytes.Length, BlockBytes - used);
            bytes[..count].CopyTo(_blocks[^1].AsSpan(used));
            bytes = bytes[count..];
            Length += count;
        }
    }

    /// <summary>Ends the document: cuts the last block to its length.</summary>
    /// <returns>SHA-256 of the whole.</returns>
    public byte[] Complete()
    {
        if (Length % BlockBytes is > 0 and var used)
        {
            var last = _blocks[^1];
            Array.Resize(ref last, used);
            _blocks[^1] = last;
        }

        return _hash.GetHashAndReset();
    }

    /// <summary>Reads the bytes where they lie.</summary>
    public Stream OpenRead() => new BlockStream(this);

    public void Dispose() => _hash.Dispose();

    private sealed class BlockStream(DocumentBuffer buffer) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => buffer.Length;

        public override long Position { get; set; }

        public override int Read(Span<byte> target)
        {
            if (Position >= Length)
            {
                return 0;
            }

            var offset = (int)(Position % BlockBytes);
            var left = (int)Math.Min(Length - Position, BlockBytes - offset);
            var count = Math.Min(left, target.Length);
            buffer._blocks[(int)(Position / BlockBytes)].AsSpan(offset, count).CopyTo(target);
            Position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin)
        {
            var target = offset + (origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length });
            return Position = target >= 0 ? target : throw new IOException("Before the beginning.");
        }

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
