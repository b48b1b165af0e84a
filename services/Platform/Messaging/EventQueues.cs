using System.Reflection;
using Iop.Contracts.Events;
using MassTransit;
using MassTransit.Configuration;

namespace Iop.Platform.Messaging;

/// <summary>
/// The queue of a service for one kind of event, named after both, so that sender and receiver know it without asking.
/// </summary>
internal sealed class EventQueues(string service) : KebabCaseEndpointNameFormatter($"iop-{service}", includeNamespace: false)
{
    /// <inheritdoc/>
    protected override string GetConsumerName(Type type) => NameFor(EventOf(type));

    /// <summary>
    /// Has every queue that awaits an event declared with its exchange, before the first is sent. A broker drops what no
    /// queue is bound for, and a service that starts later than the sender would miss it for good.
    /// </summary>
    public static void DeclareAwaiting(IRabbitMqBusFactoryConfigurator rabbit) =>
        rabbit.PublishTopology.ConnectPublishTopologyConfigurationObserver(new AwaitingQueues());

    private string NameFor(Type @event) => SanitizeName(FormatName(@event));

    private static Type EventOf(Type consumer)
    {
        var type = consumer;
        while (type is not { IsGenericType: true } || type.GetGenericTypeDefinition() != typeof(EventConsumer<>))
        {
            type = type.BaseType ?? throw new InvalidOperationException($"{consumer.Name} consumes no event.");
        }

        return type.GetGenericArguments()[0];
    }

    private sealed class AwaitingQueues : IPublishTopologyConfigurationObserver
    {
        public void MessageTopologyCreated<T>(IMessagePublishTopologyConfigurator<T> configurator)
            where T : class
        {
            if (configurator is IRabbitMqMessagePublishTopologyConfigurator<T> rabbit && typeof(T).GetCustomAttribute<AwaitedByAttribute>() is { } awaited)
            {
                foreach (var queue in awaited.Services.Select(service => new EventQueues(service).NameFor(typeof(T))))
                {
                    rabbit.BindQueue(rabbit.Exchange.ExchangeName, queue, declared => declared.SetQuorumQueue());
                }
            }
        }
    }
}
