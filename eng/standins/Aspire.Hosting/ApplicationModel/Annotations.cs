using Aspire.Hosting.Launcher;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How an annotation joins those of its type.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>Beside them.</summary>
    Append = 0,
    /// <summary>In their place.</summary>
    Replace = 1,
}

/// <summary>What a dependent does when the resource it waits for cannot become available.</summary>
public enum WaitBehavior
{
    /// <summary>Goes on waiting.</summary>
    WaitOnResourceUnavailable = 0,
    /// <summary>Fails.</summary>
    StopOnResourceUnavailable = 1,
}

/// <summary>What a dependent waits for.</summary>
public enum WaitType
{
    /// <summary>That the resource runs and is healthy.</summary>
    WaitUntilHealthy = 0,
    /// <summary>That the resource has ended.</summary>
    WaitForCompletion = 1,
    /// <summary>That the resource runs.</summary>
    WaitUntilStarted = 2,
}

/// <summary>A wait of one resource for another.</summary>
/// <param name="resource">The resource waited for.</param>
/// <param name="waitType">What is waited for.</param>
/// <param name="exitCode">The exit code wanted of a resource that ends.</param>
public class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The resource waited for.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What is waited for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>The exit code wanted of a resource that ends.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What to do when it cannot come.</summary>
    public WaitBehavior? WaitBehavior { get; init; }
}

/// <summary>A relation between resources, such as a reference.</summary>
/// <param name="resource">The other resource.</param>
/// <param name="type">The kind of relation.</param>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The kind of relation.</summary>
    public string Type { get; } = type;
}

/// <summary>How many processes a resource has.</summary>
/// <param name="replicas">The number.</param>
public class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>The number.</summary>
    public int Replicas { get; } = replicas;
}

/// <summary>The resource starts only when told to.</summary>
public class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>The resource is told where to send telemetry.</summary>
public class OtlpExporterAnnotation : IResourceAnnotation;

/// <summary>A callback that fills a process's environment.</summary>
/// <param name="callback">The callback.</param>
public class EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>The callback.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>The environment that is being filled.</summary>
/// <param name="executionContext">How the application host runs.</param>
/// <param name="resource">The resource whose environment it is.</param>
/// <param name="environmentVariables">The variables: texts, or values that are known when the process starts.</param>
/// <param name="cancellationToken">Ends the start.</param>
public class EnvironmentCallbackContext(
    DistributedApplicationExecutionContext executionContext,
    IResource resource,
    Dictionary<string, object>? environmentVariables = null,
    CancellationToken cancellationToken = default)
{
    /// <summary>The variables.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? [];

    /// <summary>The resource whose environment it is.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>How the application host runs.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>Ends the start.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>A callback that fills a process's arguments.</summary>
/// <param name="callback">The callback.</param>
public class CommandLineArgsCallbackAnnotation(Action<IList<object>> callback) : IResourceAnnotation
{
    /// <summary>The callback.</summary>
    public Action<IList<object>> Callback { get; } = callback;
}

/// <summary>Narrows what references put into the environment.</summary>
/// <param name="flags">What is put there.</param>
public sealed class ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) : IResourceAnnotation
{
    /// <summary>What is put there.</summary>
    public ReferenceEnvironmentInjectionFlags Flags { get; } = flags;
}

/// <summary>What references put into the environment.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary><c>ConnectionStrings__name</c>.</summary>
    ConnectionString = 1,
    /// <summary><c>NAME_HOST</c> and its siblings.</summary>
    ConnectionProperties = 2,
    /// <summary><c>services__name__endpoint__0</c>.</summary>
    ServiceDiscovery = 4,
    /// <summary><c>NAME_ENDPOINT</c>.</summary>
    Endpoints = 8,
    /// <summary>Everything.</summary>
    All = ConnectionString | ConnectionProperties | ServiceDiscovery | Endpoints,
}

internal sealed record ProjectMetadata(string ProjectPath) : IProjectMetadata;

/// <summary>A check of one instance: null when well, else what is wrong.</summary>
internal sealed record HealthProbeAnnotation(string Key, Func<ResourceInstance, CancellationToken, Task<string?>> Check) : IResourceAnnotation;
