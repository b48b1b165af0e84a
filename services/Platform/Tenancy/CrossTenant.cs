using Iop.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Tenancy;

/// <summary>
/// The only way to work without a tenant: dispatchers, schedulers, and readers of what is public by itself. The scope it
/// opens acts as the service's cross-tenant database role, which row-level security lets see the tables of the plumbing
/// and the rows that a policy of their own opens to it, such as adopted guidelines.
/// </summary>
/// <remarks>Each caller says in a comment why it must see more than one tenant.</remarks>
public sealed class CrossTenant(IServiceScopeFactory scopes, DatabaseOptions database)
{
    /// <summary>Opens a scope whose <see cref="IopDbContext"/> sees every tenant's plumbing rows. Dispose it after use.</summary>
    public AsyncServiceScope Open()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterCrossTenant(database.CrossTenantRole);
        return scope;
    }
}
