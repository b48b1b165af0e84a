using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iop.Platform;

/// <summary>
/// Work that is done again and again for as long as the service runs, first at its start. A look that fails is told,
/// and the next one comes all the same.
/// </summary>
/// <param name="interval">From one look to the next.</param>
/// <param name="time">What the interval is measured by.</param>
/// <param name="logs">Makes the log, which is named after the work.</param>
public abstract partial class RecurringWork(TimeSpan interval, TimeProvider time, ILoggerFactory logs) : BackgroundService
{
    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>The log of the work.</summary>
    protected ILogger Log => logs.CreateLogger(GetType());

    /// <summary>Does what there is to do now.</summary>
    protected abstract Task LookAsync(CancellationToken cancellation);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What a day or an hour makes due is told by nothing but the clock.
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever leaves this loop ends the whole service, so only its own stop may.
                LogLookFailed(Log, GetType().Name, exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventName = "schedule.look.failed", Level = LogLevel.Warning, Message = "{Work} could not look ({ExceptionType}) and does so again at its next time")]
    private static partial void LogLookFailed(ILogger log, string work, string exceptionType);
}
