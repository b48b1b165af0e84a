using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Tenancy;

/// <summary>Work in a scope of its own that has entered a tenant.</summary>
public static class TenantWork
{
    /// <summary>
    /// Runs work that no caller asks for, in one transaction, and commits it. The revisions name the system and the action.
    /// </summary>
    /// <param name="services">The root provider.</param>
    /// <param name="municipality">The tenant to enter.</param>
    /// <param name="action">What is done, as a revision shall name it.</param>
    /// <param name="work">The work, given the provider of its scope.</param>
    /// <param name="cancellation">Cancels the work, and rolls it back.</param>
    public static Task RunForAsync(
        this IServiceProvider services, MunicipalityCode municipality, string action, Func<IServiceProvider, Task> work, CancellationToken cancellation) =>
        services.RunForAsync(new CurrentCall(), municipality, action, work, cancellation);

    /// <summary>
    /// Runs what a call or an event of one tenant brings about in another, likewise. The request is the same there, so that
    /// what is told of it can be followed back.
    /// </summary>
    /// <param name="services">The root provider.</param>
    /// <param name="call">The call under way, or the message handled.</param>
    /// <param name="municipality">The tenant to enter.</param>
    /// <param name="action">What is done, as a revision shall name it.</param>
    /// <param name="work">The work, given the provider of its scope.</param>
    /// <param name="cancellation">Cancels the work, and rolls it back.</param>
    public static async Task RunForAsync(
        this IServiceProvider services, CurrentCall call, MunicipalityCode municipality, string action, Func<IServiceProvider, Task> work, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(municipality);
        var own = scope.ServiceProvider.GetRequiredService<CurrentCall>();
        (own.Action, own.RequestId) = (action, call.RequestId);
        var db = scope.ServiceProvider.GetRequiredService<IopDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await work(scope.ServiceProvider);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// Runs what a caller of one tenant asks for in another, which has opened something to that tenant by a row that names
    /// it. The revisions name the caller. Who uses this has found the row, and holds the caller to what it opens.
    /// </summary>
    /// <param name="services">The root provider.</param>
    /// <param name="call">The call under way, of a caller of the other tenant.</param>
    /// <param name="host">The tenant to enter.</param>
    /// <param name="work">The work, given the provider of its scope. A change opens its own transaction.</param>
    public static async Task<T> RunAsGuestAsync<T>(this IServiceProvider services, CurrentCall call, MunicipalityCode host, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(host);
        scope.ServiceProvider.GetRequiredService<CurrentCall>().Begin(call.RequiredCaller, call.Action, call.RequestId);
        return await work(scope.ServiceProvider);
    }
}
