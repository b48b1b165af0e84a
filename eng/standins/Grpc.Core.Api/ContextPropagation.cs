namespace Grpc.Core;

/// <summary>Says what a child call inherits from the call being served.</summary>
public class ContextPropagationOptions
{
    /// <summary>Options that pass on both the deadline and the cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Makes options.</summary>
    /// <param name="propagateDeadline">Whether to pass on the deadline.</param>
    /// <param name="propagateCancellation">Whether to pass on the cancellation.</param>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>Gets whether the deadline is passed on.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>Gets whether the cancellation is passed on.</summary>
    public bool IsPropagateCancellation { get; }
}

/// <summary>Carries the context of a call being served to the calls made on its behalf.</summary>
public abstract class ContextPropagationToken
{
    private protected ContextPropagationToken()
    {
    }
}
