using System.Text;

namespace Iop.Organisations.Domain;

/// <summary>Decides the media type of a document from its bytes alone; names and claims of the sender count for nothing.</summary>
public static class MediaTypes
{
    public const string Pdf = "application/pdf";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Text = "text/plain";

    private const int HeadBytes = 16;

    /// <summary>The media type; null when it is none that is received.</summary>
    public static string? Of(DocumentBuffer content)
    {
        using var stream = content.OpenRead();
        Span<byte> head = stackalloc byte[HeadBytes];
        head = head[..stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];

        return head.StartsWith("%PDF-"u8) ? Pdf
            : IsPng(head) ? Png
            : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
            : head.StartsWith("PK\x03\x04"u8) ? OfficeFiles.MediaTypeOf(stream)
            : IsPlainText(content) ? Text
            : null;
    }

    // A signature alone shows no image: the header must follow it.
    private static bool IsPng(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) && head.Length == HeadBytes && head[12..].SequenceEqual("IHDR"u8);

    private static bool IsPlainText(DocumentBuffer content)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var characters = new char[DocumentBuffer.BlockBytes + 1];
        try
        {
            for (var i = 0; i < content.Blocks.Count; i++)
            {
                var count = decoder.GetChars(content.Blocks[i], characters, flush: i == content.Blocks.Count - 1);
                if (characters.AsSpan(0, count).ContainsAnyControl())
                {
                    return false;
                }
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool ContainsAnyControl(this Span<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                return true;
            }
        }

        return false;
    }
}
