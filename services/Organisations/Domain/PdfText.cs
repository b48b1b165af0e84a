using System.IO.Compression;
using System.Text;

namespace Iop.Organisations.Domain;

/// <summary>
/// What can be read of a PDF without laying it out: its streams inflated, and the strings that they show put together.
/// Text in fonts with an encoding of their own, or in a picture, is not read.
/// </summary>
internal static class PdfText
{
    // What a file made to exhaust the reader can have inflated, of one stream and of all. An extract is a page or two.
    private const int MostOfAll = 8 * 1024 * 1024;
    private const int MostStreams = 1_000;

    public static string Of(DocumentBuffer content, int most)
    {
        using var stream = content.OpenRead();
        var bytes = new byte[content.Length];
        stream.ReadExactly(bytes);
        var text = new StringBuilder();
        AppendStrings(bytes.AsSpan(0, Math.Min(bytes.Length, most)), text);
        var (buffer, left, tried, at) = (new byte[most], MostOfAll, 0, 0);
        while (left > 0 && tried < MostStreams && text.Length < most && NextStream(bytes, at) is { } start)
        {
            at = start;
            if (BeginsDeflated(bytes.AsSpan(start)))
            {
                var read = Inflate(bytes, start, buffer);
                AppendStrings(buffer.AsSpan(0, read), text);
                (left, tried) = (left - read, tried + 1);
            }
        }

        return text.ToString();
    }

    // The header of RFC 1950: method deflate, a checksum of its two bytes, and no dictionary of somebody else's.
    private static bool BeginsDeflated(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 2 && (bytes[0] & 0x0F) == 8 && ((bytes[0] << 8) | bytes[1]) % 31 == 0 && (bytes[1] & 0x20) == 0;

    private static int? NextStream(byte[] bytes, int from)
    {
        var found = bytes.AsSpan(from).IndexOf("stream"u8);
        if (found < 0)
        {
            return null;
        }

        var start = from + found + "stream".Length;
        start += start < bytes.Length && bytes[start] == '\r' ? 1 : 0;
        return start < bytes.Length && bytes[start] == '\n' ? start + 1 : start;
    }

    private static int Inflate(byte[] bytes, int start, byte[] buffer)
    {
        try
        {
            using var deflated = new MemoryStream(bytes, start, bytes.Length - start);
            using var inflated = new ZLibStream(deflated, CompressionMode.Decompress);
            return inflated.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // Not deflated, or not a stream at all: there is no text to read in it.
            return 0;
        }
    }

    // Strings stand in parentheses, and a kerned word in several of them, so they are put together without spaces.
    private static void AppendStrings(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        var depth = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b == '\\' && depth > 0)
            {
                i++;
            }
            else if (b == '(')
            {
                depth++;
            }
            else if (b == ')')
            {
                depth = Math.Max(0, depth - 1);
            }
            else if (depth > 0 && b != 0)
            {
                // Zero bytes are the other half of UTF-16; what is left reads as Latin-1.
                text.Append((char)b);
            }
        }
    }
}
