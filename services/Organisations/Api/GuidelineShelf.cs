using System.Collections.Concurrent;
using Google.Protobuf;
using Iop.Eligibility.V1;
using Iop.Organisations.Data;
using Iop.Platform.Errors;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Api;

/// <summary>Packs read by this process. A published pack never changes, so one that is known is known for good.</summary>
public sealed class KnownPacks : ConcurrentDictionary<string, GuidelinePack>;

/// <summary>
/// The guideline packs that organisations are held to: fetched from Eligibility with the caller's token, and kept where
/// something has been recorded under them.
/// </summary>
public sealed class GuidelineShelf(
    OrganisationsDb db, TenantScope tenant, KnownPacks known, GuidelinesService.GuidelinesServiceClient guidelines, TimeProvider time)
{
    /// <summary>The pack of a name, or the one that holds today.</summary>
    /// <exception cref="Refusal"><c>GUIDELINE_PACK_NOT_FOUND</c> where there is none, or it is only a draft.</exception>
    public async Task<GuidelinePack> GetAsync(string name, CancellationToken cancellation)
    {
        if (name.Length == 0)
        {
            // Which pack holds is asked each time: another may have been published since.
            return Keep(await guidelines.ResolveGuidelinePackAsync(
                new ResolveGuidelinePackRequest { Parent = ResourceName.OfMunicipality(tenant.Required), Date = time.Today().ToProto() }, cancellationToken: cancellation));
        }

        if (ResourceName.MunicipalityIn(name) != tenant.Required)
        {
            throw Refusal.Input(OrganisationPackName(tenant.Required));
        }

        if (known.TryGetValue(name, out var pack))
        {
            return pack;
        }

        var copy = await db.PackCopies.AsNoTracking().FirstOrDefaultAsync(p => p.Name == name, cancellation);
        var read = copy is null
            ? await guidelines.GetGuidelinePackAsync(new GetGuidelinePackRequest { Name = name, View = GuidelinePackView.Full }, cancellationToken: cancellation)
            : GuidelinePack.Parser.ParseFrom(copy.Pack);
        return read.State == GuidelinePack.Types.State.Draft ? throw Refusal.NotFound("GUIDELINE_PACK_NOT_FOUND", name) : Keep(read);
    }

    /// <summary>Keeps a copy of a pack in the transaction of what is recorded under it.</summary>
    public Task KeepAsync(GuidelinePack pack, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO pack_copy (municipality, name, sha256, pack)
        VALUES ({tenant.Required}, {pack.Name}, {pack.Sha256}, {pack.ToByteArray()})
        ON CONFLICT DO NOTHING
        """,
        cancellation);

    private static FieldFault OrganisationPackName(string municipality) =>
        new("guideline_pack", "RESOURCE_NAME_INVALID", ("pattern", $"{ResourceName.OfMunicipality(municipality)}/guidelinePacks/{{version}}"));

    // The state can change from published to retired, and nothing here depends on which.
    private GuidelinePack Keep(GuidelinePack pack) => known.GetOrAdd(pack.Name, pack);
}
