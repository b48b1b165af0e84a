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
}
