using System.Collections.Concurrent;
using Iop.Contracts.Events;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.FollowUp.Tests;

/// <summary>Hears events of a kind from the broker, as another service would, until disposed.</summary>
public sealed class Listening<T> : IAsyncDisposable
    where T : IntegrationEvent
{
    private readonly ConcurrentQueue<T> _heard = [];
    private readonly HostReceiveEndpointHandle _endpoint;

    internal Listening(FollowUpFixture service) => _endpoint = service.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpoint(
        $"test-{Guid.NewGuid():N}",
        configure => configure.Handler<T>(context =>
        {
            _heard.Enqueue(context.Message);
            return Task.CompletedTask;
        }));

    /// <summary>What has been heard.</summary>
    public IReadOnlyCollection<T> Heard => _heard;

    /// <summary>Done when nothing more is missed.</summary>
    public Task Ready => _endpoint.Ready;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _endpoint.StopAsync();
}
