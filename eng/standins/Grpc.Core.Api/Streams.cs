namespace Grpc.Core;

/// <summary>A stream of messages that arrive one after another.</summary>
/// <typeparam name="T">The message type.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>Gets the message that the last successful <see cref="MoveNext"/> arrived at.</summary>
    T Current { get; }

    /// <summary>Waits for the next message.</summary>
    /// <param name="cancellationToken">Cancels the read, and with it the call.</param>
    /// <returns>True when there is a message; false when the stream has ended.</returns>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

/// <summary>A stream that messages are written to, one at a time.</summary>
/// <typeparam name="T">The message type.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Gets or sets the options of the writes that follow; null means the defaults.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes one message; the next write may begin when the task has completed.</summary>
    /// <param name="message">The message.</param>
    Task WriteAsync(T message);

    /// <summary>Writes one message, and gives up when the token is cancelled.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the write, and with it the call.</param>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This stream does not support cancellation of a write.");
        }

        return WriteAsync(message);
    }
}

/// <summary>The client's end of a stream of requests.</summary>
/// <typeparam name="T">The request type.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the server that no more requests will come.</summary>
    Task CompleteAsync();
}

/// <summary>The server's end of a stream of responses; it completes when the handler returns.</summary>
/// <typeparam name="T">The response type.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
