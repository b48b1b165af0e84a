using System.Text;

namespace Iop.Agreements.Domain;

/// <summary>One form for text that looks alike: normal form C, LF as line end, no blanks at the ends of lines.</summary>
public static class PlainText
{
    public static string Normalise(string text)
    {
        var lines = text.Normalize(NormalizationForm.FormC)
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n')
            .Split('\n')
            .Select(line => line.TrimEnd());
        return string.Join('\n', lines).Trim('\n').Trim();
    }

    /// <summary>Text as one cell of a table: on one line, and with no bar of its own.</summary>
    public static string Cell(string text) =>
        string.Join(' ', Normalise(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);
}
