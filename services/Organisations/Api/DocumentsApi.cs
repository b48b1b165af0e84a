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
public sealed partial class DocumentsApi(
    OrganisationsDb db, RegisterDoor door, CaseReferences references, TenantScope tenant, CurrentCall call, RememberedRequests requests, TimeProvider time)
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
        var key = await door.KeyOfAsync(header.Parent, "header.parent", cancellation);
        var label = UploadReading.ReadLabel(header, Caller, time.GetUtcNow());
        await door.RequireOrganisationAsync(key, cancellation);
        if (label.CaseReference.Length > 0)
        {
            await references.RequireFormAsync(label.CaseReference, "header.case_reference", cancellation);
        }

        using var content = await UploadReading.ContentAsync(requestStream, cancellation);
        var hash = content.Complete();
        UploadReading.RequireWhole(header, Convert.ToHexStringLower(hash));
        var mediaType = MediaTypes.Of(content) ?? throw Refusal.Input("DOCUMENT_TYPE_NOT_ALLOWED", "chunk");
        if (ExtractHints.InContent(content, mediaType))
        {
            throw Refusal.Input("CRIMINAL_RECORDS_EXTRACT_REFUSED", "chunk");
        }

        var received = new ReceivedContent(mediaType, content.Length, Convert.ToHexStringLower(hash), header.ReceiveTime?.ToDateTimeOffset() ?? time.GetUtcNow());
        byte[] payload = [.. header.ToByteArray(), .. hash];
        return await requests.RunAsync(header.RequestId, payload, () => StoreAsync(key, label, received, content, cancellation), cancellation);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task DownloadDocument(
        DownloadDocumentRequest request, IServerStreamWriter<DownloadDocumentResponse> responseStream, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var document = await LoadAsync(request.Name, cancellation);
        document.RequireBytes();
        RequireSight(document);
        var described = await DescribeAsync(document, cancellation);
        await responseStream.WriteAsync(new DownloadDocumentResponse { Document = described }, cancellation);

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
        return await DescribeAsync(document, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListDocumentsResponse> ListDocuments(ListDocumentsRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListDocuments), request.Parent, request.Filter);
        var query = Narrow(db.Documents.AsNoTracking().Where(d => d.Organisation == key), Filter.Parse(request.Filter, FilterFields));
        var (documents, next) = await door.FetchAsync(page, key, query, context.CancellationToken);

        var (cycle, today) = (await CycleAsync(key, documents.Select(d => d.Kind), context.CancellationToken), time.Today());
        return new ListDocumentsResponse { Documents = { documents.Select(d => d.ToProto(cycle, today, withPersons: false)) }, NextPageToken = next };
    }

    private async Task<V1.Document> StoreAsync(string key, DocumentLabel label, ReceivedContent received, DocumentBuffer content, CancellationToken cancellation)
    {
        var document = new Document(tenant.Required, key, label, received, await NextVersionAsync(key, label.Kind, label.FinancialYear, cancellation));
        db.Add(document);
        await SaveAsync(document, "", cancellation);

        // Past the change tracker, which would keep every piece until the end of the call.
        for (var i = 0; i < content.Blocks.Count; i++)
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO document_chunk (municipality, document, number, content) VALUES ({document.Municipality}, {document.Id}, {i}, {content.Blocks[i]})",
                cancellation);
        }

        return await DescribeAsync(document, cancellation);
    }

    private async Task<V1.Document> SaveAsync(Document document, string reason, CancellationToken cancellation)
    {
        var (cycle, today) = (await CycleAsync(document.Organisation, [document.Kind], cancellation), time.Today());
        db.Record(document, () => document.ToProto(cycle, today), reason, door.ActingFor(document.Organisation));
        await db.SaveChangesAsync(cancellation);
        return Shown(document, document.ToProto(cycle, today));
    }

    private V1.Document Shown(Document document, V1.Document described)
    {
        if (HiddenBy(document) is not null)
        {
            // Who stands on a list is as secret as the list.
            described.BoardMembers.Clear();
        }

        return described.For(Caller, OrganisationName.Of(document.Municipality, document.Organisation));
    }

    private async Task<int> NextVersionAsync(string key, DocumentKind kind, int year, CancellationToken cancellation)
    {
        // Two uploads of the same kind at once take their numbers one after the other.
        await db.HoldAsync($"documents of {key} {kind} {year}", cancellation);
        var latest = await db.Documents.Where(d => d.Organisation == key && d.Kind == kind && d.FinancialYear == year)
            .OrderByDescending(d => d.VersionNumber).Select(d => d.VersionNumber).FirstOrDefaultAsync(cancellation);
        return latest + 1;
    }

    private async Task<V1.Document> DescribeAsync(Document document, CancellationToken cancellation) =>
        Shown(document, document.ToProto(await CycleAsync(document.Organisation, [document.Kind], cancellation), time.Today()));

    // Only yearly kinds grow old, and only they need the organisation's annual meeting.
    private async Task<AnnualCycle> CycleAsync(string key, IEnumerable<DocumentKind> kinds, CancellationToken cancellation)
    {
        var facts = kinds.Any(AnnualCycle.IsYearly)
            ? await db.Organisations.AsNoTracking().Where(o => o.Key == key).Select(o => o.Facts).FirstOrDefaultAsync(cancellation)
            : null;
        return new AnnualCycle(facts?.NextAnnualMeetingDate);
    }

    private async Task<Document> LoadAsync(string name, CancellationToken cancellation, bool toChange = false)
    {
        var (key, id) = await door.ChildOfAsync(name, OrganisationName.Documents, cancellation);
        var documents = toChange ? db.Documents : db.Documents.AsNoTracking();
        return await documents.FirstOrDefaultAsync(d => d.Id == id && d.Organisation == key, cancellation)
            ?? throw Refusal.NotFound("DOCUMENT_NOT_FOUND", name);
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
