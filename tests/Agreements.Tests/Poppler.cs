using System.Diagnostics;
using System.Text;

namespace Iop.Agreements.Tests;

/// <summary>The tools of poppler-utils: what others read out of our files.</summary>
internal static class Poppler
{
    public static string Text(byte[] pdf) => OnFile(pdf, file => Run("pdftotext", "-raw", "-enc", "UTF-8", file, "-"));

    public static string Structure(byte[] pdf) => OnFile(pdf, file => Run("pdfinfo", "-struct-text", file));

    public static string Signatures(byte[] pdf) => OnFile(pdf, file => Run("pdfsig", "-nocert", file));

    /// <summary>The attached files by name.</summary>
    public static Dictionary<string, byte[]> Attachments(byte[] pdf) => OnFile(pdf, file =>
    {
        var folder = Directory.CreateTempSubdirectory("iop-attached");
        Run("pdfdetach", "-saveall", "-o", folder.FullName, file);
        var files = folder.GetFiles().ToDictionary(attached => attached.Name, attached => File.ReadAllBytes(attached.FullName));
        folder.Delete(recursive: true);
        return files;
    });

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

    private static string Run(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
