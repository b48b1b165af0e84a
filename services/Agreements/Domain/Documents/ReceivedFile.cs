using System.Security.Cryptography;
using Iop.Platform.Errors;

namespace Iop.Agreements.Domain.Documents;

/// <summary>A whole file as it came, and what its bytes say of it.</summary>
public sealed record ReceivedFile(byte[] Content, string MediaType, string Sha256, IReadOnlyList<EmbeddedSignature> Signatures);

/// <summary>The bytes of a file on their way in. What is over the limit is refused before it is kept.</summary>
public sealed class IncomingFile
{
    public const int MaxBytes = 25 * 1024 * 1024;
    private const int BlockBytes = 256 * 1024;

    // Blocks of ours: a message costs more than the bytes it brings, and a file may come in millions of them.
    private readonly List<byte[]> _blocks = [];
    private int _length;

    /// <exception cref="Refusal"><c>DOCUMENT_TOO_LARGE</c>.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > MaxBytes - _length)
        {
            throw Refusal.Input("DOCUMENT_TOO_LARGE", "chunk", ("limit", $"{MaxBytes}"));
        }

        while (piece.Length > 0)
        {
            var used = _length % BlockBytes;
            if (used == 0)
            {
                _blocks.Add(new byte[BlockBytes]);
            }

            var count = Math.Min(piece.Length, BlockBytes - used);
            piece[..count].CopyTo(_blocks[^1].AsSpan(used));
            piece = piece[count..];
            _length += count;
        }
    }

    /// <summary>Ends the file and looks at what it is.</summary>
    /// <exception cref="Refusal"><c>DOCUMENT_EMPTY</c> or <c>DOCUMENT_TYPE_NOT_ALLOWED</c>.</exception>
    public ReceivedFile Complete(Func<byte[], IReadOnlyList<EmbeddedSignature>> signaturesIn)
    {
        if (_length == 0)
        {
            throw Refusal.Input("DOCUMENT_EMPTY", "chunk");
        }

        var content = new byte[_length];
        for (var i = 0; i < _blocks.Count; i++)
        {
            var rest = content.AsSpan(i * BlockBytes);
            _blocks[i].AsSpan(0, Math.Min(BlockBytes, rest.Length)).CopyTo(rest);
        }

        _blocks.Clear();
        var type = FileTypes.Of(content) ?? throw Refusal.Input("DOCUMENT_TYPE_NOT_ALLOWED", "chunk");
        return new ReceivedFile(content, type, Convert.ToHexStringLower(SHA256.HashData(content)), type == FileTypes.Pdf ? signaturesIn(content) : []);
    }
}

/// <summary>What a file is, by its bytes alone: a name or a claim of the sender counts for nothing.</summary>
public static class FileTypes
{
    public const string Pdf = "application/pdf";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Container = "application/vnd.etsi.asic-e+zip";

    private const int NameInZip = 30;

    /// <summary>The media type; null when it is none that is received.</summary>
    public static string? Of(ReadOnlySpan<byte> content) =>
        content.StartsWith("%PDF-"u8) ? Pdf
        : IsPng(content) ? Png
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : IsContainer(content) ? Container
        : null;

    public static string EndingOf(string mediaType) => mediaType switch
    {
        Pdf => ".pdf",
        Png => ".png",
        Jpeg => ".jpg",
        Container => ".asice",
        _ => ".bin",
    };

    private static bool IsPng(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) && content.Length > 16 && content[12..].StartsWith("IHDR"u8);

    // ETSI EN 319 162-1: the first file in the container is its media type, uncompressed, so that it can be read here.
    private static bool IsContainer(ReadOnlySpan<byte> content) =>
        content.StartsWith("PK\x03\x04"u8) && content.Length > NameInZip && content[NameInZip..].StartsWith("mimetypeapplication/vnd.etsi.asic-e+zip"u8);
}
