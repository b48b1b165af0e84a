using System.Globalization;
using System.Text;

namespace Iop.Journey;

/// <summary>Writes a few lines as a PDF of one page, the form in which organisations send their papers.</summary>
public static class SmallPdf
{
    private const int LineHeight = 18;
    private const int Top = 780;
    private const int Left = 60;

    /// <summary>The file.</summary>
    public static byte[] Of(params IReadOnlyList<string> lines)
    {
        var content = new StringBuilder("BT /F1 12 Tf ");
        content.Append(CultureInfo.InvariantCulture, $"{LineHeight} TL {Left} {Top} Td ");
        foreach (var line in lines)
        {
            content.Append(CultureInfo.InvariantCulture, $"({Escaped(line)}) Tj T* ");
        }

        content.Append("ET");
        return Whole(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    }

    // The table at the end tells at which byte each object begins; in Latin-1 a character is a byte.
    private static byte[] Whole(params IReadOnlyList<string> objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal);
}
