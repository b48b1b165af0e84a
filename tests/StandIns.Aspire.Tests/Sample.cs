using System.Globalization;
using System.Reflection;

namespace StandIns.Aspire.Tests;

/// <summary>Applications made of the sample service, and what the tests ask of them.</summary>
internal static class Sample
{
    public static string ProjectPath { get; } = Metadata("SampleService");

    public static CancellationToken Deadline(int seconds = 60) => new CancellationTokenSource(TimeSpan.FromSeconds(seconds)).Token;

    public static IDistributedApplicationTestingBuilder Builder(params string[] args) =>
        DistributedApplicationTestingBuilder.Create([$"--Launcher:Configuration={Metadata("Configuration")}", .. args]);

    public static IResourceBuilder<ProjectResource> AddSample(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject(name, ProjectPath).WithHttpHealthCheck("/health/ready", endpointName: "Health");

    public static async Task<Dictionary<string, string>> EnvironmentAsync(this DistributedApplication app, string resource)
    {
        using var client = app.CreateHttpClient(resource, "Health");
        var text = await client.GetStringAsync(new Uri("/environment", UriKind.Relative), Deadline());
        return System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(text)!;
    }

    public static int ProcessId(this ResourceEvent change) => Convert.ToInt32(
        change.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value, CultureInfo.InvariantCulture);

    public static Task<ResourceEvent> HealthyAsync(this DistributedApplication app, string resource) =>
        app.ResourceNotifications.WaitForResourceHealthyAsync(resource, Deadline());

    /// <summary>The folder in which everything that the application starts has its log.</summary>
    public static string DataFolder(this DistributedApplication app, string resource)
    {
        Assert.True(app.ResourceNotifications.TryGetCurrentState(resource, out var state));
        var log = state.Snapshot.Properties.Single(property => property.Name == "log.file").Value!.ToString()!;
        return Path.GetDirectoryName(Path.GetDirectoryName(log))!;
    }

    /// <summary>Processes that have the folder in their command line or environment, this one excepted.</summary>
    public static IReadOnlyList<int> ProcessesOf(string folder) =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId)
            .Where(name => Reads($"/proc/{name}/cmdline", folder) || Reads($"/proc/{name}/environ", folder))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)),
    ];

    /// <summary>Asks until the answer is yes; the deadline makes a no a failure.</summary>
    public static async Task EventuallyAsync(Func<bool> holds, string what, int seconds = 20)
    {
        // What is waited for is a process or a file of one, which send a test no signal.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!holds())
        {
            Assert.False(deadline.IsCancellationRequested, what);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static bool Reads(string file, string text)
    {
        try
        {
            return File.ReadAllText(file).Contains(text, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process ended between the listing and the reading.
            return false;
        }
    }

    private static string Metadata(string key) => typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
