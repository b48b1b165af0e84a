using Iop.Platform.Persistence;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Iop.Platform.Messaging;

/// <summary>Registers the outbox, the bus and the consumers of a service.</summary>
public static class MessagingExtensions
{
    /// <summary>How often a consumer tries again before an event goes to the error queue.</summary>
    internal const int Retries = 5;

    // A line that stalls without closing is given up after two of these.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Stops a start without a broker's address; a broker that is down stops nothing.</summary>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static void RequireBroker(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("messaging") is null)
        {
            throw new InvalidOperationException("ConnectionStrings:messaging is not configured.");
        }
    }

    /// <summary>
    /// Connects to <c>ConnectionStrings:messaging</c> and consumes with every <see cref="EventConsumer{TEvent}"/> of the
    /// assembly of <typeparamref name="TDb"/>, each on a quorum queue of its own.
    /// </summary>
    public static void AddMessaging<TDb>(this IHostApplicationBuilder builder)
        where TDb : IopDbContext
    {
        var service = DatabaseOptions.Of(typeof(TDb).Assembly, "").Service;

        builder.Services.AddScoped<ConsumerTools>();
        builder.Services.AddSingleton<OutboxSender>();
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OutboxSignal>());
        builder.Services.AddHostedService<OutboxDispatcher>();
        // Outbox, consumers and dispatcher tell what fails; the bus would tell it again, with the texts of exceptions.
        builder.Logging.AddFilter("MassTransit", LogLevel.None);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new EventQueues(service));
            bus.AddConsumers(typeof(TDb).Assembly);
            bus.AddReceiveObserver<UnreadableEvents>();
            bus.AddConfigureEndpointsCallback((_, _, endpoint) =>
            {
                // Short trouble is waited out; what still fails goes to the error queue and the rest goes on.
                endpoint.UseMessageRetry(retry => retry.Exponential(
                    Retries, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200)));

                // One at a time keeps the order in which a subject's events were sent, as far as one replica goes.
                endpoint.ConcurrentMessageLimit = 1;
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                {
                    rabbit.SetQuorumQueue();
                }
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                // A migration composes the same service and starts no bus, so it is given no broker.
                if (builder.Configuration.GetConnectionString("messaging") is { } broker)
                {
                    rabbit.Host(new Uri(broker), host => host.Heartbeat(Heartbeat));
                }

                EventQueues.DeclareAwaiting(rabbit);
                rabbit.ConfigureEndpoints(context);
            });
        });
    }
}
