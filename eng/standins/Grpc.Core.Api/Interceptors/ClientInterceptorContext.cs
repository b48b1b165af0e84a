namespace Grpc.Core.Interceptors;

/// <summary>Which call a client interceptor stands in the way of.</summary>
/// <typeparam name="TRequest">The request type.</typeparam>
/// <typeparam name="TResponse">The response type.</typeparam>
public struct ClientInterceptorContext<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>Makes a context; an interceptor does so to change the call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The host, null for the channel's own.</param>
    /// <param name="options">The options of the call.</param>
    public ClientInterceptorContext(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Method = method;
        Host = host;
        Options = options;
    }

    /// <summary>Gets the method.</summary>
    public Method<TRequest, TResponse> Method { get; }

    /// <summary>Gets the host, null for the channel's own.</summary>
    public string? Host { get; }

    /// <summary>Gets the options of the call.</summary>
    public CallOptions Options { get; }
}
