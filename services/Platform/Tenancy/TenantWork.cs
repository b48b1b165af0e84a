using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Tenancy;

/// <summary>
/// Work that no caller asks for, for one tenant: a scope that has entered it, and one transaction. The revisions name
/// the system and the action.
/// </summary>
public static class TenantWork
{
    /// <summary>Runs the work and commits it.</summary>
    /// <param name="services">The root provider.</param>
    /// <param name="municipality">The tenant to enter.</param>
    /// <param name="action">What is done, as a revision shall name it.</param>
    /// <param name="work">The work, given the provider of its scope.</param>
    /// <param name="cancellation">Cancels the work, and rolls it back.</param>
    public static async Task RunForAsync(
        this IServiceProvider services, MunicipalityCode municipality, string action, Func<IServiceProvider, Task> work, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(municipality);
        scope.ServiceProvider.GetRequiredService<CurrentCall>().Action = action;
        var db = scope.ServiceProvider.GetRequiredService<IopDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await work(scope.ServiceProvider);
        await transaction.CommitAsync(cancellation);
    }
}
