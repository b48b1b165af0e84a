using MassTransit;
using Microsoft.Extensions.Logging;

namespace Iop.Platform.Messaging;

/// <summary>Tells of messages that no consumer gets to see, because they cannot be read as the event that they are sent as.</summary>
internal sealed partial class UnreadableEvents(ILogger<UnreadableEvents> log) : IReceiveObserver
{
    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        var queue = context.InputAddress.AbsolutePath.Split('/')[^1];
        MessagingMetrics.DeadLettered.Add(1, new KeyValuePair<string, object?>("iop.queue", queue));
        LogUnreadable(log, queue, exception.GetType().Name);
        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    // A consumer tells of what fails within it (EventConsumer).
    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    [LoggerMessage(EventName = "inbox.event.unreadable", Level = LogLevel.Error, Message = "A message in {Queue} cannot be read as an event ({ExceptionType}) and lies in the error queue")]
    private static partial void LogUnreadable(ILogger log, string queue, string exceptionType);
}
