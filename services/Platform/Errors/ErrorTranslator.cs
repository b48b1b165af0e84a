using System.Data.Common;
using Grpc.Core;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Iop.Platform.Errors;

/// <summary>
/// Gives every exception that leaves a call its owner: a refusal as it stands, a lost race, an unreachable database or
/// service, a passed deadline, and what is left is our own fault, logged with its request id and told nothing of.
/// </summary>
internal sealed partial class ErrorTranslator(ErrorCatalogue catalogue, ILogger<ErrorTranslator> log)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public RpcException Translate(Exception exception, ServerCallContext context)
    {
        var requestId = context.GetHttpContext().Items[RequestIds.Header] as string ?? RequestIds.Of(context.RequestHeaders.GetValue(RequestIds.Header));
        if (exception is RpcException { StatusCode: not (StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown) } called
            && StatusDetails.In(called) is { } status)
        {
            // A called service has refused with reasons of its own, which are the answer to this call too.
            return StatusDetails.ToRpcException(status);
        }

        // A call with a deadline has a token of its own, which may hear of the client's leaving after the request's.
        if (context.CancellationToken.IsCancellationRequested || context.GetHttpContext().RequestAborted.IsCancellationRequested)
        {
            var code = context.Deadline <= DateTime.UtcNow ? StatusCode.DeadlineExceeded : StatusCode.Cancelled;
            return new RpcException(new Grpc.Core.Status(code, "DEADLINE_EXCEEDED"));
        }

        return Translate(exception, requestId);
    }

    public RpcException Translate(Exception exception, string requestId) => StatusDetails.ToRpcException(RefusalFor(exception), catalogue, requestId);

    private Refusal RefusalFor(Exception exception)
    {
        switch (exception)
        {
            case Refusal { Reason: "DEPENDENCY_UNAVAILABLE" } refusal:
                // Only the reader of tokens says this by itself: of the other services it is told from their silence, below.
                LogUnavailable("issuer");
                return refusal;
            case Refusal refusal:
                LogRefused(refusal.Reason);
                return refusal;
            case DbUpdateConcurrencyException:
            case DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "revision" } }:
                // The other writer may have got as far as its revision, whose number is then taken.
                LogRefused("ETAG_MISMATCH");
                return Refusal.StaleEtag("");
            case RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded }:
                LogUnavailable("service");
                return Refusal.Unavailable("DEPENDENCY_UNAVAILABLE", RetryAfter);
            case DbException or DbUpdateException or InvalidOperationException when IsUnreachable(exception):
                LogUnavailable("database");
                return Refusal.Unavailable("DATABASE_UNAVAILABLE", RetryAfter);
            default:
                // The stack without the message: exception texts can carry what the caller wrote.
                LogFailed(exception.GetType().Name, exception.InnerException?.GetType().Name ?? "", exception.StackTrace ?? "");
                return Refusal.Internal();
        }
    }

    private static bool IsUnreachable(Exception? exception) => exception switch
    {
        null => false,
        PostgresException postgres => postgres.IsTransient || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => IsUnreachable(exception.InnerException),
    };

    [LoggerMessage(EventName = "rpc.call.refused", Level = LogLevel.Information, Message = "Call refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(EventName = "rpc.dependency.unavailable", Level = LogLevel.Warning, Message = "Call failed: {Dependency} unavailable")]
    private partial void LogUnavailable(string dependency);

    [LoggerMessage(EventName = "rpc.call.failed", Level = LogLevel.Error, Message = "Call failed: {ExceptionType} {InnerType} at {Stack}")]
    private partial void LogFailed(string exceptionType, string innerType, string stack);
}
