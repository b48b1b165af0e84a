namespace Grpc.Core;

/// <summary>What the four call types have in common, with and without a state of the channel's own.</summary>
internal readonly struct AsyncCallState
{
    private readonly object _headers;
    private readonly Delegate _status;
    private readonly Delegate _trailers;
    private readonly Delegate _dispose;
    private readonly object? _state;

    public AsyncCallState(
        Task<Metadata> responseHeadersAsync, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose)
    {
        _headers = responseHeadersAsync;
        _status = getStatus;
        _trailers = getTrailers;
        _dispose = dispose;
    }

    public AsyncCallState(
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatus,
        Func<object, Metadata> getTrailers,
        Action<object> dispose,
        object state)
    {
        _headers = responseHeadersAsync;
        _status = getStatus;
        _trailers = getTrailers;
        _dispose = dispose;
        _state = state;
    }

    public Task<Metadata> ResponseHeadersAsync()
        => _headers is Func<object, Task<Metadata>> withState ? withState(_state!) : (Task<Metadata>)_headers;

    public Status GetStatus() => _status is Func<object, Status> withState ? withState(_state!) : ((Func<Status>)_status)();

    public Metadata GetTrailers()
        => _trailers is Func<object, Metadata> withState ? withState(_state!) : ((Func<Metadata>)_trailers)();

    public void Dispose()
    {
        if (_dispose is Action<object> withState)
        {
            withState(_state!);
        }
        else
        {
            ((Action)_dispose)();
        }
    }
}
