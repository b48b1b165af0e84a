using System.Text;
using Grpc.Core;
using Iop.Eligibility.Data;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using GuidelinePack = Iop.Eligibility.Domain.Guidelines.GuidelinePack;

namespace Iop.Eligibility.Api;

/// <summary>The municipalities' guidelines over gRPC.</summary>
public sealed partial class GuidelinesApi(EligibilityDb db, Packs packs, AdoptedPacks adopted, GoalTable goals, CurrentCall call, TenantScope tenant, TimeProvider time)
    : GuidelinesService.GuidelinesServiceBase
{
    private const int MaxDocumentBytes = 512 * 1024;
    private const int MaxVersionLength = 40;

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.GuidelinePack> GetGuidelinePack(GetGuidelinePackRequest request, ServerCallContext context)
    {
        var version = await LoadAsync(request.Name, context.CancellationToken);
        return version.ToProto(packs.Of(version), request.View != GuidelinePackView.Basic);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListGuidelinePacksResponse> ListGuidelinePacks(ListGuidelinePacksRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListGuidelinePacks), request.Parent, request.View.ToString());
        var seesDrafts = SeesDrafts;
        var (items, next) = await page.FetchAsync(
            db.Guidelines.AsNoTracking().Where(g => seesDrafts || g.State != GuidelineState.Draft), g => g.Id, context.CancellationToken);
        return new ListGuidelinePacksResponse
        {
            GuidelinePacks = { items.Select(version => version.ToProto(packs.Of(version), request.View == GuidelinePackView.Full)) },
            NextPageToken = next,
        };
    }

    [Access(Roles.GuidelineOwner)]
    public override Task<V1.GuidelinePack> CreateGuidelinePack(CreateGuidelinePackRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        return DraftAsync(request.GuidelinePack?.Document ?? "", context.CancellationToken);
    }

    [Access(Roles.GuidelineOwner)]
    public override async Task<V1.GuidelinePack> UpdateGuidelinePack(UpdateGuidelinePackRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var fields = faults.Mask(request.GuidelinePack, request.UpdateMask, ["document"]);
        faults.ThrowIfAny();
        var version = await LoadAsync(request.GuidelinePack.Name, context.CancellationToken, "guideline_pack.name");
        version.MustMatch(request.GuidelinePack.Etag, "guideline_pack.etag");
        if (fields.Count == 0)
        {
            // All the rest is read from the text.
            return version.ToProto(packs.Of(version));
        }

        var pack = Read(request.GuidelinePack.Document, version.Version);
        version.Rewrite(request.GuidelinePack.Document, pack);
        return await SaveAsync(version, pack, context.CancellationToken);
    }

    [Access(Roles.GuidelineOwner)]
    public override async Task<V1.GuidelinePack> PublishGuidelinePack(PublishGuidelinePackRequest request, ServerCallContext context)
    {
        await db.HoldAsync(nameof(db.Guidelines), context.CancellationToken);
        var version = await LoadAsync(request.Name, context.CancellationToken);
        version.MustMatch(request.Etag);
        var published = await db.Guidelines.Where(g => g.State == GuidelineState.Published).ToListAsync(context.CancellationToken);
        version.Publish(published, time.Now());
        db.Raise(version, version.Published());
        return await SaveAsync(version, packs.Of(version), context.CancellationToken);
    }

    [Access(Roles.GuidelineOwner)]
    public override async Task<V1.GuidelinePack> RetireGuidelinePack(RetireGuidelinePackRequest request, ServerCallContext context)
    {
        var version = await LoadAsync(request.Name, context.CancellationToken);
        version.MustMatch(request.Etag);
        version.Retire();
        return await SaveAsync(version, packs.Of(version), context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.GuidelinePack> ResolveGuidelinePack(ResolveGuidelinePackRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var faults = new Faults();
        var date = faults.Date("date", request.Date) ?? time.Today();
        faults.ThrowIfAny();
        var version = await packs.HoldingOnAsync(date, context.CancellationToken);
        return version.ToProto(packs.Of(version));
    }

    private async Task<V1.GuidelinePack> DraftAsync(string document, CancellationToken cancellation)
    {
        var pack = Read(document, null);

        // Of two drafted at once, the second finds the first.
        await db.HoldAsync(nameof(db.Guidelines), cancellation);
        var existing = await db.Guidelines.FirstOrDefaultAsync(g => g.Version == pack.Version, cancellation);
        if (existing is not null)
        {
            throw Refusal.AlreadyExists("GUIDELINE_PACK_VERSION_TAKEN", existing.Name);
        }

        var version = new GuidelineVersion(document, pack);
        db.Guidelines.Add(version);
        return await SaveAsync(version, pack, cancellation);
    }

    private bool SeesDrafts => call.RequiredCaller.Is(Roles.GuidelineOwner);

    private async Task<GuidelineVersion> LoadAsync(string name, CancellationToken cancellation, string field = "name")
    {
        var prefix = GuidelineVersion.NameOf(tenant.Required, "");
        var id = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : "";
        if (id.Length is 0 or > MaxVersionLength || !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw Refusal.Input(new FieldFault(field, "RESOURCE_NAME_INVALID", ("pattern", $"{prefix}{{version}}")));
        }

        var version = await packs.NamedAsync(name, cancellation);
        return version.State != GuidelineState.Draft || SeesDrafts
            ? version
            : throw Refusal.NotFound("GUIDELINE_PACK_NOT_FOUND", name);
    }

    private GuidelinePack Read(string document, string? expectedVersion)
    {
        const string Field = "guideline_pack.document";
        var faults = new Faults();
        faults.Require(document.Length > 0, Field, "FIELD_REQUIRED");
        faults.Require(Encoding.UTF8.GetByteCount(document) <= MaxDocumentBytes, Field, "TEXT_TOO_LONG", ("limit", $"{MaxDocumentBytes}"));
        faults.ThrowIfAny();

        var reading = GuidelinePackReader.Read(document);
        if (reading.Pack is not { } pack)
        {
            throw Refusal.Input("GUIDELINE_PACK_INVALID", [.. reading.Faults.Select(fault =>
                new FieldFault(fault.Path.Length == 0 ? Field : $"{Field}:{fault.Path}", fault.Reason, ("sentence", fault.Sentence)))]);
        }

        faults.Require(pack.Municipality == tenant.Required, $"{Field}:municipality", "PACK_OF_OTHER_MUNICIPALITY");
        faults.Require(expectedVersion is null || pack.Version == expectedVersion, $"{Field}:version", "PACK_VERSION_FIXED");
        faults.ThrowIfAny();
        return pack;
    }

    private async Task<V1.GuidelinePack> SaveAsync(GuidelineVersion version, GuidelinePack pack, CancellationToken cancellation)
    {
        db.Record(version, () => version.ToProto(pack), onBehalfOf: ResourceName.OfMunicipality(tenant.Required));
        await db.SaveChangesAsync(cancellation);
        return version.ToProto(pack);
    }
}
