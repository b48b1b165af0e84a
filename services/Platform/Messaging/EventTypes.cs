using System.Collections.Frozen;
using Iop.Contracts.Events;

namespace Iop.Platform.Messaging;

/// <summary>The events of the contracts by the name that an outbox row gives them.</summary>
internal static class EventTypes
{
    private static readonly FrozenDictionary<string, Type> ByName = typeof(IntegrationEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(IntegrationEvent)) && !type.IsAbstract)
        .ToFrozenDictionary(type => type.FullName!);

    public static Type Named(string name) =>
        ByName.TryGetValue(name, out var type) ? type : throw new InvalidOperationException("The outbox holds an event that the contracts do not know.");
}
