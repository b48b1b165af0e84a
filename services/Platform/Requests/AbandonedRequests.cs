using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;

namespace Iop.Platform.Requests;

/// <summary>
/// Makes a client that leaves look like one that leaves. The server ends the reading of its request first and cancels the
/// call a moment later: whoever reads would in between take the broken line for a fault of the service.
/// </summary>
internal static class AbandonedRequests
{
    // How long the server may need from the one to the other. A line that broke without an end of the call is told then.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    public static void UseAbandonedRequests(this IApplicationBuilder app) => app.Use(next => http =>
    {
        if (http.Features.Get<IRequestBodyPipeFeature>() is { } body)
        {
            http.Features.Set<IRequestBodyPipeFeature>(new Body(new Reading(body.Reader, http.RequestAborted)));
        }

        return next(http);
    });

    private sealed record Body(PipeReader Reader) : IRequestBodyPipeFeature;

    private sealed class Reading(PipeReader inner, CancellationToken aborted) : PipeReader
    {
        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                return await inner.ReadAsync(cancellationToken);
            }
            catch (IOException)
            {
                // Ends with the call's cancellation, which is what is waited for.
                await Task.Delay(Moment, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }

        public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            try
            {
                inner.AdvanceTo(consumed, examined);
            }
            catch (IOException)
            {
                // What was read is whole. The next read, or the call's token, tells that the client has left.
            }
        }

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
