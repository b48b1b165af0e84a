using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Sight;

/// <summary>Registers what closes ended representations in a service that is not the register.</summary>
public static class ClosedRepresentations
{
    /// <summary>Holds representatives to the register's word, from the event on. Call it after <c>AddPlatform</c>.</summary>
    public static WebApplicationBuilder FollowRepresentations(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<Narrowing>());
        return builder;
    }

    private sealed class Narrowing : RepresentationNarrowing
    {
        protected override async Task<IEnumerable<string>> ClosedToAsync(Caller caller, IServiceProvider services, CancellationToken cancellation)
        {
            var keys = caller.Organisations.ToLookup(organisation => ClosedRepresentation.KeyOf(organisation, caller.Subject));
            var known = keys.Select(key => key.Key).ToList();
            var closed = await services.GetRequiredService<IopDbContext>().Set<ClosedRepresentation>()
                .Where(row => row.Closed && known.Contains(row.RepresentativeKey)).Select(row => row.RepresentativeKey).ToListAsync(cancellation);
            return closed.SelectMany(key => keys[key]);
        }
    }
}
