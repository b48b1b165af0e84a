using System.Diagnostics;
using System.Diagnostics.Metrics;
using Iop.Platform.Telemetry;

namespace Iop.Platform.Messaging;

/// <summary>The house's own instruments of the outbox and the inbox.</summary>
internal static class MessagingMetrics
{
    public static readonly ActivitySource Source = new("Iop.Messaging");

    private static readonly Meter Meter = new(ObservedCall.MeterName);

    public static readonly Counter<long> DispatchFailures = Meter.CreateCounter<long>("iop.outbox.dispatch.failures", "{event}", "Events that could not be sent.");

    public static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("iop.inbox.duplicates", "{event}", "Events that had been handled before.");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>("iop.consumer.retries", "{event}", "Events that failed in a consumer and were tried again.");

    public static readonly Counter<long> DeadLettered = Meter.CreateCounter<long>("iop.consumer.dead_lettered", "{event}", "Events that a consumer gave up, or that none could read.");

    static MessagingMetrics()
    {
        // Every replica tells the same of the one outbox, which the scope says.
        KeyValuePair<string, object?>[] global = [new("scope", "global")];
        Meter.CreateObservableGauge("iop.outbox.pending", () => new Measurement<int>(Outbox.Pending, global), "{event}", "Events that wait in the outbox.");
        Meter.CreateObservableGauge("iop.outbox.oldest_age", () => new Measurement<double>(Outbox.OldestAge.TotalSeconds, global), "s", "Age of the oldest event that waits.");
    }

    /// <summary>The outbox as last seen.</summary>
    public static OutboxState Outbox { get; set; } = new(0, 0, TimeSpan.Zero);
}
