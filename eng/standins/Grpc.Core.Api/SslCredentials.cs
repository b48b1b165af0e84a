namespace Grpc.Core;

/// <summary>An extra check of the server that the client has connected to.</summary>
/// <param name="context">Who the server says that it is.</param>
/// <returns>True to go on, false to give up the connection.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

/// <summary>What a <see cref="VerifyPeerCallback"/> has to judge by.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>Gets the name that was connected to.</summary>
    public string TargetName { get; }

    /// <summary>Gets the server's certificate, in PEM.</summary>
    public string PeerPem { get; }
}

/// <summary>A certificate chain with its private key, both in PEM.</summary>
public sealed class KeyCertificatePair
{
    /// <summary>Makes a pair.</summary>
    /// <param name="certificateChain">The chain.</param>
    /// <param name="privateKey">The key.</param>
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        ArgumentNullException.ThrowIfNull(privateKey);
        CertificateChain = certificateChain;
        PrivateKey = privateKey;
    }

    /// <summary>Gets the chain.</summary>
    public string CertificateChain { get; }

    /// <summary>Gets the key.</summary>
    public string PrivateKey { get; }
}

/// <summary>TLS as a channel's security.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    /// <summary>Makes credentials that trust the machine's own roots.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>Makes credentials that trust the given roots.</summary>
    /// <param name="rootCertificates">The roots, in PEM.</param>
    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>Makes credentials with a client certificate.</summary>
    /// <param name="rootCertificates">The roots, in PEM.</param>
    /// <param name="keyCertificatePair">The client's certificate.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>Makes credentials with a client certificate and an extra check of the server.</summary>
    /// <param name="rootCertificates">The roots, in PEM.</param>
    /// <param name="keyCertificatePair">The client's certificate.</param>
    /// <param name="verifyPeerCallback">The check.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        VerifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>Gets the roots, in PEM.</summary>
    public string? RootCertificates { get; }

    /// <summary>Gets the client's certificate.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    /// <summary>Gets the extra check of the server.</summary>
    public VerifyPeerCallback? VerifyPeerCallback { get; }

    internal override bool IsComposable => true;

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state)
        => configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, VerifyPeerCallback);
}
