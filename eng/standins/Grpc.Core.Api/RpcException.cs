namespace Grpc.Core;

/// <summary>A call that did not end well: thrown by clients, and by handlers to answer with a status.</summary>
public class RpcException : Exception
{
    /// <summary>Makes an exception of a status.</summary>
    /// <param name="status">The status.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty, status.ToString())
    {
    }

    /// <summary>Makes an exception of a status, with a message of its own.</summary>
    /// <param name="status">The status.</param>
    /// <param name="message">The exception's message, which stays in this process.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Makes an exception of a status and trailers.</summary>
    /// <param name="status">The status.</param>
    /// <param name="trailers">The trailers.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Makes an exception of a status and trailers, with a message of its own.</summary>
    /// <param name="status">The status.</param>
    /// <param name="trailers">The trailers.</param>
    /// <param name="message">The exception's message, which stays in this process.</param>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>Gets the status.</summary>
    public Status Status { get; }

    /// <summary>Gets the code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Gets the trailers, on a client those that the server sent.</summary>
    public Metadata Trailers { get; }
}
