using Iop.Platform.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Requests;

/// <summary>
/// Answers for a single message that gRPC could not read, which is before any code of ours: with a reason, as for a message
/// of a stream, and not as for a fault of the service.
/// </summary>
internal static class UnreadRequests
{
    /// <summary>Cut off, squeezed in an unknown way, or no message of the contract.</summary>
    public static Refusal Unreadable() => Refusal.Input("MESSAGE_UNREADABLE", []);

    public static Refusal TooLarge() => Refusal.Exhausted("MESSAGE_TOO_LARGE", ("limit", $"{ServiceHost.MaxMessageBytes}"));

    public static void UseUnreadRequests(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (!http.Items.ContainsKey(RequestIds.Header) && !http.Response.HasStarted && RefusalOf(http.Response.Headers.GrpcStatus) is { } refusal)
        {
            var requestId = RequestIds.Of(http.Request.Headers[RequestIds.Header]);
            var answer = http.RequestServices.GetRequiredService<ErrorTranslator>().Translate(refusal, requestId);
            http.Response.Headers[RequestIds.Header] = requestId;
            http.Response.Headers.GrpcStatus = $"{(int)answer.StatusCode}";
            http.Response.Headers.GrpcMessage = Uri.EscapeDataString(answer.Status.Detail);
            foreach (var detail in answer.Trailers)
            {
                http.Response.Headers[detail.Key] = Convert.ToBase64String(detail.ValueBytes);
            }
        }
    });

    private static Refusal? RefusalOf(string? status) => status switch
    {
        "2" or "13" => Unreadable(),
        "8" => TooLarge(),
        _ => null,
    };
}
