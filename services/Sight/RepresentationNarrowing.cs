using Grpc.Core;
using Grpc.Core.Interceptors;
using Iop.Platform.Identity;
using Iop.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Sight;

/// <summary>
/// Takes the organisations that are closed to a caller out of what the token opens. It runs inside the pipeline, where caller
/// and tenant are known, and everything after it sees the caller without them.
/// </summary>
public abstract class RepresentationNarrowing : Interceptor
{
    /// <inheritdoc/>
    public sealed override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await NarrowAsync(context);
        return await continuation(request, context);
    }

    /// <inheritdoc/>
    public sealed override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await NarrowAsync(context);
        await continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public sealed override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await NarrowAsync(context);
        return await continuation(requestStream, context);
    }

    /// <summary>Whether the caller is held to what is closed. One whom the service refuses in words of its own need not be.</summary>
    protected virtual bool Concerns(Caller caller) => true;

    /// <summary>Those of the caller's organisations that are closed.</summary>
    protected abstract Task<IEnumerable<string>> ClosedToAsync(Caller caller, IServiceProvider services, CancellationToken cancellation);

    private async Task NarrowAsync(ServerCallContext context)
    {
        var services = context.GetHttpContext().RequestServices;
        var call = services.GetRequiredService<CurrentCall>();
        if (call.Caller is { Organisations.Count: > 0 } caller && caller.Is(Roles.OrganisationRepresentative) && Concerns(caller)
            && services.GetRequiredService<TenantScope>().Municipality is not null)
        {
            call.LeaveOut(await ClosedToAsync(caller, services, context.CancellationToken));
        }
    }
}
