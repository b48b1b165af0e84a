using Grpc.Core;

namespace Iop.StandIns.Tests;

/// <summary>Answers as the text of the request asks.</summary>
public sealed class EchoService : Echo.EchoBase
{
    public const string Wait = "wait";
    public const string Fail = "fail";
    public static readonly byte[] Details = [0, 1, 0xFE, 0xFF];

    public override async Task<Message> Say(Message request, ServerCallContext context)
    {
        foreach (var header in context.RequestHeaders.Where(header => header.Key.StartsWith("echo-", StringComparison.Ordinal)))
        {
            context.ResponseTrailers.Add(header);
        }

        if (request.Text == Fail)
        {
            throw new RpcException(
                new Status(StatusCode.FailedPrecondition, "not now"),
                new Metadata { { "why", "closed" }, { "details-bin", Details } });
        }

        if (request.Text == Wait)
        {
            await UntilCancelled(context);
        }

        await context.WriteResponseHeadersAsync(new Metadata { { "greeting", "hej" } });
        return new Message { Text = request.Text };
    }

    public override async Task<Message> Join(IAsyncStreamReader<Message> requestStream, ServerCallContext context)
    {
        List<string> words = [];
        while (await requestStream.MoveNext())
        {
            words.Add(requestStream.Current.Text);
        }

        return new Message { Text = string.Join(' ', words) };
    }

    public override async Task Split(Message request, IServerStreamWriter<Message> responseStream, ServerCallContext context)
    {
        foreach (var word in request.Text.Split(' '))
        {
            await responseStream.WriteAsync(new Message { Text = word }, context.CancellationToken);
        }

        if (request.Text == Wait)
        {
            await UntilCancelled(context);
        }
    }

    public override async Task Converse(
        IAsyncStreamReader<Message> requestStream, IServerStreamWriter<Message> responseStream, ServerCallContext context)
    {
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new Message { Text = message.Text.ToUpperInvariant() });
        }
    }

    private static async Task UntilCancelled(ServerCallContext context)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = context.CancellationToken.Register(() => cancelled.TrySetCanceled(context.CancellationToken));
        await cancelled.Task;
    }
}
