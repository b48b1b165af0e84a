namespace Iop.Platform.Tenancy;

/// <summary>
/// The tenant that the current request or message acts for. One per dependency-injection scope, entered once: a scope
/// that has not entered a tenant sees no row, and one that has can never become another's.
/// </summary>
public sealed class TenantScope
{
    /// <summary>The municipality entered, or null while none is.</summary>
    public MunicipalityCode? Municipality { get; private set; }

    /// <summary>The database role of a cross-tenant reader, or null for ordinary work.</summary>
    public string? CrossTenantRole { get; private set; }

    /// <summary>The municipality entered.</summary>
    /// <exception cref="InvalidOperationException">No tenant has been entered.</exception>
    public string Required => Municipality?.Value ?? throw new InvalidOperationException("No tenant has been entered.");

    /// <summary>Enters a tenant.</summary>
    /// <exception cref="InvalidOperationException">The scope already belongs to another tenant, or to a cross-tenant reader.</exception>
    public void Enter(MunicipalityCode municipality)
    {
        if (CrossTenantRole is not null || (Municipality is { } entered && entered != municipality))
        {
            throw new InvalidOperationException("The scope already belongs to a tenant.");
        }

        Municipality = municipality;
    }

    internal void EnterCrossTenant(string role)
    {
        if (Municipality is not null)
        {
            throw new InvalidOperationException("The scope already belongs to a tenant.");
        }

        CrossTenantRole = role;
    }
}
