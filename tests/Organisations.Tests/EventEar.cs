using System.Collections.Concurrent;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Organisations;
using Iop.Testing;
using MassTransit;

namespace Iop.Organisations.Tests;

/// <summary>Hears what the service tells others, as they would: from the broker.</summary>
public sealed class EventEar
{
    private readonly ConcurrentQueue<IntegrationEvent> _heard = new();

    /// <summary>Listens on a queue of its own.</summary>
    public async Task ListenAsync(IReceiveEndpointConnector connector)
    {
        var listener = connector.ConnectReceiveEndpoint($"test-organisations-{Guid.NewGuid():N}", (_, endpoint) =>
        {
            Hear<OrganisationEligibilityChanged>(endpoint);
            Hear<OrganisationRepresentationChanged>(endpoint);
            Hear<OrganisationVettingChanged>(endpoint);
            Hear<SigningAuthorityLapsing>(endpoint);
            Hear<SigningAuthorityLapsed>(endpoint);
            Hear<DocumentRequested>(endpoint);
            Hear<DocumentReviewed>(endpoint);
        });
        await listener.Ready;
    }

    /// <summary>What is told of a subject, in the order it came, once there is so much.</summary>
    public async Task<IReadOnlyList<IntegrationEvent>> OfAsync(string subject, int count)
    {
        await Eventually.IsAsync(true, () => Task.FromResult(Of(subject).Count >= count));
        return Of(subject);
    }

    public IReadOnlyList<IntegrationEvent> Of(string subject) => [.. _heard.Where(@event => @event.Subject == subject)];

    private void Hear<T>(IReceiveEndpointConfigurator endpoint)
        where T : IntegrationEvent =>
        endpoint.Handler<T>(context =>
        {
            _heard.Enqueue(context.Message);
            return Task.CompletedTask;
        });
}
