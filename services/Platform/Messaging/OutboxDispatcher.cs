using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace Iop.Platform.Messaging;

/// <summary>
/// Sends what the outbox holds: wakes on NOTIFY, takes rows that no other dispatcher has, sends each with the broker's
/// confirmation and deletes it in the same transaction. At least once on the wire; in order for each subject.
/// </summary>
internal sealed partial class OutboxDispatcher(
    CrossTenant crossTenant, IBusControl bus, OutboxSignal signal, OutboxSender sender, TimeProvider time, ILogger<OutboxDispatcher> log) : BackgroundService
{
    private const int BatchSize = 100;
    private const int MaxAttempts = 10;

    // A signal can be lost with its connection, and nothing tells when a row may be tried again.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    // Nothing tells when the broker has come back, so that is looked for more often than for rows.
    private static readonly TimeSpan BrokerLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private DateTimeOffset _observed;
    private bool _connected;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // A broker that is down is no failure of a row: nothing is taken, nothing is counted, rows wait.
            var connected = bus.CheckHealth().Status == BusHealthStatus.Healthy;
            TellBroker(connected);
            try
            {
                while (connected && await DispatchBatchAsync(stoppingToken) > 0)
                {
                }

                await ObserveAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever leaves this loop ends the whole service, so only its own stop may.
                LogFailed(exception.GetType().Name);
            }

            await signal.WaitAsync(connected ? Idle : BrokerLook, stoppingToken);
        }
    }

    private void TellBroker(bool connected)
    {
        if (connected == _connected)
        {
            return;
        }

        _connected = connected;
        if (connected)
        {
            LogBrokerFound();
        }
        else
        {
            LogBrokerLost();
        }
    }

    // Counting costs a query, so the gauges follow no faster than somebody can read them.
    private async Task ObserveAsync(CancellationToken cancellation)
    {
        if (time.GetUtcNow() - _observed >= Idle)
        {
            _observed = time.GetUtcNow();
            MessagingMetrics.Outbox = await OutboxState.ReadAsync(crossTenant, time, cancellation);
        }
    }

    /// <returns>How many rows left.</returns>
    private async Task<int> DispatchBatchAsync(CancellationToken cancellation)
    {
        // Cross-tenant: one dispatcher serves every tenant, in the order in which the rows were written.
        await using var scope = crossTenant.Open();
        var db = scope.ServiceProvider.GetRequiredService<IopDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var rows = await TakeAsync(db, cancellation);
        var sent = 0;
        foreach (var row in rows)
        {
            try
            {
                await sender.SendAsync(row, cancellation);
            }
            catch (Exception exception) when (IsBrokersOwn(exception) && !cancellation.IsCancellationRequested)
            {
                // The fault is no row's: none is counted, or a long alarm of the broker would park them all.
                LogBrokerSilent(exception.GetType().Name);
                break;
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                await PostponeAsync(db, row, exception, cancellation);
                continue;
            }

            await db.Set<OutboxMessage>().Where(m => m.Municipality == row.Municipality && m.Position == row.Position).ExecuteDeleteAsync(cancellation);
            sent++;
        }

        await transaction.CommitAsync(cancellation);
        return sent;
    }

    private static bool IsBrokersOwn(Exception exception) => exception is TimeoutException or ConnectionException or AlreadyClosedException;

    // A row is free when no earlier one of its subject is left, sent or not: that one may be under way elsewhere, or wait
    // for its next try, or be parked. Order costs a subject its parallelism, and nothing else.
    private Task<List<OutboxMessage>> TakeAsync(IopDbContext db, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return db.Set<OutboxMessage>().FromSql(
            $"""
            SELECT * FROM outbox AS m
            WHERE m.park_time IS NULL AND m.next_attempt_time <= {now}
              AND NOT EXISTS (
                SELECT FROM outbox AS earlier
                WHERE earlier.municipality = m.municipality AND earlier.subject = m.subject AND earlier.position < m.position)
            ORDER BY m.position
            LIMIT {BatchSize}
            FOR UPDATE SKIP LOCKED
            """).AsNoTracking().ToListAsync(cancellation);
    }

    private async Task PostponeAsync(IopDbContext db, OutboxMessage row, Exception exception, CancellationToken cancellation)
    {
        var (attempts, failure, now) = (row.Attempts + 1, exception.GetType().Name, time.GetUtcNow());
        DateTimeOffset? parked = attempts >= MaxAttempts ? now : null;
        var next = now + BackOff(attempts);
        await db.Set<OutboxMessage>().Where(m => m.Municipality == row.Municipality && m.Position == row.Position).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Attempts, attempts)
                .SetProperty(m => m.NextAttemptTime, next)
                .SetProperty(m => m.ParkTime, parked)
                .SetProperty(m => m.LastFailure, failure),
            cancellation);
        MessagingMetrics.DispatchFailures.Add(1, new KeyValuePair<string, object?>("iop.event.type", row.Type));
        if (parked is null)
        {
            LogPostponed(row.EventId, failure, attempts);
        }
        else
        {
            LogParked(row.EventId, failure, attempts);
        }
    }

    private static TimeSpan BackOff(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts - 1), LongestBackOff.TotalSeconds));

    [LoggerMessage(EventName = "messaging.broker.found", Level = LogLevel.Information, Message = "The broker is there; events leave")]
    private partial void LogBrokerFound();

    [LoggerMessage(EventName = "messaging.broker.lost", Level = LogLevel.Warning, Message = "The broker is away; events wait in the outbox")]
    private partial void LogBrokerLost();

    [LoggerMessage(EventName = "messaging.broker.silent", Level = LogLevel.Warning, Message = "The broker does not take events ({ExceptionType}); they wait in the outbox")]
    private partial void LogBrokerSilent(string exceptionType);

    [LoggerMessage(EventName = "outbox.dispatch.failed", Level = LogLevel.Warning, Message = "Outbox could not be read: {ExceptionType}")]
    private partial void LogFailed(string exceptionType);

    [LoggerMessage(EventName = "outbox.event.postponed", Level = LogLevel.Warning, Message = "Event {EventId} was not sent ({ExceptionType}, try {Attempts})")]
    private partial void LogPostponed(Guid eventId, string exceptionType, int attempts);

    [LoggerMessage(EventName = "outbox.event.parked", Level = LogLevel.Warning, Message = "Event {EventId} is parked ({ExceptionType}, {Attempts} tries); its subject waits for a person")]
    private partial void LogParked(Guid eventId, string exceptionType, int attempts);
}
