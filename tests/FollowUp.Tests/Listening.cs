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

    private Listening(FollowUpFixture service) => _endpoint = service.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpoint(
        $"test-{Guid.NewGuid():N}",
        configure => configure.Handler<T>(context =>
        {
            _heard.Enqueue(context.Message);
            return Task.CompletedTask;
        }));

    /// <summary>What has been heard.</summary>
    public IReadOnlyCollection<T> Heard => _heard;

    /// <summary>Begins to listen.</summary>
    public static async Task<Listening<T>> ToAsync(FollowUpFixture service)
    {
        var listening = new Listening<T>(service);
        await listening._endpoint.Ready;
        return listening;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _endpoint.StopAsync();
}
