using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Launcher;

namespace Aspire.Hosting;

/// <summary>Projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a .NET project; its endpoints are those that its settings give Kestrel.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath)
    {
        var path = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, projectPath.Replace('\\', '/')));
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(new ProjectMetadata(path)).WithOtlpExporter();
        foreach (var endpoint in ProjectFiles.Endpoints(path, builder.Environment.EnvironmentName))
            project.WithAnnotation(endpoint);
        return project;
    }

    /// <summary>Runs several processes of a project.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
}

/// <summary>Telemetry.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Tells a process where to send telemetry, if the application host knows.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment =>
        builder.WithAnnotation(new OtlpExporterAnnotation(), ResourceAnnotationMutationBehavior.Replace);
}

/// <summary>Parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter that configuration gives under <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => builder.Configuration[$"Parameters:{name}"] ??
            throw new DistributedApplicationException($"Configuration has no value 'Parameters:{name}'."), secret));

    /// <summary>Adds a parameter with a value.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => builder.Configuration[$"Parameters:{name}"] ?? value, secret));

    // Kept in the data folder: a server that keeps its data keeps its password too.
    internal static ParameterResource GeneratedPassword(this IDistributedApplicationBuilder builder, string name) =>
        new(name, () => builder.Configuration[$"Parameters:{name}"] ?? LauncherOptions.Of(builder).Secret(name), secret: true);
}

/// <summary>PostgreSQL.</summary>
public static class PostgresBuilderExtensions
{
    /// <summary>Adds a PostgreSQL server.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var server = new PostgresServerResource(
            name, userName?.Resource, password?.Resource ?? builder.GeneratedPassword($"{name}-password"));
        return builder.AddResource(server)
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, name: PostgresServerResource.EndpointName, port: port))
            .WithAnnotation(new HealthProbeAnnotation($"{name}_check",
                async (_, token) => await PostgresServer.ProbeAsync(await PostgresServer.AdministrationAsync(server, token), token)));
    }

    /// <summary>Adds a database, which is created when the server is ready.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.DatabaseNames[name] = database.DatabaseName;
        return builder.ApplicationBuilder.AddResource(database)
            .WithAnnotation(new WaitAnnotation(builder.Resource, WaitType.WaitUntilHealthy))
            .WithAnnotation(new HealthProbeAnnotation($"{name}_check",
                async (_, token) => await PostgresServer.ProbeAsync((await database.ConnectionStringExpression.GetValueAsync(token))!, token)));
    }

    /// <summary>Keeps the data between runs. A launcher that is not ephemeral always does.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) => builder;
}

/// <summary>RabbitMQ.</summary>
public static class RabbitMQBuilderExtensions
{
    /// <summary>Adds a RabbitMQ server.</summary>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var server = new RabbitMQServerResource(
            name, userName?.Resource, password?.Resource ?? builder.GeneratedPassword($"{name}-password"));
        return builder.AddResource(server)
            .WithAnnotation(new EndpointAnnotation(
                ProtocolType.Tcp, uriScheme: "amqp", name: RabbitMQServerResource.EndpointName, port: port))
            .WithAnnotation(new HealthProbeAnnotation($"{name}_check",
                (_, token) => RabbitMQServer.ProbeAsync(server.PrimaryEndpoint.Port, token)));
    }

    /// <summary>Keeps the data between runs. A launcher that is not ephemeral always does.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) => builder;
}
