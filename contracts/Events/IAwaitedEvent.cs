namespace Iop.Contracts.Events;

/// <summary>
/// Marks an event that a service of the suite consumes: it must not leave before that service's queue is there to take it.
/// </summary>
public interface IAwaitedEvent;
