using System.IO.Compression;
using System.Text;

namespace Iop.Organisations.Domain;

/// <summary>
/// What can be read of a PDF without laying it out: its streams inflated, and the strings that they show put together.
/// Text in fonts with an encoding of their own, or in a picture, is not read.
/// </summary>
internal static class PdfText
{
    public static string Of(DocumentBuffer content, int most)
    {
        using var stream = content.OpenRead();
        var bytes = new byte[content.Length];
        stream.ReadExactly(bytes);
        var text = new StringBuilder();
        AppendStrings(bytes.AsSpan(0, Math.Min(bytes.Length, most)), text);
        var at = 0;
        while (text.Length < most && NextStream(bytes, at) is { } start)
        {
            AppendStrings(Inflate(bytes, start, most - text.Length), text);
            at = start;
        }

        return text.ToString();
    }

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

    private static byte[] Inflate(byte[] bytes, int start, int most)
    {
        try
        {
            using var deflated = new MemoryStream(bytes, start, bytes.Length - start);
            using var inflated = new ZLibStream(deflated, CompressionMode.Decompress);
            var buffer = new byte[most];
            return buffer[..inflated.ReadAtLeast(buffer, most, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            // Not deflated, or not a stream at all: there is no text to read in it.
            return [];
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
