using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Iop.Typesetting;
using Iop.Typesetting.Fonts;
using Iop.Typesetting.Sealing;

namespace Iop.Benchmarks;

/// <summary>What one process measured of itself.</summary>
internal sealed record OriginalCost(int Pages, int Bytes, double FirstMs, double FirstProcessorMs, double AgainMs, double AllocatedMb, double FirstPeakMb, double PeakMb);

/// <summary>
/// Sets and seals an original of twenty pages in a process that has done nothing else, and then again and again. The floor
/// does the least that any such file needs: its fonts read, its text and fonts compressed, the whole hashed and signed.
/// </summary>
internal static class OriginalRun
{
    public const string Mode = "original";
    public const string FloorMode = "original-floor";
    private const int Repeats = 30;

    public static int Measure(string mode, string folder)
    {
        var seal = SelfMadeSeal.OpenOrCreate(folder, "Mätning");
        using var key = RSA.Create(3072);

        // A key is made when it is first asked for: that is no part of what any file needs.
        key.ExportParameters(includePrivateParameters: false);
        var document = SampleOriginal.Document();
        var typesetter = new Typesetter(FontLibrary.OfSystem);
        var text = new SealText("Mätning", "Intygar att filen är original", "Sigill");
        Func<byte[]> make = mode == Mode ? () => typesetter.RenderSealed(document, seal, text, SampleOriginal.Time) : () => Least(document, key);

        var (processor, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var made = make();
        var (first, spent) = (watch.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
        var firstPeak = Peak();
        var again = Measured.Microseconds(Repeats, 1, () => make()) / 1000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        make();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var pages = Regex.Match(Encoding.Latin1.GetString(made), @"/Type/Pages/Count (?<pages>\d+)", RegexOptions.None, TimeSpan.FromSeconds(5)) is { Success: true } found ? int.Parse(found.Groups["pages"].Value) : 0;
        Console.WriteLine(JsonSerializer.Serialize(new OriginalCost(pages, made.Length, first, spent, again, allocated / 1e6, firstPeak, Peak())));
        return 0;
    }

    private static double Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1e6;
    }

    private static byte[] Least(Document document, RSA key)
    {
        using var file = new MemoryStream();
        using (var deflated = new ZLibStream(file, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflated.Write(Encoding.UTF8.GetBytes(SampleOriginal.TextOf(document)));
            foreach (var font in SampleOriginal.Fonts)
            {
                deflated.Write(File.ReadAllBytes(font));
            }
        }

        var content = file.ToArray();
        return [.. content, .. key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)];
    }
}
