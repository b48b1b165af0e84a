using System.Collections.Concurrent;
using Iop.Contracts.Events;
using MassTransit;

namespace Iop.Testing;

/// <summary>Hears what a service tells others, as they would: from the broker.</summary>
public sealed class EventEar
{
    private readonly ConcurrentQueue<IntegrationEvent> _heard = new();
    private readonly List<Action<IReceiveEndpointConfigurator>> _kinds = [];

    /// <summary>Adds a kind of event to hear.</summary>
    public EventEar For<T>()
        where T : IntegrationEvent
    {
        _kinds.Add(endpoint => endpoint.Handler<T>(context =>
        {
            _heard.Enqueue(context.Message);
            return Task.CompletedTask;
        }));
        return this;
    }

    /// <summary>Listens on a queue of its own, until the service that lends its bus stops.</summary>
    public Task ListenAsync(IReceiveEndpointConnector connector) =>
        connector.ConnectReceiveEndpoint($"test-{Guid.NewGuid():N}", (_, endpoint) =>
        {
            // One at a time, or what came first may be heard last.
            endpoint.ConcurrentMessageLimit = 1;
            _kinds.ForEach(kind => kind(endpoint));
        }).Ready;

    /// <summary>Everything of a kind that has been told, in the order it came.</summary>
    public IReadOnlyList<T> All<T>()
        where T : IntegrationEvent => [.. _heard.OfType<T>()];

    /// <summary>What has been told of a subject, in the order it came.</summary>
    public IReadOnlyList<IntegrationEvent> Of(string subject) => [.. _heard.Where(@event => @event.Subject == subject)];

    /// <summary>What is told of a subject, in the order it came, once there is so much.</summary>
    public async Task<IReadOnlyList<IntegrationEvent>> OfAsync(string subject, int count)
    {
        await Eventually.IsAsync(true, () => Task.FromResult(Of(subject).Count >= count));
        return Of(subject);
    }

    /// <summary>The first event of a kind about a subject, once it has come.</summary>
    public Task<T> HeardAsync<T>(string subject)
        where T : IntegrationEvent => Eventually.SomethingAsync(() => Task.FromResult(Of(subject).OfType<T>().FirstOrDefault()));
}
