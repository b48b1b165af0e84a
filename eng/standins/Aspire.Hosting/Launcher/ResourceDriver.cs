using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Launcher;

/// <summary>Knows how one kind of resource is started and stopped.</summary>
internal abstract class ResourceDriver
{
    /// <summary>Starts the instance; null when it has no process of its own.</summary>
    public abstract Task<ChildProcess?> StartAsync(ResourceInstance instance, CancellationToken token);

    /// <summary>Stops it gracefully; at the end of a throw-away run there is nothing to save.</summary>
    public virtual Task StopAsync(ChildProcess process, bool discard) => process.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(10));

    /// <summary>Frees what outlives a single process.</summary>
    public virtual Task EndAsync() => Task.CompletedTask;

    public static ResourceDriver? For(IResource resource, DistributedApplicationBuilder builder) => resource switch
    {
        ProjectResource project => new ProjectDriver(project, builder),
        PostgresServerResource server => new PostgresServer(server, LauncherOptions.Of(builder)),
        PostgresDatabaseResource database => new PostgresDatabase(database),
        RabbitMQServerResource server => new RabbitMQServer(server, LauncherOptions.Of(builder)),
        _ => null,
    };
}
