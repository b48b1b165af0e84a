using Microsoft.Extensions.Configuration;

namespace IopPlatform.AppHost;

/// <summary>What every service of the suite has in common.</summary>
internal static class ServiceResources
{
    /// <summary>
    /// The compiler works in blocks of 64 KB. Taken from the system one by one they go back to it at once; from glibc's own
    /// heap, which is the default, 15 MB of them stay with the process.
    /// </summary>
    private const string MallocMmapThreshold = "65536";

    /// <summary>
    /// A service and the migration of its database, which the service waits for. It does not wait for the broker:
    /// without one it serves, and its events wait in the outbox.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddService(
        this IDistributedApplicationBuilder builder,
        string name,
        string project,
        IResourceBuilder<PostgresDatabaseResource> database,
        IResourceBuilder<RabbitMQServerResource> messaging)
    {
        var path = $"../services/{project}/{project}.csproj";

        var migration = builder.AddProject(ResourceNames.Migrate(name), path)
            .WithArgs("migrate")
            .WithEnvironmentOfHost()
            .WithReference(database)
            .WaitFor(database);

        return builder.AddProject(name, path)
            .WithEnvironmentOfHost()
            .WithSettings("Identity")
            .WithSettings("Seal")
            .WithReference(database)
            .WithReference(messaging)
            .WithEnvironment("MALLOC_MMAP_THRESHOLD_", MallocMmapThreshold)
            .WaitForCompletion(migration)
            .WithHttpHealthCheck("/health/ready", endpointName: ResourceNames.HealthEndpoint);
    }

    /// <summary>The host's kind of environment, and only what a reference needs: passwords once, not three times.</summary>
    private static IResourceBuilder<ProjectResource> WithEnvironmentOfHost(this IResourceBuilder<ProjectResource> service) => service
        .WithEnvironment("ASPNETCORE_ENVIRONMENT", service.ApplicationBuilder.Environment.EnvironmentName)
        .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
        .WithEnvironment(context =>
        {
            // Aspire shows whole query strings in Development; here they could name a person.
            context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "false";
            context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "false";
        });

    /// <summary>A section of the host's configuration: whose tokens the services trust, and what originals are sealed with.</summary>
    private static IResourceBuilder<ProjectResource> WithSettings(this IResourceBuilder<ProjectResource> service, string section)
    {
        foreach (var (key, value) in service.ApplicationBuilder.Configuration.GetSection(section).AsEnumerable())
        {
            if (value is not null)
                service.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
        }

        return service;
    }
}
