using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>Finds guideline versions of the tenant, and the packs in them.</summary>
public sealed class Packs(EligibilityDb db, PackLibrary library, TenantScope tenant)
{
    /// <summary>The published version that holds on a date: of those that have begun and not ended, the one that began last.</summary>
    /// <exception cref="Refusal"><c>GUIDELINE_PACK_NOT_FOUND</c>.</exception>
    public async Task<GuidelineVersion> HoldingOnAsync(DateOnly date, CancellationToken cancellation) =>
        await HoldingOn(date).FirstOrDefaultAsync(cancellation)
        ?? throw Refusal.NotFound("GUIDELINE_PACK_NOT_FOUND", $"{ResourceName.OfMunicipality(tenant.Required)}/guidelinePacks/-");

    /// <summary>The pack that holds on a date; null where there is none.</summary>
    public async Task<GuidelinePack?> FindHoldingOnAsync(DateOnly date, CancellationToken cancellation) =>
        await HoldingOn(date).FirstOrDefaultAsync(cancellation) is { } version ? library.Of(version) : null;

    /// <summary>The version of a name.</summary>
    /// <exception cref="Refusal"><c>GUIDELINE_PACK_NOT_FOUND</c>.</exception>
    public async Task<GuidelineVersion> NamedAsync(string name, CancellationToken cancellation)
    {
        var version = name[(name.LastIndexOf('/') + 1)..];
        return await db.Guidelines.FirstOrDefaultAsync(g => g.Version == version, cancellation)
            ?? throw Refusal.NotFound("GUIDELINE_PACK_NOT_FOUND", name);
    }

    /// <summary>The pack that a case has pinned.</summary>
    public async Task<GuidelinePack> PinnedAsync(string name, CancellationToken cancellation) =>
        library.Find(name) ?? library.Of(await NamedAsync(name, cancellation));

    public GuidelinePack Of(GuidelineVersion version) => library.Of(version);

    private IQueryable<GuidelineVersion> HoldingOn(DateOnly date) => db.Guidelines
        .Where(g => g.State == GuidelineState.Published && g.ValidFrom <= date && (g.ValidTo == null || g.ValidTo >= date))
        .OrderByDescending(g => g.ValidFrom);
}
