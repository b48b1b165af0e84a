namespace Grpc.Core;

/// <summary>What a client says about one call besides the request.</summary>
public struct CallOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="headers">Headers to send.</param>
    /// <param name="deadline">When to give up, in UTC.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">Options of the writes.</param>
    /// <param name="propagationToken">Ties the call to the one being served.</param>
    /// <param name="credentials">Credentials of this call.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    /// <summary>Gets the headers to send.</summary>
    public Metadata? Headers { get; private set; }

    /// <summary>Gets when to give up, in UTC; null for never.</summary>
    public DateTime? Deadline { get; private set; }

    /// <summary>Gets the token that cancels the call.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>Gets the options of the writes.</summary>
    public WriteOptions? WriteOptions { get; private set; }

    /// <summary>Gets the token that ties the call to the one being served.</summary>
    public ContextPropagationToken? PropagationToken { get; private set; }

    /// <summary>Gets the credentials of this call.</summary>
    public CallCredentials? Credentials { get; private set; }

    /// <summary>Gets whether the call waits for a connection instead of failing at once.</summary>
    public bool IsWaitForReady { get; private set; }

    /// <summary>Returns a copy with other headers.</summary>
    /// <param name="headers">The headers.</param>
    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>Returns a copy with another deadline.</summary>
    /// <param name="deadline">The deadline, in UTC.</param>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>Returns a copy with another token.</summary>
    /// <param name="cancellationToken">The token.</param>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) => this with { CancellationToken = cancellationToken };

    /// <summary>Returns a copy with other options of the writes.</summary>
    /// <param name="writeOptions">The options.</param>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>Returns a copy with another propagation token.</summary>
    /// <param name="propagationToken">The token.</param>
    public CallOptions WithPropagationToken(ContextPropagationToken propagationToken) => this with { PropagationToken = propagationToken };

    /// <summary>Returns a copy with other credentials.</summary>
    /// <param name="credentials">The credentials.</param>
    public CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>Returns a copy that waits, or does not wait, for a connection.</summary>
    /// <param name="waitForReady">Whether to wait.</param>
    public CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
