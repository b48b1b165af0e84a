using Google.Protobuf;
using Grpc.Core;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Document = Iop.Organisations.Domain.Document;
using DocumentKind = Iop.Organisations.Domain.DocumentKind;

namespace Iop.Organisations.Api;

/// <summary>The documents that organisations hand in.</summary>
public sealed class DocumentsApi(OrganisationsDb db, TenantScope tenant, CurrentCall call, RememberedRequests requests, TimeProvider time)
    : DocumentsService.DocumentsServiceBase
{
    private static readonly Dictionary<string, string[]> FilterFields = new() { ["kind"] = ["="], ["state"] = ["="] };

    private Caller Caller => call.RequiredCaller;

    // What can be refused without the bytes is, before they are read.
    [Access(Roles.CaseOfficer, Roles.Integration, Roles.OrganisationRepresentative)]
    public override async Task<V1.Document> UploadDocument(IAsyncStreamReader<UploadDocumentRequest> requestStream, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var header = await UploadReading.HeaderAsync(requestStream, cancellation);
        var key = Caller.KeyOf(header.Parent, "header.parent");
        var label = UploadReading.ReadLabel(header);
        await RequireOrganisationAsync(key, cancellation);

        using var content = await UploadReading.ContentAsync(requestStream, cancellation);
        var hash = content.Complete();
        var mediaType = MediaTypes.Of(content) ?? throw Refusal.Input("DOCUMENT_TYPE_NOT_ALLOWED", "chunk");
        var received = new ReceivedContent(mediaType, content.Length, Convert.ToHexStringLower(hash), time.GetUtcNow());
        byte[] payload = [.. header.ToByteArray(), .. hash];
        return await requests.RunAsync(header.RequestId, payload, () => StoreAsync(key, label, received, content, cancellation), cancellation);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task DownloadDocument(
        DownloadDocumentRequest request, IServerStreamWriter<DownloadDocumentResponse> responseStream, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var document = await LoadAsync(request.Name, cancellation);
        await responseStream.WriteAsync(new DownloadDocumentResponse { Document = document.ToProto() }, cancellation);

        // One query for each piece: a slow reader holds one piece in memory and no connection.
        for (var number = 0; number * (long)DocumentBuffer.BlockBytes < document.SizeBytes; number++)
        {
            var next = number;
            var content = await db.DocumentChunks.Where(c => c.Document == document.Id && c.Number == next).Select(c => c.Content).SingleAsync(cancellation);
            await responseStream.WriteAsync(new DownloadDocumentResponse { Chunk = UnsafeByteOperations.UnsafeWrap(content) }, cancellation);
        }
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Document> GetDocument(GetDocumentRequest request, ServerCallContext context)
    {
        var document = await LoadAsync(request.Name, context.CancellationToken);
        return document.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListDocumentsResponse> ListDocuments(ListDocumentsRequest request, ServerCallContext context)
    {
        var key = Caller.KeyOf(request.Parent, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListDocuments), request.Parent, request.Filter);
        var query = Narrow(db.Documents.AsNoTracking().Where(d => d.Organisation == key), Filter.Parse(request.Filter, FilterFields));
        var (documents, next) = await page.FetchAsync(query, d => d.Id, context.CancellationToken);
        if (documents.Count == 0)
        {
            await RequireOrganisationAsync(key, context.CancellationToken);
        }

        return new ListDocumentsResponse { Documents = { documents.Select(d => d.ToProto()) }, NextPageToken = next };
    }

    private async Task<V1.Document> StoreAsync(string key, DocumentLabel label, ReceivedContent received, DocumentBuffer content, CancellationToken cancellation)
    {
        var document = new Document(tenant.Required, key, label, received, await NextVersionAsync(key, label, cancellation));
        db.Add(document);
        db.Record(document, () => document.ToProto(), onBehalfOf: Caller.ActingFor(OrganisationName.Of(tenant.Required, key)));
        await db.SaveChangesAsync(cancellation);

        // Past the change tracker, which would keep every piece until the end of the call.
        for (var i = 0; i < content.Blocks.Count; i++)
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO document_chunk (municipality, document, number, content) VALUES ({document.Municipality}, {document.Id}, {i}, {content.Blocks[i]})",
                cancellation);
        }

        return document.ToProto();
    }

    private async Task<int> NextVersionAsync(string key, DocumentLabel label, CancellationToken cancellation)
    {
        var (kind, year) = (label.Kind, label.FinancialYear);
        var series = $"{OrganisationName.Of(tenant.Required, key)} {kind} {year}";

        // Two uploads of the same kind at once take their numbers one after the other.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({series}, 0))", cancellation);
        var latest = await db.Documents.Where(d => d.Organisation == key && d.Kind == kind && d.FinancialYear == year)
            .OrderByDescending(d => d.VersionNumber).Select(d => d.VersionNumber).FirstOrDefaultAsync(cancellation);
        return latest + 1;
    }

    private async Task<Document> LoadAsync(string name, CancellationToken cancellation)
    {
        var (key, id) = Caller.ChildOf(name, OrganisationName.Documents);
        return await db.Documents.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Organisation == key, cancellation)
            ?? throw Refusal.NotFound("DOCUMENT_NOT_FOUND", name);
    }

    private async Task RequireOrganisationAsync(string key, CancellationToken cancellation)
    {
        if (!await db.Organisations.AnyAsync(o => o.Key == key, cancellation))
        {
            throw Refusal.NotFound("ORGANISATION_NOT_FOUND", OrganisationName.Of(tenant.Required, key));
        }
    }

    private static IQueryable<Document> Narrow(IQueryable<Document> query, IReadOnlyList<Comparison> comparisons)
    {
        foreach (var (field, _, value) in comparisons)
        {
            query = field switch
            {
                "kind" => EnumNames.FromUpperSnake<DocumentKind>(value) is { } kind ? query.Where(d => d.Kind == kind) : throw OrganisationsApi.Unknown(field),
                _ => EnumNames.FromUpperSnake<DocumentState>(value) is { } state ? query.Where(d => d.State == state) : throw OrganisationsApi.Unknown(field),
            };
        }

        return query;
    }
}
