namespace Grpc.Core;

/// <summary>How a channel's implementation learns what call credentials consist of; not for applications.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>Receives composed credentials.</summary>
    /// <param name="state">The caller's state.</param>
    /// <param name="credentials">The parts.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>Receives credentials that a delegate adds.</summary>
    /// <param name="state">The caller's state.</param>
    /// <param name="interceptor">The delegate.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}

/// <summary>How a channel's implementation learns what channel credentials consist of; not for applications.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>Receives the wish for no transport security.</summary>
    /// <param name="state">The caller's state.</param>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>Receives the wish for TLS.</summary>
    /// <param name="state">The caller's state.</param>
    /// <param name="rootCertificates">PEM roots; null for the machine's own.</param>
    /// <param name="keyCertificatePair">The client's certificate, if any.</param>
    /// <param name="verifyPeerCallback">An extra check of the peer, if any.</param>
    public abstract void SetSslCredentials(
        object? state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    /// <summary>Receives channel credentials together with call credentials.</summary>
    /// <param name="state">The caller's state.</param>
    /// <param name="channelCredentials">The channel's part.</param>
    /// <param name="callCredentials">The part added to each call.</param>
    public abstract void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
