using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Iop.Platform.Health;

/// <summary>Ready means: the database answers, and holds every migration of this build.</summary>
internal sealed class SchemaCheck<TDb>(NpgsqlDataSource data, IServiceScopeFactory scopes) : IHealthCheck
    where TDb : IopDbContext
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = data.CreateCommand("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"");
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var applied = new HashSet<string>();
            while (await reader.ReadAsync(cancellationToken))
            {
                applied.Add(reader.GetString(0));
            }

            return applied.IsSupersetOf(Expected()) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The schema is older than this build.");
        }
        catch (NpgsqlException exception)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer ({exception.GetType().Name}).");
        }
    }

    private IEnumerable<string> Expected()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        return db.Database.GetMigrations();
    }
}
