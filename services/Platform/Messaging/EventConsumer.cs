using Iop.Contracts.Events;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Telemetry;
using Iop.Platform.Tenancy;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Iop.Platform.Messaging;

/// <summary>What a consumer works with, in the scope of one message.</summary>
public sealed record ConsumerTools(IopDbContext Db, TenantScope Tenant, CurrentCall Call, TimeProvider Time, ILoggerFactory Logs);

/// <summary>
/// Handles one kind of event: enters its tenant before any data is touched, and marks the event as handled in the
/// transaction of the effect, so that what arrives twice has effect once.
/// </summary>
/// <typeparam name="TEvent">The event consumed.</typeparam>
public abstract partial class EventConsumer<TEvent>(ConsumerTools tools) : IConsumer<TEvent>
    where TEvent : IntegrationEvent
{
    private string Consumer => GetType().Name;

    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<TEvent> context)
    {
        var (@event, cancellation) = (context.Message, context.CancellationToken);
        tools.Call.Action = Consumer;
        tools.Call.RequestId = context.Headers.Get<string>(RequestIds.Header) ?? "";

        // What is no municipality's code is anybody's text, and is not logged.
        var municipality = MunicipalityCode.TryParse(@event.Municipality, out var code) ? code.Value : "unknown";
        using var scope = tools.Logs.CreateLogger(Consumer).BeginScope(
            new LogScope { ["iop.municipality"] = municipality, ["iop.event.id"] = @event.EventId, ["iop.request_id"] = tools.Call.RequestId });
        try
        {
            tools.Tenant.Enter(MunicipalityCode.Parse(@event.Municipality));
            await ConsumeOnceAsync(@event, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Tell(context.GetRetryAttempt(), exception.GetType().Name, @event.EventId);
            throw;
        }
    }

    /// <summary>The effect of the event. It is saved and committed by the caller.</summary>
    protected abstract Task HandleAsync(TEvent @event, CancellationToken cancellation);

    private async Task ConsumeOnceAsync(TEvent @event, CancellationToken cancellation)
    {
        await using var transaction = await tools.Db.Database.BeginTransactionAsync(cancellation);
        if (!await MarkAsync(@event, cancellation))
        {
            MessagingMetrics.Duplicates.Add(1, new KeyValuePair<string, object?>("iop.consumer", Consumer));
            LogDuplicate(tools.Logs.CreateLogger(Consumer), @event.EventId);
            return;
        }

        await HandleAsync(@event, cancellation);
        await tools.Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    // The bus's own words of it hold the text of the exception, and are left out of the log.
    private void Tell(int attempt, string failure, Guid eventId)
    {
        var (log, consumer) = (tools.Logs.CreateLogger(Consumer), new KeyValuePair<string, object?>("iop.consumer", Consumer));
        if (attempt < MessagingExtensions.Retries)
        {
            MessagingMetrics.Retries.Add(1, consumer);
            LogRetried(log, eventId, failure, attempt + 1);
        }
        else
        {
            MessagingMetrics.DeadLettered.Add(1, consumer);
            LogDeadLettered(log, eventId, failure);
        }
    }

    // A duplicate under way at the same time waits here until the first has committed or failed.
    private async Task<bool> MarkAsync(TEvent @event, CancellationToken cancellation) =>
        await tools.Db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO inbox (municipality, event_id, consumer, create_time)
            VALUES ({@event.Municipality}, {@event.EventId}, {Consumer}, {tools.Time.GetUtcNow()})
            ON CONFLICT DO NOTHING
            """,
            cancellation) == 1;

    [LoggerMessage(EventName = "inbox.event.repeated", Level = LogLevel.Information, Message = "Event {EventId} had been handled before")]
    private static partial void LogDuplicate(ILogger log, Guid eventId);

    [LoggerMessage(EventName = "inbox.event.retried", Level = LogLevel.Warning, Message = "Event {EventId} could not be handled ({ExceptionType}, try {Attempts}); it is tried again")]
    private static partial void LogRetried(ILogger log, Guid eventId, string exceptionType, int attempts);

    [LoggerMessage(EventName = "inbox.event.dead_lettered", Level = LogLevel.Error, Message = "Event {EventId} could not be handled ({ExceptionType}) and lies in the error queue")]
    private static partial void LogDeadLettered(ILogger log, Guid eventId, string exceptionType);
}
