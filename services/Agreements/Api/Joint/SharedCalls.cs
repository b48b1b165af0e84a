using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts;
using Iop.Platform.Errors;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>
/// Lets a call about an agreement that is not here go on in the tenant where it lives, when this municipality has a share
/// of it: the same method, in a scope that has entered the lead's tenant, as the party that the share names. Every wall
/// stands: the share is a row of the caller's own tenant, and what it points at is read as the lead reads it.
/// </summary>
internal sealed class SharedCalls : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Refusal missing) when (MayBeShared(missing))
        {
            return await AsGuestAsync(missing, context, async (names, services) =>
            {
                var asked = (TRequest)(object)names.ToLead((IMessage)request);
                var requestId = MessageField.Find(typeof(TRequest), "request_id")?.In((IMessage)asked) as string;
                var answer = requestId is null
                    ? await continuation(asked, context)

                    // Remembered where it is done, in the transaction of the change: what is tried again is done once.
                    : await services.GetRequiredService<RememberedRequests>().RunAsync(
                        requestId, ((IMessage)asked).ToByteArray(), () => continuation(asked, context), context.CancellationToken);
                names.ToOwn((IMessage)answer);
                return answer;
            });
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Refusal missing) when (MayBeShared(missing))
        {
            await AsGuestAsync(missing, context, async (names, _) =>
            {
                var asked = (TRequest)(object)names.ToLead((IMessage)request);
                await continuation(asked, new OwnNames<TResponse>(responseStream, names), context);
                return true;
            });
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        // The first message names the agreement, and what names it is looked for before the next is asked for.
        var begun = new BegunStream<TRequest>(requestStream);
        try
        {
            return await continuation(begun, context);
        }
        catch (Refusal missing) when (MayBeShared(missing) && begun.CanBeginAgain)
        {
            return await AsGuestAsync(missing, context, async (names, _) =>
            {
                // The method remembers the request itself, by the hash of the file.
                begun.BeginAgain(first => (TRequest)(object)names.ToLead((IMessage)first!));
                var answer = await continuation(begun, context);
                names.ToOwn((IMessage)answer);
                return answer;
            });
        }
    }

    private static bool MayBeShared(Refusal refusal) => refusal is { Reason: "AGREEMENT_NOT_FOUND", Resource: not null };

    private static async Task<T> AsGuestAsync<T>(Refusal missing, ServerCallContext context, Func<SharedNames, IServiceProvider, Task<T>> work)
    {
        var (http, cancellation) = (context.GetHttpContext(), context.CancellationToken);
        var (home, rules) = (http.RequestServices, http.GetEndpoint()!.Metadata);
        if (rules.GetMetadata<OwnTenantOnlyAttribute>() is not null)
        {
            throw missing;
        }

        var id = ResourceName.IdIn(missing.Resource!, Agreement.Collection, home.GetRequiredService<TenantScope>().Required);
        var share = home.GetRequiredService<Guest>().Share is null ? await home.GetRequiredService<AgreementsDb>().OpenShareAsync(id, cancellation) : null;
        if (share is null)
        {
            throw missing;
        }

        home.GetRequiredService<CommitteeWall>().MustSee(share);
        return await home.GetRequiredService<Guests>().ReadAsync(share, async services =>
        {
            var found = await services.GetRequiredService<AgreementsDb>().Agreements.AsNoTracking().FirstOrDefaultAsync(agreement => agreement.Id == id, cancellation);
            if (found is null || !services.GetRequiredService<Guest>().Sees(found))
            {
                throw missing;
            }

            var names = new SharedNames(share, found.Terms.Parties);
            http.RequestServices = services;
            try
            {
                if (rules.GetMetadata<LeadOnlyAttribute>() is not null)
                {
                    services.GetRequiredService<Guest>().MustBeLead(found);
                }

                return await work(names, services);
            }
            catch (Refusal refusal)
            {
                throw names.ToOwn(refusal);
            }
            finally
            {
                http.RequestServices = home;
            }
        });
    }

    private sealed class OwnNames<T>(IServerStreamWriter<T> inner, SharedNames names) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message)
        {
            names.ToOwn((IMessage)message!);
            return inner.WriteAsync(message);
        }

        public Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            names.ToOwn((IMessage)message!);
            return inner.WriteAsync(message, cancellationToken);
        }
    }
}

internal static class Shares
{
    /// <summary>The share that opens an agreement, or a draft of its next version, to the tenant; null when none does.</summary>
    public static async Task<AgreementShare?> OpenShareAsync(this AgreementsDb db, Guid agreement, CancellationToken cancellation)
    {
        var share = await db.AgreementShares.AsNoTracking().FirstOrDefaultAsync(
            share => share.Id == agreement || db.SharedDrafts.Any(draft => draft.Id == agreement && draft.Agreement == share.Id), cancellation);
        return share is { IsOpen: true } ? share : null;
    }
}
