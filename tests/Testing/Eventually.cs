using System.Diagnostics;

namespace Iop.Testing;

/// <summary>Waits for what happens elsewhere by looking again, up to a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until the value is the expected one; the test fails with the last value seen.</summary>
    public static async Task IsAsync<T>(T expected, Func<Task<T>> look, int seconds = 60)
    {
        var started = Stopwatch.GetTimestamp();

        // What is waited for happens in a database, a broker or another process, which send a test no signal.
        using var timer = new PeriodicTimer(Pause);

        // Compared as the assertion does: two lists of the same are equal, and not waited for to the deadline.
        var seen = await look();
        while (Xunit.Record.Exception(() => Xunit.Assert.Equal(expected, seen)) is not null && Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            await timer.WaitForNextTickAsync();
            seen = await look();
        }

        Xunit.Assert.Equal(expected, seen);
    }

    /// <summary>Looks until there is something to see, and gives it.</summary>
    public static async Task<T> SomethingAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        T? seen = null;
        await IsAsync(true, async () => (seen = await look()) is not null);
        return seen!;
    }
}
