using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Launcher;

/// <summary>Runs the built assembly of a project.</summary>
internal sealed class ProjectDriver(ProjectResource project, DistributedApplicationBuilder builder) : ResourceDriver
{
    private readonly LauncherOptions _options = LauncherOptions.Of(builder);
    private readonly string _projectPath = project.Annotations.OfType<IProjectMetadata>().Single().ProjectPath;

    public override async Task<ChildProcess?> StartAsync(ResourceInstance instance, CancellationToken token)
    {
        var assembly = ProjectFiles.Assembly(_projectPath, _options.Configuration);
        var arguments = new List<object>();
        foreach (var annotation in project.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            annotation.Callback(arguments);

        return await ChildProcess.StartAsync(new Command(
            System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [assembly, .. arguments.Select(argument => argument.ToString()!)],
            Path.GetDirectoryName(_projectPath)!,
            _options.LogFile(instance.Id))
        {
            Environment = await EnvironmentAsync(instance, token),
            // The application host's own settings are not the service's.
            Withheld = ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "Launcher__", "Kestrel__", "OTEL_", "ConnectionStrings__", "services__"],
        });
    }

    private async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(ResourceInstance instance, CancellationToken token)
    {
        var variables = new Dictionary<string, object>
        {
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
            ["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true",
        };
        if (ProjectFiles.LaunchProfile(_projectPath) is { } profile)
        {
            variables["DOTNET_LAUNCH_PROFILE"] = profile.Name;
            foreach (var (name, value) in profile.Variables)
                variables[name] = value;
        }

        if (project.Annotations.OfType<OtlpExporterAnnotation>().Any())
            AddTelemetry(variables, instance);

        var context = new EnvironmentCallbackContext(builder.ExecutionContext, project, variables, token);
        foreach (var annotation in project.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
            await annotation.Callback(context);
        AddEndpoints(variables, instance);

        var resolved = new Dictionary<string, string>();
        foreach (var (name, value) in variables)
            resolved[name] = value is IValueProvider provider ? await provider.GetValueAsync(token) ?? "" : value.ToString() ?? "";
        return resolved;
    }

    private static void AddEndpoints(Dictionary<string, object> variables, ResourceInstance instance)
    {
        var urls = new List<string>();
        foreach (var endpoint in instance.Endpoints)
        {
            var address = endpoint.Allocated[instance.Replica];
            if (endpoint.KestrelKey is { } key)
                variables[$"Kestrel__Endpoints__{key}__Url"] = address.UriString;
            else if (endpoint.PortVariable is { } variable)
                variables[variable] = address.Port.ToString(CultureInfo.InvariantCulture);
            else if (endpoint.UriScheme is "http" or "https")
                urls.Add(address.UriString);
        }

        if (urls.Count > 0 && instance.Endpoints.All(endpoint => endpoint.KestrelKey is null))
            variables.TryAdd("ASPNETCORE_URLS", string.Join(';', urls));
    }

    // No dashboard receives telemetry here, so it is sent only where the application host was told to send it.
    private void AddTelemetry(Dictionary<string, object> variables, ResourceInstance instance)
    {
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 } endpoint) return;

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "grpc";
        if (builder.Configuration["OTEL_EXPORTER_OTLP_HEADERS"] is { Length: > 0 } headers)
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = headers;
        variables["OTEL_SERVICE_NAME"] = project.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance.Id}";
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (!builder.Environment.IsDevelopment()) return;

        foreach (var interval in (string[])["OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL"])
            variables[interval] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        variables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
        variables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
    }
}
