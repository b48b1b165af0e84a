namespace StandIns.Aspire.Tests;

/// <summary>The environment that references give, as Aspire documents it.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_reference_gives_what_Aspire_gives()
    {
        var builder = Sample.Builder("--OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317", "--OTEL_EXPORTER_OTLP_HEADERS=x-otlp-api-key=key");
        var database = builder.AddPostgres("postgres").AddDatabase("agreementsdb");
        var messaging = builder.AddRabbitMQ("messaging").WithExplicitStart();
        var organisations = builder.AddSample("organisations").WithReplicas(2);
        builder.AddSample("agreements").WithReference(database).WithReference(messaging).WithReference(organisations)
            .WithReference("register", new Uri("http://register.example")).WithEnvironment("Identity__Issuers__0__Name", "development");
        await using var app = await builder.BuildAsync(Sample.Deadline());
        await app.StartAsync(Sample.Deadline());
        await app.HealthyAsync("agreements");

        var given = await app.EnvironmentAsync("agreements");

        var db = app.GetEndpoint("postgres");
        var password = given["AGREEMENTSDB_PASSWORD"];
        AssertHas(given, new()
        {
            ["ConnectionStrings__agreementsdb"] = $"Host=localhost;Port={db.Port};Username=postgres;Password={password};Database=agreementsdb",
            ["AGREEMENTSDB_HOST"] = "localhost",
            ["AGREEMENTSDB_PORT"] = $"{db.Port}",
            ["AGREEMENTSDB_USERNAME"] = "postgres",
            ["AGREEMENTSDB_DATABASENAME"] = "agreementsdb",
            ["AGREEMENTSDB_URI"] = $"postgresql://postgres:{password}@localhost:{db.Port}/agreementsdb",
            ["AGREEMENTSDB_JDBCCONNECTIONSTRING"] = $"jdbc:postgresql://localhost:{db.Port}/agreementsdb",
            ["ConnectionStrings__messaging"] = $"amqp://guest:{given["MESSAGING_PASSWORD"]}@localhost:{app.GetEndpoint("messaging").Port}",
            ["MESSAGING_URI"] = given["ConnectionStrings__messaging"],
            ["MESSAGING_HOST"] = "localhost",
            ["MESSAGING_USERNAME"] = "guest",
            ["services__organisations__Grpc__0"] = Trimmed(app.GetEndpoint("organisations", "Grpc")),
            ["services__organisations__Health__0"] = Trimmed(app.GetEndpoint("organisations", "Health")),
            ["ORGANISATIONS_GRPC"] = Trimmed(app.GetEndpoint("organisations", "Grpc")),
            ["services__register__default__0"] = "http://register.example/",
            ["REGISTER"] = "http://register.example/",
            ["Kestrel__Endpoints__Grpc__Url"] = Trimmed(app.GetEndpoint("agreements", "Grpc")),
            ["Kestrel__Endpoints__Health__Url"] = Trimmed(app.GetEndpoint("agreements", "Health")),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-otlp-api-key=key",
            ["OTEL_SERVICE_NAME"] = "agreements",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=agreements",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_TRACES_SAMPLER"] = "always_on",
            ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
            ["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true",
            ["Identity__Issuers__0__Name"] = "development",
        });
        // The second replica is found by counting up, and every replica has its own port.
        Assert.Contains("services__organisations__Grpc__1", given.Keys);
        Assert.NotEqual(given["services__organisations__Grpc__0"], given["services__organisations__Grpc__1"]);
        Assert.DoesNotContain("ASPNETCORE_URLS", given.Keys);
    }

    [Fact]
    public async Task References_can_be_narrowed_and_telemetry_goes_nowhere_unless_told()
    {
        var builder = Sample.Builder();
        var database = builder.AddPostgres("postgres").AddDatabase("db");
        var other = builder.AddProject("other", Sample.ProjectPath).WithExplicitStart();
        builder.AddSample("narrow").WithReference(database).WithReference(other).WithReferenceEnvironment(
            ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery);
        await using var app = await builder.BuildAsync(Sample.Deadline());
        await app.StartAsync(Sample.Deadline());
        await app.HealthyAsync("narrow");

        var given = await app.EnvironmentAsync("narrow");

        Assert.Contains("ConnectionStrings__db", given.Keys);
        Assert.Contains("services__other__Grpc__0", given.Keys);
        Assert.DoesNotContain(given.Keys, key => key.StartsWith("DB_", StringComparison.Ordinal) || key.StartsWith("OTHER_", StringComparison.Ordinal));
        Assert.DoesNotContain(given.Keys, key => key.StartsWith("OTEL_", StringComparison.Ordinal));
    }

    private static string Trimmed(Uri address) => address.ToString().TrimEnd('/');

    private static void AssertHas(Dictionary<string, string> given, Dictionary<string, string> wanted) => Assert.Equal(
        wanted.OrderBy(pair => pair.Key, StringComparer.Ordinal),
        wanted.Keys.Order(StringComparer.Ordinal).Select(key => KeyValuePair.Create(key, given.GetValueOrDefault(key) ?? "(missing)")));
}
