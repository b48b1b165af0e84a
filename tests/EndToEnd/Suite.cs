using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Grpc.Core;
using Iop.DevIssuer;
using Iop.Journey;
using IopPlatform.AppHost;
using Microsoft.Extensions.Diagnostics.HealthChecks;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Iop.EndToEnd;

/// <summary>
/// The whole suite as its application host describes it: servers and services as processes of their own, on data that is
/// thrown away. An error in the log of a service fails it.
/// </summary>
public partial class Suite : IAsyncLifetime
{
    private const int StartSeconds = 120;
    private DistributedApplication? _app;
    private TraceReceiver? _traces;
    private Channels? _channels;

    public static IReadOnlyList<string> ServiceNames { get; } =
        [ResourceNames.Organisations, ResourceNames.Eligibility, ResourceNames.Agreements, ResourceNames.FollowUp];

    /// <summary>The issuer that the services trust, for every municipality.</summary>
    public DevelopmentIssuer Issuer { get; } = DevelopmentIssuer.OpenOrCreate(Directory.CreateTempSubdirectory("iop-issuer").FullName);

    /// <summary>Whether the broker starts with the rest.</summary>
    protected virtual bool WithBroker => true;

    public DistributedApplication App => _app!;

    public TraceReceiver Traces => _traces!;

    public Channels Channels => _channels!;

    public static CancellationToken Deadline(int seconds = 90) => new CancellationTokenSource(TimeSpan.FromSeconds(seconds)).Token;

    /// <summary>What the test project was built with.</summary>
    public static string Metadata(string key) => typeof(Suite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;

    public async Task InitializeAsync()
    {
        _traces = await TraceReceiver.StartAsync();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<ResourceNames>(
            [
                $"--Launcher:Configuration={Metadata("Configuration")}",
                $"--Identity:Issuers:0:Issuer={Issuer.Name}",
                $"--Identity:Issuers:0:JwksFile={Issuer.KeySetFile}",
                "--Identity:Issuers:0:Municipalities:0=*",
                "--Identity:Issuers:0:Development=true",
                $"--OTEL_EXPORTER_OTLP_ENDPOINT={_traces.Address}",
                "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            ],
            Deadline(StartSeconds));
        // As an installation enters the rates that it has verified.
        var register = builder.Resources.Single(resource => resource.Name == ResourceNames.Organisations);
        builder.CreateResourceBuilder((ProjectResource)register).WithEnvironment("Aid__TablesFile", Path.Combine(AppContext.BaseDirectory, "aid-tables.yaml"));
        if (!WithBroker)
        {
            var broker = builder.Resources.Single(resource => resource.Name == ResourceNames.Messaging);
            builder.CreateResourceBuilder((RabbitMQServerResource)broker).WithExplicitStart();
        }

        _app = await builder.BuildAsync(Deadline(StartSeconds));
        await _app.StartAsync(Deadline(StartSeconds));
        await Task.WhenAll(ServiceNames.Select(service => _app.ResourceNotifications.WaitForResourceHealthyAsync(service, Deadline(StartSeconds))));
        _channels = new Channels(new Addresses(
            Grpc(ResourceNames.Organisations), Grpc(ResourceNames.Eligibility), Grpc(ResourceNames.Agreements), Grpc(ResourceNames.FollowUp)));
    }

    public async Task DisposeAsync()
    {
        // What the tests expected to go wrong is told as a warning or less; an error is always news.
        var errors = _app is null ? [] : ServiceNames.SelectMany(service => LogLines(service).Where(IsError).Select(line => $"{service}: {line}")).ToList();
        _channels?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_traces is not null)
        {
            await _traces.DisposeAsync();
        }

        Directory.Delete(Path.GetDirectoryName(Issuer.KeySetFile)!, recursive: true);
        Assert.Empty(errors);
    }

    public Uri Grpc(string service) => App.GetEndpoint(service, ResourceNames.GrpcEndpoint);

    /// <summary>A client of a service's health over HTTP.</summary>
    public HttpClient Health(string service) => App.CreateHttpClient(service, ResourceNames.HealthEndpoint);

    /// <summary>Sets the stage for a story, in silence.</summary>
    public Task<Stage> StageAsync(string municipality, Story story) =>
        Stage.SetAsync(Channels, Issuer, municipality, story, (_, _) => { }, Deadline());

    /// <summary>Plays a whole partnership.</summary>
    public async Task<JourneyResult> PlayAsync(string municipality, Story story)
    {
        var last = "start";
        try
        {
            return await Partnership.PlayAsync(Channels, Issuer, municipality, story, (step, _) => last = step, Deadline(120));
        }
        catch (RpcException refused)
        {
            throw new JourneyException($"After '{last}': {RichError.Of(refused)}");
        }
    }

    /// <summary>What a service or server has written to its console, without colours.</summary>
    public IEnumerable<string> LogLines(string resource)
    {
        using var file = new FileStream(Property(resource, "log.file"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            yield return Colours().Replace(line, "");
        }
    }

    public int ProcessId(string resource) => int.Parse(Property(resource, "executable.pid"), CultureInfo.InvariantCulture);

    /// <summary>Waits until a service is healthy in another process than the one given.</summary>
    public Task AnotherProcessAsync(string resource, int than) => App.ResourceNotifications.WaitForResourceAsync(
        resource,
        change => change.Snapshot.HealthStatus == HealthStatus.Healthy
            && change.Snapshot.Properties.Any(property => property.Name == "executable.pid" && !$"{than}".Equals($"{property.Value}", StringComparison.Ordinal)),
        Deadline());

    /// <summary>Starts or stops a resource.</summary>
    public async Task CommandAsync(string resource, string command)
    {
        var done = await App.ResourceCommands.ExecuteCommandAsync(resource, command, Deadline());
        Assert.True(done.Success, done.ErrorMessage);
    }

    private string Property(string resource, string name)
    {
        Assert.True(App.ResourceNotifications.TryGetCurrentState(resource, out var state));
        return state.Snapshot.Properties.Single(property => property.Name == name).Value!.ToString()!;
    }

    private static bool IsError(string line) => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal);

    [GeneratedRegex("\u001b\\[[0-9;]*m", RegexOptions.None, 1000)]
    private static partial Regex Colours();
}

/// <summary>The suite that most tests share.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSuite : ICollectionFixture<Suite>
{
    public const string Name = "suite";
}

/// <summary>The suite whose broker is not started with the rest.</summary>
public sealed class BrokerlessSuite : Suite
{
    protected override bool WithBroker => false;
}
