using Google.Protobuf;
using Grpc.Core;

namespace Iop.Platform.Requests;

/// <summary>The messages of a client's stream, read once ahead. What cannot be read is the client's fault and is told as such.</summary>
/// <param name="inner">The stream as it comes.</param>
internal sealed class ReadMessages<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
{
    private bool? _begun;

    /// <inheritdoc/>
    public T Current => inner.Current;

    /// <summary>Reads the first message, which the next to ask is given again.</summary>
    public async Task<bool> BeginAsync(CancellationToken cancellation)
    {
        var begun = await ReadAsync(cancellation);
        _begun = begun;
        return begun;
    }

    /// <inheritdoc/>
    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_begun is not { } begun)
        {
            return ReadAsync(cancellationToken);
        }

        _begun = null;
        return Task.FromResult(begun);
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await inner.MoveNext(cancellation);
        }
        catch (RpcException tooLarge) when (tooLarge.StatusCode == StatusCode.ResourceExhausted)
        {
            throw UnreadRequests.TooLarge();
        }
        catch (Exception unreadable) when (unreadable is RpcException or InvalidProtocolBufferException or InvalidDataException)
        {
            throw UnreadRequests.Unreadable();
        }
    }
}
