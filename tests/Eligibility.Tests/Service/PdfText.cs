using System.Diagnostics;
using System.Text;

namespace Iop.Eligibility.Tests.Service;

/// <summary>What others read out of a PDF: the text and the structure, by poppler-utils.</summary>
internal static class PdfText
{
    /// <summary>The text with its lines joined.</summary>
    public static async Task<string> OfAsync(byte[] pdf) =>
        string.Join(' ', (await RunAsync(pdf, "pdftotext", file => ["-enc", "UTF-8", file, "-"])).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The structure tree.</summary>
    public static Task<string> StructureAsync(byte[] pdf) => RunAsync(pdf, "pdfinfo", file => ["-struct", file]);

    private static async Task<string> RunAsync(byte[] pdf, string tool, Func<string, string[]> arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), $"iop-{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments(file)) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return output;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
