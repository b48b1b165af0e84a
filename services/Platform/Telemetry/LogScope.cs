namespace Iop.Platform.Telemetry;

/// <summary>What stands on every log entry of a call, message or scheduled work, readable also where a formatter knows no pairs.</summary>
public sealed class LogScope : Dictionary<string, object>
{
    /// <summary>The pairs, as <c>key=value</c> with a space between.</summary>
    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}={pair.Value}"));
}
