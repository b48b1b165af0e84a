using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Iop.Organisations.Domain;

/// <summary>
/// Recognises an extract from criminal records by what it is called or says of itself. One that is shown must not be kept.
/// Source: law.md 2.7 (Act 2013:852).
/// </summary>
public static partial class ExtractHints
{
    // Bounds what is read of a file made to exhaust the reader; an extract is a page or two.
    private const int MostText = 512 * 1024;

    /// <summary>Whether a title or a file name calls it one.</summary>
    public static bool InName(string text) => Name().IsMatch(text);

    /// <summary>Whether the content is one: it names itself an extract and the police as its sender.</summary>
    public static bool InContent(DocumentBuffer content, string mediaType)
    {
        var text = mediaType switch
        {
            MediaTypes.Text => Head(content),
            MediaTypes.Pdf => PdfText.Of(content, MostText),
            MediaTypes.Png or MediaTypes.Jpeg => "",
            _ => OfficeText(content),
        };
        return Heading().IsMatch(text) && Sender().IsMatch(text);
    }

    private static string Head(DocumentBuffer content)
    {
        using var stream = content.OpenRead();
        return Encoding.UTF8.GetString(ReadAtMost(stream));
    }

    private static string OfficeText(DocumentBuffer content)
    {
        try
        {
            using var stream = content.OpenRead();
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            var part = zip.GetEntry("word/document.xml") ?? zip.GetEntry("content.xml") ?? zip.GetEntry("xl/sharedStrings.xml");
            if (part is null)
            {
                return "";
            }

            using var text = part.Open();

            // Runs split words, paragraphs do not: tags are taken out without a trace, and words still meet.
            return WithoutTags(Encoding.UTF8.GetString(ReadAtMost(text)));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            // Its type has been found, so its directory can be read; a part that cannot be tells nothing.
            return "";
        }
    }

    // In one pass over the text, whatever it holds: a tag that never ends is the end of the text.
    private static string WithoutTags(string xml)
    {
        var text = new StringBuilder(xml.Length);
        for (var at = 0; at < xml.Length;)
        {
            var tag = xml.IndexOf('<', at);
            text.Append(xml, at, (tag < 0 ? xml.Length : tag) - at);
            var end = tag < 0 ? -1 : xml.IndexOf('>', tag);
            at = end < 0 ? xml.Length : end + 1;
        }

        return text.ToString();
    }

    private static byte[] ReadAtMost(Stream stream)
    {
        var bytes = new byte[MostText];
        return bytes[..stream.ReadAtLeast(bytes, MostText, throwOnEndOfStream: false)];
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"registerutdrag|(?:belastnings|misstanke)[\s_-]*reg(?:ist|\b|_)|belastningsutdrag|polisutdrag", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"utdrag\s*ur\s*(?:polisens\s*)?(?:belastnings|misstanke)registret|registerutdrag", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"polismyndigheten", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sender();
}
