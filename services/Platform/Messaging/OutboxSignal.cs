using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Iop.Platform.Messaging;

/// <summary>
/// Listens for the NOTIFY that a commit with outbox rows sends. A lost connection costs promptness alone: the dispatcher
/// looks by itself every few seconds.
/// </summary>
internal sealed partial class OutboxSignal(NpgsqlDataSource data, ILogger<OutboxSignal> log) : BackgroundService
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>Waits until rows may be there, or the time is up.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _wake.WaitAsync(atMost, cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogLost(exception.GetType().Name);
                // Nothing tells when a database that is down has come back, and it is not asked in a tight loop.
                await Task.Delay(Reconnect, stoppingToken);
            }
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        connection.Notification += (_, _) => Wake();
        await using (var listen = new NpgsqlCommand("LISTEN iop_outbox", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellation);
        }

        Wake();
        while (true)
        {
            await connection.WaitAsync(cancellation);
        }
    }

    // Only the listener calls it, one notification after the other, so nobody releases in between.
    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    [LoggerMessage(EventName = "outbox.signal.lost", Level = LogLevel.Warning, Message = "The outbox signal is lost ({ExceptionType}); it is taken up again")]
    private partial void LogLost(string exceptionType);
}
