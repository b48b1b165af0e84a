using System.Diagnostics;
using Xunit.Abstractions;

namespace Iop.Typesetting.Tests;

/// <summary>What a long original costs. Memory is held to its limit; the time is told, for it is the machine's as much as ours.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    [Fact]
    public void Twenty_pages_take_less_than_a_hundred_megabytes()
    {
        var document = Samples.Long(36);
        var pages = Poppler.Text(Samples.Typesetter.Render(document)).Count(sign => sign == '\f');
        var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());

        Samples.Typesetter.Render(document);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{pages} pages: {watch.ElapsedMilliseconds} ms, {allocated / 1_000_000d:F1} MB");
        Assert.True(pages >= 20, $"{pages} pages");
        Assert.True(allocated < 100_000_000, $"{allocated} bytes");
    }
}
