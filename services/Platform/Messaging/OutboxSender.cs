using System.Diagnostics;
using System.Text.Json;
using Iop.Contracts.Events;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using MassTransit;

namespace Iop.Platform.Messaging;

/// <summary>Publishes one outbox row, as part of the trace of the call that wrote it.</summary>
internal sealed class OutboxSender(IBus bus)
{
    private static readonly TimeSpan ConfirmationTimeout = TimeSpan.FromSeconds(10);

    public async Task SendAsync(OutboxMessage row, CancellationToken cancellation)
    {
        var type = TypeNamed(row.Type);
        var @event = JsonSerializer.Deserialize(row.Payload, type, Json.Options)!;

        using var activity = MessagingMetrics.Source.StartActivity($"dispatch {type.Name}", ActivityKind.Internal, row.TraceParent);
        activity?.SetTag("iop.event.id", row.EventId);
        activity?.SetTag("iop.municipality", row.Municipality);
        activity?.SetTag("iop.resource.name", row.Subject);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(ConfirmationTimeout);
        try
        {
            // The task ends when the broker has confirmed. Where the line has stalled it heeds no cancellation, so the wait does.
            await bus.Publish(@event, type, context =>
            {
                context.MessageId = row.EventId;
                context.Headers.Set(RequestIds.Header, row.RequestId);
            }, timeout.Token).WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("The broker did not confirm in time.", exception);
        }
    }

    // By name and one at a time: a list of them all would load every message of every service's contract.
    private static Type TypeNamed(string name) =>
        typeof(IntegrationEvent).Assembly.GetType(name) is { IsAbstract: false } type && type.IsSubclassOf(typeof(IntegrationEvent))
            ? type
            : throw new InvalidOperationException("The outbox holds an event that the contracts do not know.");
}
