namespace Grpc.Core;

/// <summary>Adds credentials to the headers of a call that is about to be made.</summary>
/// <param name="context">Which call.</param>
/// <param name="metadata">The headers to add to.</param>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);

/// <summary>Tells an <see cref="AsyncAuthInterceptor"/> which call it serves.</summary>
public class AuthInterceptorContext
{
    /// <summary>Makes a context without a token.</summary>
    /// <param name="serviceUrl">The address of the service.</param>
    /// <param name="methodName">The name of the method.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>Makes a context.</summary>
    /// <param name="serviceUrl">The address of the service.</param>
    /// <param name="methodName">The name of the method.</param>
    /// <param name="cancellationToken">The token of the call.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    /// <summary>Gets the address of the service.</summary>
    public string ServiceUrl { get; }

    /// <summary>Gets the name of the method.</summary>
    public string MethodName { get; }

    /// <summary>Gets the token of the call.</summary>
    public CancellationToken CancellationToken { get; }
}
