using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.Api;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Data;

/// <summary>
/// Publishes the packs that the product is delivered with, each in its own municipality, where that version is not
/// there already. What a municipality has published or retired itself is left as it is.
/// </summary>
public static class ShippedPacks
{
    private const string Action = "MigrateGuidelines";

    public static async Task PublishAsync(IServiceProvider services, CancellationToken cancellation)
    {
        foreach (var (file, text) in ShippedGuidelines.Texts())
        {
            var pack = GuidelinePackReader.Read(text).Pack
                ?? throw new InvalidOperationException($"The shipped pack {file} has faults.");
            await services.RunForAsync(
                MunicipalityCode.Parse(pack.Municipality), Action, scope => PublishAsync(scope, text, pack, cancellation), cancellation);
        }
    }

    private static async Task PublishAsync(IServiceProvider scope, string text, GuidelinePack pack, CancellationToken cancellation)
    {
        var db = scope.GetRequiredService<EligibilityDb>();
        var time = scope.GetRequiredService<TimeProvider>();

        // Of several migrations at once, one publishes and the others find it done.
        await db.HoldAsync(nameof(db.Guidelines), cancellation);
        var others = await db.Guidelines.ToListAsync(cancellation);
        if (others.Exists(other => other.Version == pack.Version))
        {
            return;
        }

        var version = new GuidelineVersion(text, pack);
        version.Publish(others.Where(other => other.State == GuidelineState.Published), time.Now());
        db.Guidelines.Add(version);
        db.Record(version, () => version.ToProto(pack));
        db.Raise(version, version.Published());
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The event of a publication.</summary>
    internal static GuidelinePackPublished Published(this GuidelineVersion version) => new()
    {
        GuidelinePack = version.Name,
        ValidFrom = version.ValidFrom,
    };
}
