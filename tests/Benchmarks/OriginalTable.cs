using System.Diagnostics;
using System.Text.Json;

namespace Iop.Benchmarks;

/// <summary>
/// The table of originals. What the first one costs can be seen once in a process, so that each run is a process of its own; original
/// and floor take turns.
/// </summary>
internal static class OriginalTable
{
    private const int Processes = 9;
    private const double MostFirstMs = 300;
    private const double MostMb = 100;

    public static void Write(List<string> broken)
    {
        var folder = Directory.CreateTempSubdirectory("iop-benchmarks-seal").FullName;
        List<OriginalCost> originals = [], floors = [];
        for (var run = 0; run < Processes; run++)
        {
            originals.Add(Run(OriginalRun.Mode, folder));
            floors.Add(Run(OriginalRun.FloorMode, folder));
        }

        Directory.Delete(folder, recursive: true);
        Console.WriteLine("\n| an original, set and sealed | original | floor | original / floor |\n|---|---|---|---|");
        Row("first in a process, ms", cost => cost.FirstMs);
        Row("of that, processor time of all threads, ms", cost => cost.FirstProcessorMs);
        Row("again, ms", cost => cost.AgainMs);
        Row("allocated each time, MB", cost => cost.AllocatedMb);
        Row("the whole process at its peak in the first, MB", cost => cost.FirstPeakMb);
        Row("and in all of them, MB", cost => cost.PeakMb);
        var (pages, first, peak) = (originals[0].Pages, Median(originals, cost => cost.FirstMs), Median(originals, cost => cost.FirstPeakMb));
        Console.WriteLine($"\n{pages} pages, {originals[0].Bytes / 1000} kB, medians of {Processes} processes.");
        if (pages < 20 || first > MostFirstMs || peak > MostMb)
        {
            broken.Add($"the first original of a process has {pages} pages, takes {first:0} ms and {peak:0} MB");
        }

        void Row(string name, Func<OriginalCost, double> of)
        {
            var (ours, least) = (Median(originals, of), Median(floors, of));
            Console.WriteLine($"| {name} | {ours:0.0} | {least:0.0} | {ours / least:0.0} |");
        }
    }

    private static OriginalCost Run(string mode, string folder)
    {
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(OriginalTable).Assembly.Location] : [];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. program, mode, folder]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var told = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? JsonSerializer.Deserialize<OriginalCost>(told)! : throw new InvalidOperationException($"The process that measures the {mode} failed.");
    }

    private static double Median(List<OriginalCost> costs, Func<OriginalCost, double> of) => costs.Select(of).Order().ElementAt(costs.Count / 2);
}
