using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Iop.Platform.Telemetry;

/// <summary>Sends traces, metrics and logs over OTLP, as the standard <c>OTEL_</c> variables say.</summary>
internal static class TelemetryExtensions
{
    // RabbitMQ.Client's own subscriber source is left out: it starts traces of its own beside MassTransit's.
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "Iop.*"];
    private static readonly string[] Meters = ["Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Npgsql", "MassTransit", "Iop.*"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 })
        {
            builder.Services.AddHostedService(_ => new WhileRunning(KeepTraceContext));
            return;
        }

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeScopes = true;
            logs.AddOtlpExporter();
        });
        builder.Services.AddHostedService(_ => new WhileRunning(Export));
    }

    // Where nothing is exported, no span begins without a listener, and the trace id in logs and events would end at the outbox.
    private static ActivityListener KeepTraceContext()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "System.Net.Http" or "MassTransit" || source.Name.StartsWith("Iop.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static OpenTelemetrySdk Export() => OpenTelemetrySdk.Create(telemetry => telemetry
        .WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter())
        .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter()));

    /// <summary>Holds something from the start of the service to its stop, at which an export sends what it still has.</summary>
    private sealed class WhileRunning(Func<IDisposable> open) : IHostedService
    {
        private IDisposable? _held;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _held = open();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _held?.Dispose();
            return Task.CompletedTask;
        }
    }
}
