using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Iop.Testing;

/// <summary>Holds the migrated schema to the EF model and to the third and fifth walls.</summary>
public static class SchemaAssert
{
    /// <summary>Every mapped column exists with its type and nullability, and no column is unmapped.</summary>
    public static async Task ModelEqualsSchemaAsync<TDb>(RunningService<TDb> service)
        where TDb : IopDbContext
    {
        await using var scope = service.Services.CreateAsyncScope();
        var model = AccessorExtensions.GetService<IDesignTimeModel>(scope.ServiceProvider.GetRequiredService<TDb>()).Model.GetRelationalModel();
        var expected = model.Tables
            .SelectMany(table => table.Columns.Where(column => column.Name != "xmin").Select(column => $"{table.Name}.{column.Name} {column.StoreType} {(column.IsNullable ? "null" : "not null")}"))
            .Order(StringComparer.Ordinal);
        var actual = await service.RowsAsync(
            """
            SELECT format('%s.%s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '__EFMigrationsHistory'
            """);
        Assert.Equal(expected, actual.Order(StringComparer.Ordinal));
    }

    /// <summary>Every table's key and every index begin with the municipality, and every table is behind row-level security.</summary>
    public static async Task EveryTableIsWalledOffAsync<TDb>(RunningService<TDb> service)
        where TDb : IopDbContext
    {
        var indexes = await service.RowsAsync(
            """
            SELECT i.indexrelid::regclass::text
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '__EFMigrationsHistory'
              AND (SELECT attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = i.indkey[0]) IS DISTINCT FROM 'municipality'
            """);
        Assert.Empty(indexes);
        var open = await service.RowsAsync(
            """
            SELECT relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '__EFMigrationsHistory' AND NOT (relrowsecurity AND relforcerowsecurity)
            """);
        Assert.Empty(open);
    }
}
