using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Iop.Testing;

/// <summary>The line between a service and the broker, which a test may stall or cut.</summary>
public sealed class BrokerProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _broker;
    private TaskCompletionSource _flows = Flowing();
    private Task _accepting = Task.CompletedTask;

    private BrokerProxy(string broker) => _broker = new Uri(broker);

    /// <summary>Address of the broker by way of this line.</summary>
    public string Address => new UriBuilder(_broker) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri.AbsoluteUri;

    /// <summary>Begins to listen.</summary>
    public static BrokerProxy Start(string broker)
    {
        var proxy = new BrokerProxy(broker);
        proxy._listener.Start();
        proxy._accepting = proxy.AcceptAsync();
        return proxy;
    }

    /// <summary>Holds every byte back, without closing anything.</summary>
    public void Stall() => _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets what was held back go on.</summary>
    public void Resume() => _flows.TrySetResult();

    /// <summary>Closes every connection by force. New ones may be made.</summary>
    public void Cut()
    {
        foreach (var client in _open.Keys)
        {
            client.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Resume();
        await _stop.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var flowing = new TaskCompletionSource();
        flowing.SetResult();
        return flowing;
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                lines.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        using (near)
        {
            near.NoDelay = true;
            _open[near] = _open[far] = 0;
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _broker.Port);
                await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream()), CopyAsync(far.GetStream(), near.GetStream()));
            }
            catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // A line that is cut ends; that is what it is here for.
            }
            finally
            {
                _open.TryRemove(near, out _);
                _open.TryRemove(far, out _);
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[8192];
        while (await from.ReadAsync(buffer) is var read and > 0)
        {
            await _flows.Task;
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
