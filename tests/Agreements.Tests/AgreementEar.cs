using System.Collections.Concurrent;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Testing;
using MassTransit;

namespace Iop.Agreements.Tests;

/// <summary>Hears what the service tells those who follow agreements up, as they would: from the broker.</summary>
public sealed class AgreementEar
{
    private readonly ConcurrentQueue<IntegrationEvent> _heard = new();

    /// <summary>Listens on a queue of its own. What is awaited stays with its sender until somebody does.</summary>
    public async Task ListenAsync(IReceiveEndpointConnector connector)
    {
        var listener = connector.ConnectReceiveEndpoint($"test-agreements-{Guid.NewGuid():N}", (_, endpoint) =>
        {
            Hear<AgreementActivated>(endpoint);
            Hear<AgreementAmended>(endpoint);
            Hear<AgreementExtended>(endpoint);
            Hear<AgreementEnded>(endpoint);
            Hear<AgreementSuspended>(endpoint);
            Hear<DisputeOpened>(endpoint);
        });
        await listener.Ready;
    }

    public Task<T> HeardAsync<T>(string subject)
        where T : IntegrationEvent => Eventually.SomethingAsync(() => Task.FromResult(_heard.OfType<T>().FirstOrDefault(@event => @event.Subject == subject)));

    private void Hear<T>(IReceiveEndpointConfigurator endpoint)
        where T : IntegrationEvent =>
        endpoint.Handler<T>(context =>
        {
            _heard.Enqueue(context.Message);
            return Task.CompletedTask;
        });
}
