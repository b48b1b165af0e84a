using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Iop.Platform.Persistence;

/// <summary>
/// A migration that is one plain SQL file, embedded under the migration's own id: a subclass says the context and the id
/// in its attributes and nothing else. Additive only; there is no way down.
/// </summary>
public abstract class SqlMigration : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var id = GetType().GetCustomAttribute<MigrationAttribute>()!.Id;

        // The first of every service, 0000_platform with the plumbing tables, is Platform's own.
        using var stream = GetType().Assembly.GetManifestResourceStream($"{id}.sql")
            ?? typeof(SqlMigration).Assembly.GetManifestResourceStream($"{id}.sql")
            ?? throw new InvalidOperationException($"The migration {id} has no embedded file.");
        using var reader = new StreamReader(stream);
        var database = DatabaseOptions.Of(GetType().Assembly, "");
        migrationBuilder.Sql(reader.ReadToEnd()
            .Replace("{service_role}", database.ServiceRole, StringComparison.Ordinal)
            .Replace("{crosstenant_role}", database.CrossTenantRole, StringComparison.Ordinal));
    }
}
