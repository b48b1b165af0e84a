using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>A pack and its name.</summary>
/// <param name="IsAdopted">Not only a draft that its owner tries.</param>
public sealed record AdoptedPack(string Name, GuidelinePack Pack, bool IsAdopted = true);

/// <summary>The guidelines that any municipality has adopted. They are public documents, and nothing else is read here.</summary>
public sealed class AdoptedPacks(CrossTenant crossTenant, PackLibrary library)
{
    /// <summary>The packs of these names, in their order.</summary>
    /// <exception cref="Refusal"><c>GUIDELINE_PACK_NOT_FOUND</c>, for a draft too.</exception>
    public async Task<IReadOnlyList<AdoptedPack>> NamedAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var unread = names.Where(name => library.Find(name) is null).ToList();
        if (unread.Count > 0)
        {
            // A comparison shows the guidelines of several municipalities, so it must read more than one tenant's. The
            // database shows this role adopted packs and no case.
            await using var scope = crossTenant.Open();
            var versions = scope.ServiceProvider.GetRequiredService<EligibilityDb>().Guidelines.AsNoTracking().Where(Adopted);
            foreach (var name in unread)
            {
                var (municipality, version) = (ResourceName.MunicipalityIn(name), name[(name.LastIndexOf('/') + 1)..]);
                var found = await versions.FirstOrDefaultAsync(g => g.Municipality == municipality && g.Version == version, cancellation)
                    ?? throw Refusal.NotFound("GUIDELINE_PACK_NOT_FOUND", name);
                library.Of(found);
            }
        }

        return [.. names.Select(name => new AdoptedPack(name, library.Find(name)!))];
    }

    /// <summary>The text of an adopted pack.</summary>
    /// <exception cref="Refusal"><c>GUIDELINE_PACK_NOT_FOUND</c>, for a draft too.</exception>
    public async Task<string> TextAsync(string name, CancellationToken cancellation)
    {
        // As above; here for a municipality that begins from what another has adopted.
        await using var scope = crossTenant.Open();
        var (municipality, version) = (ResourceName.MunicipalityIn(name), name[(name.LastIndexOf('/') + 1)..]);
        return await scope.ServiceProvider.GetRequiredService<EligibilityDb>().Guidelines.AsNoTracking().Where(Adopted)
            .Where(g => g.Municipality == municipality && g.Version == version).Select(g => g.Document).FirstOrDefaultAsync(cancellation)
            ?? throw Refusal.NotFound("GUIDELINE_PACK_NOT_FOUND", name);
    }

    /// <summary>The pack that holds on a day in each municipality that has one, by municipality.</summary>
    public async Task<IReadOnlyList<AdoptedPack>> HoldingOnAsync(DateOnly date, CancellationToken cancellation)
    {
        // As above; here to know what each municipality's own guidelines say today.
        await using var scope = crossTenant.Open();
        var begun = await scope.ServiceProvider.GetRequiredService<EligibilityDb>().Guidelines.AsNoTracking()
            .Where(g => g.State == GuidelineState.Published && g.ValidFrom <= date && (g.ValidTo == null || g.ValidTo >= date))
            .Select(g => new { g.Municipality, g.Version, g.ValidFrom })
            .ToListAsync(cancellation);
        var latest = begun.GroupBy(version => version.Municipality, StringComparer.Ordinal)
            .Select(versions => versions.MaxBy(version => version.ValidFrom)!)
            .OrderBy(version => version.Municipality, StringComparer.Ordinal)
            .Select(version => GuidelineVersion.NameOf(version.Municipality, version.Version));
        return await NamedAsync([.. latest], cancellation);
    }

    private static readonly System.Linq.Expressions.Expression<Func<GuidelineVersion, bool>> Adopted = version => version.State != GuidelineState.Draft;
}
