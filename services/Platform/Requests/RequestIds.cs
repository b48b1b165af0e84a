namespace Iop.Platform.Requests;

/// <summary>The id that follows a request from the first caller through services, logs, errors and events.</summary>
internal static class RequestIds
{
    public const string Header = "x-request-id";
    private const int MaxLength = 64;

    /// <summary>Takes the id that the caller sent when it is fit to be logged, and makes one otherwise.</summary>
    public static string Of(string? sent) =>
        sent is { Length: > 0 and <= MaxLength } && sent.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? sent
            : Guid.CreateVersion7().ToString();
}
