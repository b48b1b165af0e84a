using Iop.Platform.Identity;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Iop.Platform.Persistence;

/// <summary>
/// Brings a database to the schema of this build, as the owner of the schema: <c>&lt;service&gt; migrate</c>. Of several
/// that start at once one works and the rest wait.
/// </summary>
internal sealed partial class Migrator(
    IServiceProvider services, DatabaseOptions database, IEnumerable<MigrationStep> steps, ILogger<Migrator> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task MigrateAsync<TDb>(CancellationToken cancellation)
        where TDb : IopDbContext
    {
        await using var db = Owner<TDb>();
        await using var connection = await OpenAsync(cancellation);

        // EF Core locks its history table, which in an empty database is not there yet to be locked. The schema is every
        // tenant's, so the lock is no tenant's (IopDbContext.HoldAsync). It goes with the session.
        await using var hold = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('iop.migrate', 0))", connection) { CommandTimeout = 0 };
        await hold.ExecuteNonQueryAsync(cancellation);
        await db.Database.MigrateAsync(cancellation);

        // The history is read by the readiness check, which acts as the service's role.
        await using var grant = new NpgsqlCommand($"GRANT SELECT ON \"__EFMigrationsHistory\" TO {database.ServiceRole}", connection);
        await grant.ExecuteNonQueryAsync(cancellation);
        foreach (var step in steps)
        {
            await step.RunAsync(services, cancellation);
        }

        LogMigrated(database.Service);
    }

    private TDb Owner<TDb>()
        where TDb : IopDbContext
    {
        var options = new DbContextOptionsBuilder<TDb>()
            .UseNpgsql(database.ConnectionString)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        return ActivatorUtilities.CreateInstance<TDb>(services, options, new TenantScope(), new CurrentCall());
    }

    // An orchestrator can start the migration before the server accepts connections, and nothing tells when it does. The
    // session must end when the work does, and with it the lock: it comes from no pool, and goes back to none.
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Patience);
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            try
            {
                await connection.OpenAsync(timeout.Token);
                return connection;
            }
            catch (NpgsqlException exception) when (exception is not PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
            {
                LogWaiting(database.Service);
                await timer.WaitForNextTickAsync(timeout.Token);
            }
        }
    }

    [LoggerMessage(EventName = "database.migration.completed", Level = LogLevel.Information, Message = "Database of {Service} is at the schema of this build")]
    private partial void LogMigrated(string service);

    [LoggerMessage(EventName = "database.migration.waiting", Level = LogLevel.Information, Message = "Database of {Service} does not accept connections yet")]
    private partial void LogWaiting(string service);
}
