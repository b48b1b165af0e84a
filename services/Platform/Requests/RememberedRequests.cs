using System.Data;
using System.Linq.Expressions;
using System.Security.Cryptography;
using Google.Protobuf;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Iop.Platform.Requests;

/// <summary>
/// Runs a change in one transaction, and once for each <c>request_id</c>: a repeat gets the first successful response,
/// failures are not remembered. The memory is written in the transaction of the change itself. Source: AIP-155.
/// </summary>
public sealed class RememberedRequests(IopDbContext db, TenantScope tenant, CurrentCall call, TimeProvider time)
{
    /// <summary>How long a request id is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(72);

    /// <summary>Runs the change, or answers what it answered before.</summary>
    /// <param name="requestId">A UUID, or empty for a change that is not to be remembered.</param>
    /// <param name="payload">The bytes that a repeat must equal; a stream adds the hash of its content.</param>
    /// <param name="change">The change. It saves through the context, and may do so several times.</param>
    /// <param name="cancellation">Cancels the change, and rolls it back.</param>
    /// <typeparam name="TResponse">The protobuf message that the change answers with.</typeparam>
    /// <exception cref="Refusal"><c>REQUEST_ID_INVALID</c> or <c>REQUEST_ID_REUSED</c>.</exception>
    public async Task<TResponse> RunAsync<TResponse>(
        string requestId, ReadOnlyMemory<byte> payload, Func<Task<TResponse>> change, CancellationToken cancellation)
        where TResponse : class
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            var response = await RunOnceAsync(requestId, payload, change, cancellation);
            await transaction.CommitAsync(cancellation);
            return response;
        }
        catch (InvalidOperationException lost) when (db.Database.GetDbConnection().State != ConnectionState.Open)
        {
            // The database has ended the session between two statements: the next finds a transaction that is over. Asked here,
            // where the transaction still holds the connection open: at its end it is closed in any case.
            throw new NpgsqlException("The connection was lost within a transaction.", lost);
        }
    }

    private async Task<TResponse> RunOnceAsync<TResponse>(
        string requestId, ReadOnlyMemory<byte> payload, Func<Task<TResponse>> change, CancellationToken cancellation)
        where TResponse : class
    {
        if (requestId.Length == 0)
        {
            return await change();
        }

        var key = Guid.TryParse(requestId, out var parsed) ? parsed : throw Refusal.Input("REQUEST_ID_INVALID", "request_id");
        var hash = SHA256.HashData(payload.Span);
        if (!await ClaimAsync(key, hash, cancellation))
        {
            return await RecallAsync<TResponse>(key, hash, cancellation);
        }

        var response = await change();
        await db.Set<RememberedRequest>().Where(IsThis(key))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Response, ((IMessage)response).ToByteArray()), cancellation);
        return response;
    }

    // A parallel repeat waits here on the unique key until the first has committed, and then finds its response.
    private async Task<bool> ClaimAsync(Guid key, byte[] hash, CancellationToken cancellation) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO remembered_request (municipality, caller, action, request_id, payload_hash, response, create_time)
            VALUES ({tenant.Required}, {call.Actor}, {call.Action}, {key}, {hash}, NULL, {time.GetUtcNow()})
            ON CONFLICT DO NOTHING
            """,
            cancellation) == 1;

    private async Task<TResponse> RecallAsync<TResponse>(Guid key, byte[] hash, CancellationToken cancellation)
        where TResponse : class
    {
        var remembered = await db.Set<RememberedRequest>().AsNoTracking().SingleAsync(IsThis(key), cancellation);
        if (!remembered.PayloadHash.AsSpan().SequenceEqual(hash))
        {
            throw Refusal.Input("REQUEST_ID_REUSED", "request_id");
        }

        var response = Activator.CreateInstance<TResponse>();
        ((IMessage)response).MergeFrom(remembered.Response);
        return response;
    }

    private Expression<Func<RememberedRequest, bool>> IsThis(Guid key)
    {
        var (municipality, caller, action) = (tenant.Required, call.Actor, call.Action);
        return r => r.Municipality == municipality && r.Caller == caller && r.Action == action && r.RequestId == key;
    }
}
