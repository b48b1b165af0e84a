using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Launcher;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Describes an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>Settings of the application host.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of the application host's project.</summary>
    string AppHostDirectory { get; }

    /// <summary>The assembly of the application host.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>Environment of the application host.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>Services of the application host.</summary>
    IServiceCollection Services { get; }

    /// <summary>How the application host runs.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resources described so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource to the application.</summary>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>Describes a resource without adding it.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;

    /// <summary>The application as described.</summary>
    DistributedApplication Build();
}

/// <summary>Lets a test run an application host's entry point up to the point where the application is built.</summary>
internal sealed class EntryPointCapture
{
    private static readonly AsyncLocal<EntryPointCapture?> Ambient = new();

    public static EntryPointCapture? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public required Assembly Assembly { get; init; }

    public required string[] Args { get; init; }

    /// <summary>Called when the entry point asks for the application; does not return to it.</summary>
    public required Action<DistributedApplicationBuilder> Building { get; init; }
}

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly EntryPointCapture? _capture;

    public DistributedApplicationBuilder(DistributedApplicationOptions options, EntryPointCapture? capture, bool underTest = false)
    {
        _capture = capture;
        underTest |= capture is not null;
        AppHostAssembly = capture?.Assembly ?? (options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly());
        AppHostDirectory = options.ProjectDirectory ?? ProjectFolder(AppHostAssembly) ?? Directory.GetCurrentDirectory();
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [.. options.Args ?? [], .. capture?.Args ?? []],
            ContentRootPath = AppHostDirectory,
            EnvironmentName = underTest && System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is null ? Environments.Development : null,
        });
        if (underTest && Configuration["Launcher:Ephemeral"] is null)
            Configuration["Launcher:Ephemeral"] = "true";
        AddLauncher(showTable: !underTest);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new(DistributedApplicationOperation.Run);

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        if (Resources.Any(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"There is already a resource named '{resource.Name}'.");
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _capture?.Building(this);
        return BuildCore();
    }

    internal DistributedApplication BuildCore() => new(_host.Build());

    private void AddLauncher(bool showTable)
    {
        LauncherOptions.AddTo(this);
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(services => new LocalLauncher(this, services.GetRequiredService<ResourceNotificationService>(),
            services.GetRequiredService<ILogger<LocalLauncher>>()));
        Services.AddSingleton(services => new ResourceCommandService(services.GetRequiredService<LocalLauncher>()));
        Services.AddHostedService(services => services.GetRequiredService<LocalLauncher>());
        if (showTable) Services.AddHostedService<StateTable>();

        Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(60));
        Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        _host.Logging.AddFilter("Microsoft", LogLevel.Warning);
    }

    // The build writes the project's folder into the assembly, so that paths mean the same wherever the process starts.
    private static string? ProjectFolder(Assembly? assembly) => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => string.Equals(metadata.Key, "apphostprojectpath", StringComparison.OrdinalIgnoreCase))?.Value;
}
