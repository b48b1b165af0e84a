using System.Net.Sockets;
using System.Text.Json;
using System.Xml.Linq;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Launcher;

/// <summary>What a project's own files say: its assembly, its Kestrel endpoints and its launch profile.</summary>
internal static class ProjectFiles
{
    public static string Assembly(string projectPath, string configuration)
    {
        if (!File.Exists(projectPath)) throw new DistributedApplicationException($"There is no project {projectPath}.");

        var properties = XDocument.Load(projectPath).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
        var name = properties["AssemblyName"].FirstOrDefault() ?? Path.GetFileNameWithoutExtension(projectPath);
        var framework = properties["TargetFramework"].FirstOrDefault() ?? "net10.0";
        var assembly = Path.Combine(Path.GetDirectoryName(projectPath)!, "bin", configuration, framework, $"{name}.dll");
        return File.Exists(assembly)
            ? assembly
            : throw new DistributedApplicationException($"The project is not built: there is no {assembly}.");
    }

    /// <summary>The endpoints of <c>Kestrel:Endpoints</c>, or else those of the launch profile.</summary>
    public static IEnumerable<EndpointAnnotation> Endpoints(string projectPath, string environment)
    {
        var folder = Path.GetDirectoryName(projectPath)!;
        if (!Directory.Exists(folder)) return [];

        var settings = new ConfigurationBuilder().SetBasePath(folder)
            .AddJsonFile("appsettings.json", optional: true).AddJsonFile($"appsettings.{environment}.json", optional: true).Build();
        var kestrel = settings.GetSection("Kestrel:Endpoints").GetChildren().Select(section => (
            section.Key, Scheme: Scheme(section["Url"]),
            Http2: (section["Protocols"] ?? settings["Kestrel:EndpointDefaults:Protocols"]) == "Http2")).ToArray();
        if (kestrel.Length > 0)
        {
            // The only endpoint of a scheme is called after the scheme; several are called after their keys.
            return kestrel.GroupBy(endpoint => endpoint.Scheme).SelectMany(group => group.Select(endpoint => new EndpointAnnotation(
                ProtocolType.Tcp, group.Key, endpoint.Http2 ? "http2" : null, group.Count() == 1 ? group.Key : endpoint.Key)
            { KestrelKey = endpoint.Key }));
        }

        return LaunchProfile(projectPath) is { } profile && profile.Urls.Contains("http://", StringComparison.OrdinalIgnoreCase)
            ? [new EndpointAnnotation(ProtocolType.Tcp, "http")]
            : [];
    }

    /// <summary>The first profile that runs the project.</summary>
    public static (string Name, string Urls, IReadOnlyDictionary<string, string> Variables)? LaunchProfile(string projectPath)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(file)) return null;

        using var document = JsonDocument.Parse(File.ReadAllText(file), new JsonDocumentOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        });
        if (!document.RootElement.TryGetProperty("profiles", out var profiles)) return null;

        foreach (var profile in profiles.EnumerateObject())
        {
            if (!profile.Value.TryGetProperty("commandName", out var command) || command.GetString() != "Project") continue;

            var urls = profile.Value.TryGetProperty("applicationUrl", out var url) ? url.GetString() : null;
            var variables = profile.Value.TryGetProperty("environmentVariables", out var given)
                ? given.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString() ?? "")
                : [];
            return (profile.Name, urls ?? "", variables);
        }

        return null;
    }

    private static string Scheme(string? url) => url?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true ? "https" : "http";
}
