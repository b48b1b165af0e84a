using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Iop.DevIssuer;
using Iop.Platform;
using Iop.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Iop.Testing;

/// <summary>
/// A service as it runs in production, in this process: its own composition, a database of its own, the test run's
/// broker and real Kestrel on free ports. An error in its log that no test expected fails the fixture.
/// </summary>
/// <typeparam name="TDb">The service's context.</typeparam>
public class RunningService<TDb> : IAsyncLifetime
    where TDb : IopDbContext
{
    private readonly Func<string[], Action<WebApplicationBuilder>?, WebApplication> _build;
    private readonly Action<WebApplicationBuilder>? _configure;
    private readonly string[] _arguments;
    private readonly ErrorLog _errors = new();
    private TestDatabase? _database;
    private WebApplication? _app;
    private string[] _settings = [];
    private GrpcChannel? _channel;

    /// <summary>Prepares a service.</summary>
    /// <param name="build">Its <c>Program.Build</c>.</param>
    /// <param name="configure">What a test replaces, such as the clock or the address of a called service.</param>
    /// <param name="arguments">Further settings, as <c>--key=value</c>.</param>
    public RunningService(
        Func<string[], Action<WebApplicationBuilder>?, WebApplication> build, Action<WebApplicationBuilder>? configure = null, params string[] arguments) =>
        (_build, _configure, _arguments) = (build, configure, arguments);

    /// <summary>The issuer that may speak for every municipality.</summary>
    public DevelopmentIssuer Issuer { get; } = DevelopmentIssuer.OpenOrCreate(Directory.CreateTempSubdirectory("iop-issuer").FullName);

    /// <summary>An issuer that may speak for <see cref="NarrowMunicipality"/> alone.</summary>
    public DevelopmentIssuer NarrowIssuer { get; } = DevelopmentIssuer.OpenOrCreate(Directory.CreateTempSubdirectory("iop-issuer").FullName, "urn:iop:narrow");

    /// <summary>The one municipality that <see cref="NarrowIssuer"/> may speak for.</summary>
    public const string NarrowMunicipality = "1285";

    /// <summary>Settings that a derived fixture adds when it starts, as <c>--key=value</c>: addresses of other services, say.</summary>
    protected virtual Task<IReadOnlyList<string>> MoreArgumentsAsync() => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>The service's own services.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Connection string of the owner of the schema.</summary>
    public string OwnerConnectionString => _database!.ConnectionString;

    /// <summary>Address of the gRPC endpoint.</summary>
    public string GrpcAddress { get; private set; } = "";

    /// <summary>Address of the health endpoint.</summary>
    public string HealthAddress { get; private set; } = "";

    /// <summary>Errors that the service has logged and no test has taken.</summary>
    public ErrorLog Errors => _errors;

    /// <summary>A call invoker without a token.</summary>
    public CallInvoker Anonymous => _channel!.CreateCallInvoker();

    /// <summary>A call invoker that bears a token.</summary>
    public CallInvoker With(string token) => _channel!.Intercept(metadata =>
    {
        metadata.Add("authorization", $"Bearer {token}");
        return metadata;
    });

    /// <summary>A call invoker of a caller with a role. The subject is the role and municipality, unless one is given.</summary>
    public CallInvoker As(string municipality, string role, string? subject = null, string? name = null, string assurance = "loa3", params string[] organisations) =>
        AsOf(municipality, role, [], subject, name, assurance, organisations);

    /// <summary>A call invoker of a caller who works for committees.</summary>
    public CallInvoker AsOf(string municipality, string role, IReadOnlyList<string> committees, string? subject = null, string? name = null, string assurance = "loa3", params string[] organisations) =>
        With(Issuer.Token(new TokenClaims
        {
            Municipality = municipality,
            Roles = [role],
            Subject = subject,
            Name = name,
            AssuranceLevel = assurance,
            Committees = committees,
            Organisations = organisations,
        }));

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _settings =
        [
            "--environment=Development",
            $"--ConnectionStrings:{DatabaseOptions.Of(typeof(TDb).Assembly, "").Service}db={_database.ConnectionString}",
            $"--ConnectionStrings:messaging={TestServers.Broker}",
            "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:Grpc:Protocols=Http2",
            "--Kestrel:Endpoints:Health:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:Health:Protocols=Http1",
            .. IssuerArguments(0, Issuer, "*"),
            .. IssuerArguments(1, NarrowIssuer, NarrowMunicipality),
            .. _arguments,
            .. await MoreArgumentsAsync(),
        ];
        _app = Replica();
        await PrepareAsync(_app);
        await _app.StartWithBusAsync();

        (GrpcAddress, HealthAddress) = _app.Addresses() is [var grpc, var health] ? (grpc, health) : throw new InvalidOperationException("Two endpoints are expected.");
        _channel = GrpcChannel.ForAddress(GrpcAddress);
    }

    /// <summary>Brings the database to its schema; a service with a step of its own after that overrides it.</summary>
    protected virtual Task PrepareAsync(WebApplication app) => app.MigrateAsync<TDb>();

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        _channel?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        foreach (var issuer in new[] { Issuer, NarrowIssuer })
        {
            Directory.Delete(Path.GetDirectoryName(issuer.KeySetFile)!, recursive: true);
        }

        Assert.True(_errors.Entries.Count == 0, string.Join('\n', _errors.Entries));
    }

    /// <summary>A number read as the owner of the schema, past every wall.</summary>
    public async Task<long> CountAsync(string sql, params IEnumerable<object> values)
    {
        await using var data = NpgsqlDataSource.Create(OwnerConnectionString);
        await using var command = data.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Texts read as the owner of the schema, past every wall.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var data = NpgsqlDataSource.Create(OwnerConnectionString);
        await using var command = data.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>Changes what is stored, as the owner of the schema.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var data = NpgsqlDataSource.Create(OwnerConnectionString);
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Another replica of the same service, over the same database and broker unless a setting says otherwise. Not started;
    /// the caller starts and stops it.
    /// </summary>
    public WebApplication Replica(params string[] arguments) => _build([.. _settings, .. arguments], builder =>
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(_errors);
        _configure?.Invoke(builder);
    });

    private static string[] IssuerArguments(int index, DevelopmentIssuer issuer, string municipality) =>
    [
        $"--Identity:Issuers:{index}:Issuer={issuer.Name}",
        $"--Identity:Issuers:{index}:JwksFile={issuer.KeySetFile}",
        $"--Identity:Issuers:{index}:Municipalities:0={municipality}",
        $"--Identity:Issuers:{index}:Development=true",
    ];
}
