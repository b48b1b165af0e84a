using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Platform.Telemetry;

/// <summary>
/// One call as operations sees it: the server span renamed and tagged by the RPC conventions, and its duration. On a
/// server only faults of the server are errors, so that a NOT_FOUND is no failed span.
/// </summary>
internal sealed class ObservedCall : IDisposable
{
    public const string MeterName = "Iop.Platform";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("rpc.server.call.duration", "s", "Duration of inbound calls.");

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly string _method;
    private StatusCode _status = StatusCode.OK;

    public ObservedCall(ServerCallContext context, string requestId)
    {
        _method = context.Method.TrimStart('/');
        LogScope = new LogScope { ["iop.request_id"] = requestId, ["trace_id"] = Activity.Current?.TraceId.ToHexString() ?? "" };
        if (Span is { } span)
        {
            span.DisplayName = _method;
            span.SetTag("rpc.system.name", "grpc");
            span.SetTag("rpc.method", _method);
            span.SetTag("iop.request_id", requestId);
        }
    }

    /// <summary>The last two parts of a method: <c>CasesService/DecideCase</c>.</summary>
    public static string ActionOf(string method) => method[(method.LastIndexOf('.') + 1)..];

    public static void Tag(string name, string value) => Span?.SetTag(name, value);

    /// <summary>Stands on every log entry of the call, and learns of the caller once the token has been read.</summary>
    public LogScope LogScope { get; }

    public void Know(Caller caller)
    {
        LogScope["iop.municipality"] = caller.Municipality;
        LogScope["iop.caller.client_id"] = caller.ClientId;
    }

    public void Failed(StatusCode status) => _status = status;

    public void Dispose()
    {
        // The convention spells a status in upper snake case: NOT_FOUND.
        var status = _status.ToUpperSnake();
        Duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, new("rpc.method", _method), new("rpc.status_code", status));
        if (Span is { } span)
        {
            span.SetTag("rpc.status_code", status);
            if (IsOurFault(_status))
            {
                span.SetTag("error.type", status);
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }

    // The span that ASP.NET Core opened for the request, whatever span of ours is current.
    private static Activity? Span
    {
        get
        {
            var activity = Activity.Current;
            while (activity is { Kind: not ActivityKind.Server })
            {
                activity = activity.Parent;
            }

            return activity;
        }
    }

    private static bool IsOurFault(StatusCode status) => status is StatusCode.Unknown or StatusCode.DeadlineExceeded
        or StatusCode.Unimplemented or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;
}
