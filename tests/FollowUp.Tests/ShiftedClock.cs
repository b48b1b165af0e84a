namespace Iop.FollowUp.Tests;

/// <summary>The real clock, which a test can set forward for what it does itself; everybody else's stays.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private static readonly AsyncLocal<TimeSpan> Ahead = new();

    /// <summary>Sets the clock forward until disposed.</summary>
    public static IDisposable Shift(TimeSpan ahead)
    {
        Ahead.Value = ahead;
        return new Back();
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead.Value;

    private sealed class Back : IDisposable
    {
        public void Dispose() => Ahead.Value = TimeSpan.Zero;
    }
}
