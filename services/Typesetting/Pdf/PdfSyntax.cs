using System.Globalization;
using System.Text;

namespace Iop.Typesetting.Pdf;

/// <summary>Values as PDF writes them.</summary>
internal static class PdfSyntax
{
    /// <summary>Text that people read.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Name(string name)
    {
        var written = new StringBuilder("/");
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            _ = char.IsAsciiLetterOrDigit((char)value) || value is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'+'
                ? written.Append((char)value)
                : written.Append(CultureInfo.InvariantCulture, $"#{value:X2}");
        }

        return written.ToString();
    }

    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);

    /// <summary>A measure in points, to a hundredth.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    public static string References(IEnumerable<int> objects) => string.Join(' ', objects.Select(number => $"{number} 0 R"));
}
