namespace Iop.Contracts.Events;

/// <summary>
/// Names the services of the suite that act on an event. None may miss one, so the sender makes sure that each has its
/// queue before the first is sent: also one that has never run. Who else wants the event binds a queue when it likes.
/// </summary>
/// <param name="services">Short names of the services, as in <c>followup</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AwaitedByAttribute(params string[] services) : Attribute
{
    /// <summary>Short names of the services.</summary>
    public IReadOnlyList<string> Services => services;
}
