using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>A running, or runnable, application of several resources.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;

    internal DistributedApplication(IHost host) => _host = host;

    /// <summary>Starts, stops and restarts single resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Tells what happens to resources.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <inheritdoc />
    public IServiceProvider Services => _host.Services;

    /// <summary>A builder for an application without arguments.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder(new DistributedApplicationOptions());

    /// <summary>A builder that reads configuration from arguments too.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) =>
        CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>A builder.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) =>
        new DistributedApplicationBuilder(options, EntryPointCapture.Current);

    /// <summary>Runs until told to stop.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until told to stop.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartAsync(cancellationToken);
            await _host.WaitForShutdownAsync(cancellationToken);
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <inheritdoc />
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    /// <inheritdoc />
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <inheritdoc />
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        // The launcher is disposed with the services and stops what still runs.
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>How to build an application.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>Arguments, read as configuration.</summary>
    public string[]? Args { get; set; }

    /// <summary>The assembly of the application host.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Whether to do without a dashboard.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>The folder of the application host's project.</summary>
    public string? ProjectDirectory { get; set; }
}

/// <summary>What an application host does.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>Runs the application.</summary>
    Run,
    /// <summary>Writes files for a deployment.</summary>
    Publish,
}

/// <summary>How the application host runs. Only running is possible here.</summary>
/// <param name="operation">What is done.</param>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    /// <summary>What is done.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>Whether files are written for a deployment.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether the application is run.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;
}

/// <summary>The application cannot run as described.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>A failure with a reason.</summary>
    public DistributedApplicationException(string message) : base(message)
    {
    }

    /// <summary>A failure with a reason and a cause.</summary>
    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}
