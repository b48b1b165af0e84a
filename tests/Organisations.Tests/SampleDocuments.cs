using System.IO.Compression;
using System.Text;

namespace Iop.Organisations.Tests;

/// <summary>Small true files of each kind, made here.</summary>
internal static class SampleDocuments
{
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Odt = "application/vnd.oasis.opendocument.text";
    public const string Ods = "application/vnd.oasis.opendocument.spreadsheet";

    public static byte[] Pdf(string text = "") => Encoding.ASCII.GetBytes($"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n% {text}\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    public static byte[] DeflatedPdf(string content)
    {
        using var deflated = new MemoryStream();
        using (var zlib = new ZLibStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Encoding.Latin1.GetBytes(content));
        }

        return [.. "%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>\nstream\n"u8, .. deflated.ToArray(), .. "\nendstream\nendobj\n%%EOF\n"u8];
    }

    public static byte[] Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];

    public static byte[] Jpeg => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9];

    public static byte[] Ooxml(string mainType, string part = "word/document.xml", string? declared = null) => Zip(
        ("[Content_Types].xml",
            $"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/{declared ?? part}" ContentType="{mainType}"/></Types>"""),
        (part, "<document/>"));

    public static byte[] OpenDocument(string type, string content = "content.xml") => Zip(("mimetype", type), (content, "<office/>"));

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }
}
