using Iop.Platform.Persistence;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Iop.Platform.Messaging;

/// <summary>Registers the outbox, the bus and the consumers of a service.</summary>
public static class MessagingExtensions
{
    private const int Retries = 5;

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
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter($"iop-{service}", false));
            bus.AddConsumers(typeof(TDb).Assembly);
            bus.AddConfigureEndpointsCallback((_, _, endpoint) =>
            {
                // Short trouble is waited out; what still fails goes to the error queue and the rest goes on.
                endpoint.UseMessageRetry(retry => retry.Exponential(
                    Retries, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200)));
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                {
                    rabbit.SetQuorumQueue();
                }
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                // Read when the bus starts: a migration runs without one.
                rabbit.Host(new Uri(builder.Configuration.GetConnectionString("messaging")
                    ?? throw new InvalidOperationException("ConnectionStrings:messaging is not configured.")));
                rabbit.ConfigureEndpoints(context);
            });
        });
    }
}
