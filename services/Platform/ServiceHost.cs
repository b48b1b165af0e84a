using Grpc.Core;
using Iop.Platform.Errors;
using Iop.Platform.Health;
using Iop.Platform.Identity;
using Iop.Platform.Messaging;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Telemetry;
using Iop.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Iop.Platform;

/// <summary>What every service's <c>Program.cs</c> is composed of.</summary>
public static class ServiceHost
{
    internal const int MaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Adds everything that a service needs and none owns: tenancy, identity, rich errors, its database, messaging,
    /// telemetry and health.
    /// </summary>
    /// <typeparam name="TDb">The service's context; its assembly names the service and holds its consumers.</typeparam>
    public static WebApplicationBuilder AddPlatform<TDb>(this WebApplicationBuilder builder)
        where TDb : IopDbContext
    {
        var service = typeof(TDb).Assembly;
        builder.AddWhatSlimLeavesOut();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<TenantScope>();
        builder.Services.AddScoped<CurrentCall>();
        builder.Services.Configure<IdentityOptions>(builder.Configuration.GetSection("Identity"));
        builder.Services.AddSingleton<TokenReader>();
        builder.Services.AddSingleton(ErrorCatalogue.Load($"{DatabaseOptions.Of(service, "").Service}.iop", service));
        builder.Services.AddSingleton<ErrorTranslator>();
        builder.Services.AddSingleton<CallPipeline>();

        // What fails within a call is told by the translator. What fails before is the sender's, and would be told as ours.
        builder.Logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.None);
        builder.Services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<CallPipeline>();
            grpc.MaxReceiveMessageSize = MaxMessageBytes;
        });
        builder.AddDatabase<TDb>();
        builder.AddMessaging<TDb>();
        builder.AddTelemetry();
        builder.AddHealth<TDb>();
        return builder;
    }

    // A slim builder spares IIS, QUIC and the Windows logs; but certificates for Kestrel and the settings of the console
    // logger are an operator's to choose.
    private static void AddWhatSlimLeavesOut(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<ConsoleLoggerOptions>(builder.Configuration.GetSection("Logging:Console"));
    }

    /// <summary>Adds a client of another service, which sends the caller's token along. One channel for the process.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="service">Resource name of the service, as in the application model: <c>organisations</c>.</param>
    /// <param name="create">Makes the client over a call invoker.</param>
    public static WebApplicationBuilder AddServiceClient<TClient>(this WebApplicationBuilder builder, string service, Func<CallInvoker, TClient> create)
        where TClient : class
    {
        builder.Services.TryAddSingleton<ServiceChannels>();
        builder.Services.AddSingleton(services => create(services.GetRequiredService<ServiceChannels>().To(service)));
        return builder;
    }

    /// <summary>Adds work that no caller asks for, run as long as the service runs.</summary>
    public static WebApplicationBuilder AddRecurring<TWork>(this WebApplicationBuilder builder)
        where TWork : RecurringWork
    {
        builder.Services.AddSingleton<TWork>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TWork>());
        return builder;
    }

    /// <summary>Maps what every service serves beside its own contracts: health and reflection.</summary>
    public static WebApplication MapPlatform(this WebApplication app)
    {
        app.UseAbandonedRequests();
        app.UseUnreadRequests();
        app.MapGrpcService<HealthApi>();
        app.MapGrpcService<ReflectionApi>();
        app.MapHealth();

        // Wrong identity settings must stop the start, not the first call.
        app.Services.GetRequiredService<TokenReader>();
        return app;
    }

    /// <summary>
    /// Runs the service; with the argument <c>migrate</c> it brings the database to the schema of this build and ends.
    /// </summary>
    public static Task RunServiceAsync<TDb>(this WebApplication app, string[] args)
        where TDb : IopDbContext
    {
        if (args is ["migrate", ..])
        {
            return app.MigrateAsync<TDb>();
        }

        MessagingExtensions.RequireBroker(app.Configuration);
        return app.RunAsync();
    }

    /// <summary>Brings the database to the schema of this build.</summary>
    public static Task MigrateAsync<TDb>(this WebApplication app, CancellationToken cancellation = default)
        where TDb : IopDbContext =>
        app.Services.GetRequiredService<Migrator>().MigrateAsync<TDb>(cancellation);
}
