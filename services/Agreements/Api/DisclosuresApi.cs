using Google.Protobuf;
using Grpc.Core;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Agreements.Export;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>What of agreements is given to the public, by decision. Source: law.md 2.6.</summary>
public sealed class DisclosuresApi(
    AgreementsDb db, AgreementDesk desk, AgreementFiles files, MaskedText texts, ExportTexts exportTexts, TenantScope tenant, CurrentCall call, TimeProvider time)
    : V1.DisclosuresService.DisclosuresServiceBase
{
    [LeadOnly]
    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task<V1.Disclosure> CreateDisclosure(V1.CreateDisclosureRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var (agreement, actor) = await desk.TalkAsync(request.Parent, cancellation, "parent");
        var documents = await DisclosableOf(agreement).ToListAsync(cancellation);
        var decision = DisclosureInput.Read(request.Disclosure ?? new(), agreement, documents, time.Today());
        var disclosure = Disclosure.Of(agreement, decision, documents, texts, call.RequiredCaller.Subject, time.Today());
        db.Add(disclosure);
        db.Record(disclosure, () => disclosure.ToProto(NamesOf(documents)), onBehalfOf: actor.PartyIn(agreement.Terms.Parties));
        await db.SaveChangesAsync(cancellation);
        return disclosure.ToProto(NamesOf(documents));
    }

    [LeadOnly]
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Auditor)]
    public override async Task<V1.Disclosure> GetDisclosure(V1.GetDisclosureRequest request, ServerCallContext context)
    {
        var (disclosure, documents) = await FindAsync(request.Name, context.CancellationToken);
        return disclosure.ToProto(NamesOf(documents));
    }

    [LeadOnly]
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Auditor)]
    public override async Task<V1.ListDisclosuresResponse> ListDisclosures(V1.ListDisclosuresRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Parent, context.CancellationToken, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListDisclosures), request.Parent);
        var (disclosures, next) = await page.FetchAsync(
            db.Disclosures.AsNoTracking().Where(disclosure => disclosure.Agreement == agreement.Id), disclosure => disclosure.Id, context.CancellationToken);
        var names = NamesOf(await DocumentsAsync([.. disclosures.SelectMany(disclosure => disclosure.Documents)], context.CancellationToken));
        return new V1.ListDisclosuresResponse { Disclosures = { disclosures.Select(disclosure => disclosure.ToProto(names)) }, NextPageToken = next };
    }

    [LeadOnly]
    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task ExportDisclosure(V1.ExportDisclosureRequest request, IServerStreamWriter<V1.ExportDisclosureResponse> responseStream, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var (disclosure, documents) = await FindAsync(request.Name, cancellation);
        disclosure.MustHold(documents, time.Today());
        var name = $"iop-{tenant.Required}-{disclosure.Id}";
        var header = new V1.ExportHeader { MediaType = "application/zip", FileName = $"{name}.zip" };
        await responseStream.WriteAsync(new V1.ExportDisclosureResponse { Header = header }, cancellation);

        await using var output = new ExportStream(chunk => responseStream.WriteAsync(new V1.ExportDisclosureResponse { Chunk = ByteString.CopyFrom(chunk.Span) }, cancellation));
        await using var package = new ArchivePackage(name, output);
        await new DisclosurePackage(disclosure, documents, files).WriteAsync(package, cancellation);
        await package.FinishAsync(new PackageDescription(exportTexts["disclosure.title"], MunicipalityNames.Of(tenant.Required), [disclosure.Name]), exportTexts["disclosure.readme"]);
        var summary = new V1.ExportSummary { AgreementCount = 1, SizeBytes = output.Length, Sha256 = output.Complete() };
        await responseStream.WriteAsync(new V1.ExportDisclosureResponse { Summary = summary }, cancellation);
    }

    // What one side received before it shared its draft is no official document, unless the text has it.
    private IQueryable<AgreementDocument> DisclosableOf(Agreement agreement)
    {
        var (id, from) = (agreement.Id, agreement.ShareTime ?? DateTimeOffset.MaxValue);
        var annexed = agreement.Terms.Annexes.Where(annex => annex.IsFile).Select(annex => Guid.Parse(annex.Document[^36..])).ToList();
        return db.Documents.AsNoTracking()
            .Where(document => (document.Agreement == id && document.CreateTime >= from) || annexed.Contains(document.Id))
            .OrderBy(document => document.Id);
    }

    private Task<List<AgreementDocument>> DocumentsAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        db.Documents.AsNoTracking().Where(document => ids.Contains(document.Id)).OrderBy(document => document.Id).ToListAsync(cancellation);

    private async Task<(Disclosure Disclosure, List<AgreementDocument> Documents)> FindAsync(string name, CancellationToken cancellation)
    {
        var (owner, id) = ResourceName.IdsIn(name, Agreement.Collection, Disclosure.Collection, tenant.Required);
        await desk.ReadAsync(ResourceName.Of(tenant.Required, Agreement.Collection, owner), cancellation);
        var found = await db.Disclosures.AsNoTracking().FirstOrDefaultAsync(disclosure => disclosure.Agreement == owner && disclosure.Id == id, cancellation)
            ?? throw Refusal.NotFound("DISCLOSURE_NOT_FOUND", name);
        return (found, await DocumentsAsync(found.Documents, cancellation));
    }

    private static Dictionary<Guid, string> NamesOf(IEnumerable<AgreementDocument> documents) => documents.ToDictionary(document => document.Id, document => document.Name);
}
