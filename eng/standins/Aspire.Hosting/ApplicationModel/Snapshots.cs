using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of a resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>Kind of resource.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Named facts; <c>executable.pid</c> is the process id.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When the process started.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When the process ended.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>The state.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>Exit code of a process that has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Addresses.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>What the latest checks said.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; init; } = [];

    /// <summary>Health of a running resource: that of its worst report.</summary>
    public HealthStatus? HealthStatus =>
        State?.Text != KnownResourceStates.Running ? null
        : HealthReports.IsEmpty ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
        : HealthReports.Min(report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
}

/// <summary>A state.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Style">How to show it.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a style.</summary>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new ResourceStateSnapshot(s, null);
}

/// <summary>A named fact.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record ResourcePropertySnapshot(string Name, object? Value);

/// <summary>An address.</summary>
/// <param name="Name">Name of the endpoint.</param>
/// <param name="Url">The address.</param>
/// <param name="IsInternal">Whether it is of no interest to people.</param>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal);

/// <summary>What a check said.</summary>
/// <param name="Name">The check.</param>
/// <param name="Status">The outcome.</param>
/// <param name="Description">Why.</param>
/// <param name="ExceptionText">The failure, if there was one.</param>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText);

/// <summary>Something that happened to a resource.</summary>
/// <param name="resource">The resource.</param>
/// <param name="resourceId">The instance of it.</param>
/// <param name="snapshot">What is known now.</param>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The instance of it.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>What is known now.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}

/// <summary>Names of states.</summary>
public static class KnownResourceStates
{
    /// <summary>Waits to be told to start.</summary>
    public static readonly string NotStarted = nameof(NotStarted);
    /// <summary>Waits for another resource.</summary>
    public static readonly string Waiting = nameof(Waiting);
    /// <summary>Is being started.</summary>
    public static readonly string Starting = nameof(Starting);
    /// <summary>Runs.</summary>
    public static readonly string Running = nameof(Running);
    /// <summary>Is being stopped.</summary>
    public static readonly string Stopping = nameof(Stopping);
    /// <summary>Could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);
    /// <summary>Was stopped, or ended with an error.</summary>
    public static readonly string Exited = nameof(Exited);
    /// <summary>Has done its work.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>States that a resource does not leave by itself.</summary>
    public static IReadOnlyList<string> TerminalStates { get; } = [Finished, FailedToStart, Exited];
}
