using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Iop.Platform.Persistence;

/// <summary>Registers a service's database.</summary>
public static class PersistenceExtensions
{
    /// <summary>
    /// Registers the context over <c>ConnectionStrings:{service}db</c>. Connections act as the service's restricted role
    /// from their first statement.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static void AddDatabase<TDb>(this IHostApplicationBuilder builder)
        where TDb : IopDbContext
    {
        var unnamed = DatabaseOptions.Of(typeof(TDb).Assembly, "");
        var connectionString = builder.Configuration.GetConnectionString($"{unnamed.Service}db")
            ?? throw new InvalidOperationException($"ConnectionStrings:{unnamed.Service}db is not configured.");
        var database = unnamed with { ConnectionString = connectionString };

        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(_ => Connect(AsServiceRole(database)));
        builder.Services.AddScoped<TenantSession>();
        builder.Services.AddScoped<RememberedRequests>();
        builder.Services.AddSingleton<CrossTenant>();
        builder.Services.AddSingleton<Migrator>();
        builder.Services.AddHostedService<Housekeeping>();

        // Never pooled: a pooled context can carry the last tenant over.
        builder.Services.AddDbContext<TDb>((services, options) => options
            .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
            .ConfigureWarnings(QuietWhatIsHandled)
            .AddInterceptors(services.GetRequiredService<TenantSession>()));
        builder.Services.AddScoped<IopDbContext>(services => services.GetRequiredService<TDb>());
    }

    // A failed statement reaches the error translator or the dispatcher, which know whether it is an error at all.
    private static void QuietWhatIsHandled(WarningsConfigurationBuilder warnings) => warnings.Log(
        (RelationalEventId.CommandError, LogLevel.Debug),
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.TransactionError, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
        (CoreEventId.QueryIterationFailed, LogLevel.Debug),
        (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug));

    // Of Npgsql's types only those that a table here has: the full set costs memory that every service pays for.
    private static NpgsqlDataSource Connect(string connectionString)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.EnableArrays();
        builder.EnableJsonTypes();
        builder.EnableTransportSecurity();
        builder.EnableIntegratedSecurity();
        return builder.Build();
    }

    private static string AsServiceRole(DatabaseOptions database)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Options = $"-c role={database.ServiceRole}",
            ApplicationName = $"iop-{database.Service}",
            MaxAutoPrepare = 50,
            Timeout = 5,
        };
        if (!connection.ShouldSerialize("GSS Encryption Mode"))
        {
            // Otherwise Npgsql loads the libraries of Kerberos, only to find that nobody has a ticket.
            connection.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        return connection.ConnectionString;
    }
}
