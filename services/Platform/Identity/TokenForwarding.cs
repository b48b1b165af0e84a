using Grpc.Core;
using Grpc.Core.Interceptors;
using Iop.Platform.Requests;
using Microsoft.AspNetCore.Http;

namespace Iop.Platform.Identity;

/// <summary>
/// Sends the caller's own token and request id along when a service calls another, so that the called service decides
/// what this caller may see. No service has rights of its own.
/// </summary>
internal sealed class TokenForwarding(IHttpContextAccessor http) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithCaller(context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithCaller(context));

    private ClientInterceptorContext<TRequest, TResponse> WithCaller<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        var headers = new Metadata();
        foreach (var entry in context.Options.Headers ?? [])
        {
            headers.Add(entry);
        }

        if (http.HttpContext is { } incoming)
        {
            if (incoming.Request.Headers.Authorization.ToString() is { Length: > 0 } token)
            {
                headers.Add("authorization", token);
            }

            if (incoming.Items[RequestIds.Header] is string requestId)
            {
                headers.Add(RequestIds.Header, requestId);
            }
        }

        return new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(headers));
    }
}
