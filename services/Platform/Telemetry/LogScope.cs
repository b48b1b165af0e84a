namespace Iop.Platform.Telemetry;

/// <summary>What stands on every log entry of a call or message, readable also where a formatter knows no pairs.</summary>
internal sealed class LogScope : Dictionary<string, object>
{
    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}={pair.Value}"));
}
