using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Telemetry;
using Iop.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.Platform.Requests;

/// <summary>
/// What every call passes, in this order: request id, token, role, readable text, tenant, and for a change the
/// transaction with the memory of its request id. What goes wrong anywhere leaves as a rich error.
/// </summary>
internal sealed class CallPipeline(TokenReader tokens, ErrorTranslator errors, ILogger<CallPipeline> log) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        IsOpen(context) ? continuation(request, context) : RunAsync(context, async services =>
        {
            var message = (IMessage)request;
            Admit(message, services);
            var shape = RequestShape.Of(message);
            if (!shape.ChangesSomething)
            {
                return await continuation(request, context);
            }

            var changes = services.GetRequiredService<RememberedRequests>();
            return await changes.RunAsync(
                shape.RequestIdIn(message), message.ToByteArray(), () => continuation(request, context), context.CancellationToken);
        });

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        IsOpen(context) ? continuation(request, responseStream, context) : RunAsync(context, async services =>
        {
            Admit((IMessage)request, services);
            await continuation(request, responseStream, context);
            return true;
        });

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        RunAsync(context, async services =>
        {
            // The first message names the tenant; the method must not run before that is checked. Where it is missing the
            // method says so in its own words: without a tenant it sees no row. It opens its own transaction.
            var messages = new ReadMessages<TRequest>(requestStream);
            if (await messages.BeginAsync(context.CancellationToken) && RequestShape.Of((IMessage)messages.Current).HoldsResource((IMessage)messages.Current))
            {
                Admit((IMessage)messages.Current, services);
            }

            return await continuation(messages, context);
        });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        IsOpen(context) ? continuation(requestStream, responseStream, context) : throw errors.Translate(Refusal.Denied("ACCESS_NOT_DECLARED"), context);

    private static bool IsOpen(ServerCallContext context) =>
        context.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<OpenToAnyoneAttribute>() is not null;

    private async Task<T> RunAsync<T>(ServerCallContext context, Func<IServiceProvider, Task<T>> next)
    {
        var http = context.GetHttpContext();
        var requestId = RequestIds.Of(context.RequestHeaders.GetValue(RequestIds.Header));
        http.Items[RequestIds.Header] = requestId;
        http.Response.Headers[RequestIds.Header] = requestId;
        using var observed = new ObservedCall(context, requestId);
        using var scope = log.BeginScope(observed.LogScope);
        try
        {
            var caller = AdmittedBy(await tokens.ReadAsync(context.RequestHeaders.GetValue("authorization")), http);
            http.RequestServices.GetRequiredService<CurrentCall>().Begin(caller, ObservedCall.ActionOf(context.Method), requestId);
            observed.Know(caller);
            return await next(http.RequestServices);
        }
        catch (Exception exception)
        {
            var answer = errors.Translate(exception, context);
            observed.Failed(answer.StatusCode);
            throw answer;
        }
    }

    // Whom nothing but the role of a representative lets in acts as one here, whatever the person does for the municipality.
    private static Caller AdmittedBy(Caller caller, HttpContext http)
    {
        var access = http.GetEndpoint()?.Metadata.GetMetadata<AccessAttribute>() ?? throw Refusal.Denied("ACCESS_NOT_DECLARED");
        if (!caller.Roles.Any(access.Roles.Contains))
        {
            throw Refusal.Denied("SCOPE_MISSING", ("allowed", string.Join(", ", access.Roles)));
        }

        return caller.Roles.All(role => role == Roles.OrganisationRepresentative || !access.Roles.Contains(role))
            ? caller with { Roles = [Roles.OrganisationRepresentative] }
            : caller;
    }

    private static void Admit(IMessage request, IServiceProvider services)
    {
        TextGuard.Check(request);
        var municipality = MunicipalityOf(request);
        var caller = services.GetRequiredService<CurrentCall>().RequiredCaller;
        if (caller.Municipality != municipality.Value)
        {
            // Answered before any query, and always alike: whether the thing exists is not told.
            throw Refusal.Denied("TENANT_NOT_ALLOWED");
        }

        services.GetRequiredService<TenantScope>().Enter(municipality);
        ObservedCall.Tag("iop.municipality", municipality.Value);
        ObservedCall.Tag("iop.resource.name", RequestShape.Of(request).ResourceIn(request));
    }

    private static MunicipalityCode MunicipalityOf(IMessage request)
    {
        var shape = RequestShape.Of(request);
        var code = ResourceName.MunicipalityIn(shape.ResourceIn(request));
        if (MunicipalityCode.TryParse(code, out var municipality))
        {
            return municipality;
        }

        var reason = string.IsNullOrEmpty(code) ? "MUNICIPALITY_REQUIRED"
            : MunicipalityCode.IsWellFormed(code) ? "MUNICIPALITY_UNKNOWN"
            : "MUNICIPALITY_CODE_INVALID";
        throw Refusal.Input(new FieldFault(shape.ResourceField, reason));
    }
}
