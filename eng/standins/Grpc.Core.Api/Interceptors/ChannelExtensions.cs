namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Puts one interceptor before a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>An invoker over the channel that asks the interceptor first.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
        => InvokerOf(channel).Intercept(interceptor);

    /// <summary>Puts interceptors before a channel; the first one given is asked first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The interceptors.</param>
    /// <returns>An invoker over the channel that asks the interceptors first.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
        => InvokerOf(channel).Intercept(interceptors);

    /// <summary>Lets a function change the headers of every call.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Takes the headers, never null, and returns those to send.</param>
    /// <returns>An invoker over the channel that asks the function first.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor)
        => InvokerOf(channel).Intercept(interceptor);

    private static CallInvoker InvokerOf(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker();
    }
}
