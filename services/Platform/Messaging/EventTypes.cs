using Iop.Contracts.Events;

namespace Iop.Platform.Messaging;

/// <summary>The events of the contracts by the name that an outbox row gives them.</summary>
internal static class EventTypes
{
    // By name and one at a time: a list of them all would load every message of every service's contract.
    public static Type Named(string name) =>
        typeof(IntegrationEvent).Assembly.GetType(name) is { IsAbstract: false } type && type.IsSubclassOf(typeof(IntegrationEvent))
            ? type
            : throw new InvalidOperationException("The outbox holds an event that the contracts do not know.");
}
