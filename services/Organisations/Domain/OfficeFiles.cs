using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Iop.Organisations.Domain;

/// <summary>
/// Looks into a zip for the texts and sheets of the two office formats: ODF names its type in the entry
/// <c>mimetype</c>, OOXML the type of its main part in <c>[Content_Types].xml</c>. Variants with macros have types of
/// their own and are not among these.
/// </summary>
internal static class OfficeFiles
{
    private const string Ooxml = "application/vnd.openxmlformats-officedocument.";
    private const string Odf = "application/vnd.oasis.opendocument.";
    private const string MainPart = ".main+xml";

    // More than any document has; bounds what is read and kept of a file made to exhaust the reader.
    private const int MaxDirectoryBytes = 1024 * 1024;
    private const int MaxContentTypesBytes = 1024 * 1024;
    private const int MaxMimetypeBytes = 100;

    private const int EndRecordBytes = 22;
    private const int MaxCommentBytes = ushort.MaxValue;

    private static readonly string[] OdfTypes = [$"{Odf}text", $"{Odf}spreadsheet"];
    private static readonly string[] OoxmlTypes = [$"{Ooxml}wordprocessingml.document", $"{Ooxml}spreadsheetml.sheet"];

    /// <summary>The media type; null for any other zip, a broken one included.</summary>
    public static string? MediaTypeOf(Stream stream)
    {
        if (!HasBoundedDirectory(stream))
        {
            return null;
        }

        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return zip.GetEntry("mimetype") is { } mimetype ? OdfTypeOf(zip, mimetype)
                : zip.GetEntry("[Content_Types].xml") is { } types ? OoxmlTypeOf(zip, types)
                : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or XmlException or IOException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? OdfTypeOf(ZipArchive zip, ZipArchiveEntry mimetype)
    {
        var type = Encoding.ASCII.GetString(ReadAtMost(mimetype, MaxMimetypeBytes));
        return OdfTypes.Contains(type) && zip.GetEntry("content.xml") is not null ? type : null;
    }

    private static string? OoxmlTypeOf(ZipArchive zip, ZipArchiveEntry types)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var xml = XmlReader.Create(new MemoryStream(ReadAtMost(types, MaxContentTypesBytes)), settings);
        while (xml.Read())
        {
            var type = xml.LocalName == "Override" ? xml.GetAttribute("ContentType") : null;
            if (type is not null && type.EndsWith(MainPart, StringComparison.Ordinal) && OoxmlTypes.Contains(type[..^MainPart.Length]))
            {
                var part = xml.GetAttribute("PartName")?.TrimStart('/') ?? "";
                return zip.GetEntry(part) is null ? null : type[..^MainPart.Length];
            }
        }

        return null;
    }

    private static byte[] ReadAtMost(ZipArchiveEntry entry, int limit)
    {
        using var stream = entry.Open();
        var bytes = new byte[limit];
        return bytes[..stream.ReadAtLeast(bytes, limit, throwOnEndOfStream: false)];
    }

    // The archive class reads its whole directory at once, from where the end record says to the end of the file.
    private static bool HasBoundedDirectory(Stream stream)
    {
        var tail = new byte[Math.Min(stream.Length, EndRecordBytes + MaxCommentBytes)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end + EndRecordBytes > tail.Length)
        {
            return false;
        }

        // A number of all ones says that another record, with a directory of its own, is meant: no document has so many parts.
        var isPlain = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 4)) < ushort.MaxValue && BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10)) < ushort.MaxValue;
        var directory = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        stream.Position = 0;
        return isPlain && directory < stream.Length && stream.Length - directory <= MaxDirectoryBytes;
    }
}
