using System.Data.Common;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Iop.Platform.Persistence;

/// <summary>
/// Tells PostgreSQL for which tenant, or as which role, the next statements act, for the length of one transaction: a
/// pooled connection can carry nothing over. A scope without a tenant tells nothing, and row-level security shows it no row.
/// </summary>
/// <remarks>
/// A read outside a transaction carries the setting in the same round trip, as a statement before its own whose result is
/// skipped. Inside a transaction it is set once, at the start: a save counts its statements and must not find another.
/// </remarks>
internal sealed class TenantSession(TenantScope tenant) : DbCommandInterceptor, IDbTransactionInterceptor
{
    private const string Parameter = "iop_session";

    // Both settings are transaction-local (the last argument).
    private string? Statement =>
        tenant.CrossTenantRole is not null ? $"SELECT set_config('role', @{Parameter}, true)"
        : tenant.Municipality is not null ? $"SELECT set_config('iop.municipality', @{Parameter}, true)"
        : null;

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (Statement is { } statement)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.Transaction = result;
            AddParameter(command);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return result;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result) =>
        throw new NotSupportedException("Only asynchronous transactions know their tenant.");

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Prefix(command);
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (IsPrefixed(command))
        {
            await result.NextResultAsync(cancellationToken);
        }

        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Prefix(command);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        throw new NotSupportedException("Only asynchronous queries know their tenant.");

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A scalar command has room for one statement only, and could not say its tenant.");

    private static bool IsPrefixed(DbCommand command) => command.Parameters.Contains(Parameter);

    private void Prefix(DbCommand command)
    {
        if (command.Transaction is null && Statement is { } statement && !IsPrefixed(command))
        {
            command.CommandText = $"{statement};\n{command.CommandText}";
            AddParameter(command);
        }
    }

    private void AddParameter(DbCommand command)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = Parameter;
        parameter.Value = tenant.CrossTenantRole ?? tenant.Required;
        command.Parameters.Add(parameter);
    }
}
