using Grpc.Core;

namespace Iop.Agreements.Api;

/// <summary>What a caller streams in, whose first message can be read once more, in other names, while no second one has been.</summary>
internal sealed class BegunStream<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
{
    private int _read;
    private T? _first;
    private bool _again;

    public bool CanBeginAgain => _read == 1;

    public T Current => _read == 1 ? _first! : inner.Current;

    public void BeginAgain(Func<T, T> inOtherNames) => (_first, _again) = (inOtherNames(_first!), true);

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_again)
        {
            _again = false;
            return true;
        }

        if (!await inner.MoveNext(cancellationToken))
        {
            return false;
        }

        if (++_read == 1)
        {
            _first = inner.Current;
        }

        return true;
    }
}
