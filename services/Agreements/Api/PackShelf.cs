using System.Collections.Concurrent;
using Google.Protobuf;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Eligibility.V1;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Packs read by this process. A published pack never changes, so one that is known is known for good.</summary>
public sealed class KnownPacks : ConcurrentDictionary<string, AgreementRules>;

/// <summary>
/// The guideline packs that agreements are pinned to: fetched from Eligibility once, then kept here, so that an
/// agreement can be checked and signed whoever calls and whether Eligibility answers or not.
/// </summary>
public sealed class PackShelf(AgreementsDb db, TenantScope tenant, KnownPacks known, GuidelinesService.GuidelinesServiceClient guidelines)
{
    public async Task<AgreementRules> GetAsync(string packName, CancellationToken cancellation)
    {
        if (known.TryGetValue(packName, out var rules))
        {
            return rules;
        }

        var copy = await db.PackCopies.AsNoTracking().FirstOrDefaultAsync(pack => pack.Name == packName, cancellation);
        var pack = copy is null ? await FetchAsync(packName, cancellation) : GuidelinePack.Parser.ParseFrom(copy.Pack);
        return known.GetOrAdd(packName, pack.ToRules());
    }

    /// <summary>The packs that bind an agreement's text, the lead's own first.</summary>
    public async Task<IReadOnlyList<BindingPack>> BindingAsync(Agreement agreement, CancellationToken cancellation)
    {
        List<BindingPack> packs = [new(agreement.PackName, "", await GetAsync(agreement.PackName, cancellation))];
        foreach (var member in agreement.Joined)
        {
            packs.Add(new BindingPack(member.PackName, member.Municipality, await GetAsync(member.PackName, cancellation)));
        }

        return packs;
    }

    /// <summary>What the packs say together that bind an agreement.</summary>
    public async Task<AgreementRules> StrictestAsync(Agreement agreement, CancellationToken cancellation) =>
        StrictestRules.Of([.. (await BindingAsync(agreement, cancellation)).Select(pack => pack.Rules)]);

    /// <summary>Keeps a copy of the pack, in the transaction of the agreement that is pinned to it.</summary>
    public async Task<AgreementRules> KeepAsync(string packName, CancellationToken cancellation)
    {
        if (!await db.PackCopies.AnyAsync(pack => pack.Name == packName, cancellation))
        {
            var pack = await FetchAsync(packName, cancellation);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO pack_copy (municipality, name, sha256, pack)
                VALUES ({tenant.Required}, {packName}, {pack.Sha256}, {pack.ToByteArray()})
                ON CONFLICT DO NOTHING
                """,
                cancellation);
        }

        return await GetAsync(packName, cancellation);
    }

    private async Task<GuidelinePack> FetchAsync(string packName, CancellationToken cancellation) =>
        await guidelines.GetGuidelinePackAsync(new GetGuidelinePackRequest { Name = packName, View = GuidelinePackView.Full }, cancellationToken: cancellation);
}
