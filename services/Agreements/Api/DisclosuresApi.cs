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

/// <summary>What of agreements is given to the public, by decision, by each municipality of its own copy. Source: law.md 2.6.</summary>
[OwnTenantOnly]
public sealed class DisclosuresApi(AgreementsDb db, OwnCopies copies, AgreementDesk desk, MaskedText texts, ExportTexts exportTexts, TenantScope tenant, CurrentCall call, TimeProvider time)
    : V1.DisclosuresService.DisclosuresServiceBase
{
    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task<V1.Disclosure> CreateDisclosure(V1.CreateDisclosureRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var copy = await copies.OpenAsync(request.Parent, cancellation, "parent");
        var decision = DisclosureInput.Read(request.Disclosure ?? new(), copy.Agreement, copy.Held, time.Today());
        var disclosure = Disclosure.Of(tenant.Required, copy.Agreement, decision, copy.Held, texts, call.RequiredCaller.Subject, time.Today());
        var party = copy.Share?.PartyId ?? desk.ActorBy(AgreementDesk.Talkers).PartyIn(copy.Agreement.Terms.Parties);
        db.Add(disclosure);
        db.Record(disclosure, () => disclosure.ToProto(NamesIn(copy)), onBehalfOf: party);
        await db.SaveChangesAsync(cancellation);
        return disclosure.ToProto(NamesIn(copy));
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Auditor)]
    public override async Task<V1.Disclosure> GetDisclosure(V1.GetDisclosureRequest request, ServerCallContext context)
    {
        var (disclosure, copy) = await FindAsync(request.Name, context.CancellationToken);
        return disclosure.ToProto(NamesIn(copy));
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Auditor)]
    public override async Task<V1.ListDisclosuresResponse> ListDisclosures(V1.ListDisclosuresRequest request, ServerCallContext context)
    {
        var copy = await copies.OpenAsync(request.Parent, context.CancellationToken, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListDisclosures), request.Parent);
        var (disclosures, next) = await page.FetchAsync(
            db.Disclosures.AsNoTracking().Where(disclosure => disclosure.Agreement == copy.Agreement.Id), disclosure => disclosure.Id, context.CancellationToken);
        var names = NamesIn(copy);
        return new V1.ListDisclosuresResponse { Disclosures = { disclosures.Select(disclosure => disclosure.ToProto(names)) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task ExportDisclosure(V1.ExportDisclosureRequest request, IServerStreamWriter<V1.ExportDisclosureResponse> responseStream, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var (disclosure, copy) = await FindAsync(request.Name, cancellation);
        var documents = copy.Those(disclosure.Documents);
        disclosure.MustHold(documents, time.Today());
        var name = $"iop-{tenant.Required}-{disclosure.Id}";
        var header = new V1.ExportHeader { MediaType = "application/zip", FileName = $"{name}.zip" };
        await responseStream.WriteAsync(new V1.ExportDisclosureResponse { Header = header }, cancellation);

        await using var output = new ExportStream(chunk => responseStream.WriteAsync(new V1.ExportDisclosureResponse { Chunk = ByteString.CopyFrom(chunk.Span) }, cancellation));
        await using var package = new ArchivePackage(name, output);
        await new DisclosurePackage(disclosure, documents, id => copies.ContentAsync(copy, id, cancellation)).WriteAsync(package, cancellation);
        await package.FinishAsync(new PackageDescription(exportTexts["disclosure.title"], MunicipalityNames.Of(tenant.Required), [disclosure.Name]), exportTexts["disclosure.readme"]);
        var summary = new V1.ExportSummary { AgreementCount = 1, SizeBytes = output.Length, Sha256 = output.Complete() };
        await responseStream.WriteAsync(new V1.ExportDisclosureResponse { Summary = summary }, cancellation);
    }

    private async Task<(Disclosure Disclosure, OwnCopy Copy)> FindAsync(string name, CancellationToken cancellation)
    {
        var (owner, id) = ResourceName.IdsIn(name, Agreement.Collection, Disclosure.Collection, tenant.Required);
        var copy = await copies.OpenAsync(ResourceName.Of(tenant.Required, Agreement.Collection, owner), cancellation);
        var found = await db.Disclosures.AsNoTracking().FirstOrDefaultAsync(disclosure => disclosure.Agreement == owner && disclosure.Id == id, cancellation)
            ?? throw Refusal.NotFound("DISCLOSURE_NOT_FOUND", name);
        return (found, copy);
    }

    private static Dictionary<Guid, string> NamesIn(OwnCopy copy) => copy.Documents.ToDictionary(document => document.File.Id, document => document.Name);
}
