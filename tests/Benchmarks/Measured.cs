using System.Diagnostics;

namespace Iop.Benchmarks;

/// <summary>The median of many runs, after some that only warm up. On a shared machine the median says most.</summary>
internal static class Measured
{
    /// <summary>Microseconds of one call, where a run is so short that many are timed at once.</summary>
    public static double Microseconds(int runs, int callsPerRun, Action call)
    {
        var times = new double[runs];
        for (var run = -runs / 5; run < runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < callsPerRun; i++)
            {
                call();
            }

            if (run >= 0)
            {
                times[run] = Stopwatch.GetElapsedTime(started).TotalMicroseconds / callsPerRun;
            }
        }

        return Median(times);
    }

    /// <summary>Milliseconds of two calls, taken in turn so that what disturbs the one disturbs the other.</summary>
    public static async Task<(double First, double Second)> MillisecondsAsync(int runs, Func<Task> first, Func<Task> second)
    {
        var times = (First: new double[runs], Second: new double[runs]);
        for (var run = -runs / 4; run < runs; run++)
        {
            var (one, other) = (await TimeAsync(first), await TimeAsync(second));
            if (run >= 0)
            {
                (times.First[run], times.Second[run]) = (one, other);
            }
        }

        return (Median(times.First), Median(times.Second));
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);
}
