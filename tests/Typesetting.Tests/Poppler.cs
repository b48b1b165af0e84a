using System.Diagnostics;
using System.Text;

namespace Iop.Typesetting.Tests;

/// <summary>The tools of poppler-utils, and qpdf: what others read out of our files.</summary>
internal static class Poppler
{
    /// <summary>The text, in the order in which it stands in the file.</summary>
    public static string Text(byte[] pdf, params string[] options) => OnFile(pdf, file => Run("pdftotext", [.. options, "-enc", "UTF-8", file, "-"]));

    public static string Information(byte[] pdf) => OnFile(pdf, file => Run("pdfinfo", [file]));

    public static string Fonts(byte[] pdf) => OnFile(pdf, file => Run("pdffonts", [file]));

    /// <summary>The structure tree with its text, as poppler reads it.</summary>
    public static string Structure(byte[] pdf) => OnFile(pdf, file => Run("pdfinfo", ["-struct-text", file]));

    public static byte[] Attachment(byte[] pdf, int number) => OnFile(pdf, file =>
    {
        Run("pdfdetach", ["-save", $"{number}", "-o", file + ".attached", file]);
        var content = File.ReadAllBytes(file + ".attached");
        File.Delete(file + ".attached");
        return content;
    });

    public static string Signatures(byte[] pdf, params string[] options) => OnFile(pdf, file => Run("pdfsig", [.. options, file]));

    /// <summary>What qpdf says of the file's syntax and streams.</summary>
    public static string Checked(byte[] pdf) => OnFile(pdf, file => Run("qpdf", ["--check", file]));

    private static T OnFile<T>(byte[] pdf, Func<string, T> read)
    {
        var file = Path.Combine(Path.GetTempPath(), $"iop-{Guid.NewGuid():N}.pdf");
        File.WriteAllBytes(file, pdf);
        try
        {
            return read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Run(string tool, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // What poppler complains of is wrong in the file, even where it reads on.
        return errors.Result.Length == 0 ? output : output + "\nERRORS: " + errors.Result;
    }
}
