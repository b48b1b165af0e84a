using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Launcher;

/// <summary>Runs the application model as processes of this machine.</summary>
internal sealed class LocalLauncher(
    DistributedApplicationBuilder builder, ResourceNotificationService notifications, ILogger<LocalLauncher> logger) : IHostedService, IAsyncDisposable
{
    private readonly LauncherOptions _options = LauncherOptions.Of(builder);
    private readonly List<int> _ports = [];
    private IReadOnlyList<ResourceRunner> _runners = [];
    private Task? _stopping;

    public IResourceCollection Model => builder.Resources;

    public IReadOnlyList<ResourceRunner> Find(string resourceId) =>
    [
        .. _runners.Where(runner => string.Equals(runner.Instance.Id, resourceId, StringComparison.OrdinalIgnoreCase) ||
            string.Equals(runner.Instance.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase)),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _options.Hold();
        foreach (var resource in builder.Resources)
            AllocatePorts(resource);

        var completed = builder.Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType == WaitType.WaitForCompletion).Select(wait => wait.Resource).ToHashSet();
        var waiter = new DependencyWaiter(notifications);
        _runners =
        [
            .. from resource in builder.Resources
               from instance in ResourceInstance.Of(resource)
               let driver = ResourceDriver.For(resource, builder)
               where driver is not null
               select new ResourceRunner(instance, driver, waiter, notifications, completed.Contains(resource)),
        ];
        foreach (var runner in _runners)
            runner.Announce(_options.LogFile(runner.Instance.Id));
        await Task.WhenAll(_runners.Where(runner => !runner.Instance.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any())
            .Select(runner => runner.StartAsync()));
        logger.LogDebug("{Count} resources are starting in {Folder}", _runners.Count, _options.DataFolder);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopping ??= StopAllAsync();

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private void AllocatePorts(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.Allocated = [.. ResourceInstance.Of(resource).Select(instance => new AllocatedEndpoint(endpoint, "localhost",
                instance.Replica == 0 && (endpoint.Port ?? endpoint.TargetPort) is { } wanted ? wanted : _options.Port($"{instance.Id}/{endpoint.Name}")))];
            _ports.AddRange(endpoint.Allocated.Select(address => address.Port));
        }
    }

    private async Task StopAllAsync()
    {
        var stops = new Dictionary<ResourceRunner, Task>();
        // Those declared last depend on those declared first, so each stops when all its dependents have stopped.
        foreach (var runner in _runners.Reverse())
        {
            var dependents = stops.Where(other => DependsOn(other.Key.Instance.Resource, runner.Instance.Resource)).Select(other => other.Value);
            stops[runner] = StopAfterAsync(runner, [.. dependents]);
        }

        await Task.WhenAll(stops.Values);
        await Task.WhenAll(_runners.Select(runner => runner.Driver.EndAsync()));
        foreach (var runner in _runners)
            runner.Dispose();
        LauncherOptions.GiveBack(_ports);
        _options.Dispose();
    }

    private async Task StopAfterAsync(ResourceRunner runner, Task[] dependents)
    {
        await Task.WhenAll(dependents);
        await runner.StopAsync(discard: _options.Ephemeral);
    }

    private static bool DependsOn(IResource dependent, IResource dependency) => dependent.Annotations.Any(annotation => annotation switch
    {
        WaitAnnotation wait => wait.Resource == dependency,
        ResourceRelationshipAnnotation relationship => relationship.Resource == dependency,
        _ => false,
    });
}
