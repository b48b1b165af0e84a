using Google.Protobuf;
using Grpc.Core;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Documents;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Typesetting.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>The files of an agreement: annexes, scans, and what was signed elsewhere.</summary>
public sealed partial class AgreementDocumentsApi(
    AgreementsDb db, AgreementDesk desk, AgreementFiles files, DocumentSight sight, OwnMarks marks, OwnCopies copies, TenantScope tenant, CurrentCall call, RememberedRequests requests,
    TimeProvider time)
    : V1.AgreementDocumentsService.AgreementDocumentsServiceBase
{
    private const int MaxChunkBytes = 1024 * 1024;
    private const int PieceBytes = 256 * 1024;
    private static readonly IReadOnlyList<string> Senders = [Roles.CaseOfficer, Roles.Integration];

    // What can be refused without the bytes is, before they are read.
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative, Roles.Integration)]
    public override async Task<V1.AgreementDocument> UploadAgreementDocument(IAsyncStreamReader<V1.UploadAgreementDocumentRequest> requestStream, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var header = await HeaderAsync(requestStream, cancellation);
        (await desk.TalkAsync(header.Parent, cancellation, "header.parent", Senders)).Agreement.MustTakeDocuments();
        var faults = new Faults();
        var (title, fileName) = (faults.Text("header.title", header.Title, 200, required: true), faults.Text("header.file_name", header.FileName, 255, required: true));
        faults.Require(fileName.IndexOfAny(['/', '\\', '\n', '\r']) < 0, "header.file_name", "FILE_NAME_INVALID");
        faults.ThrowIfAny();
        var file = await FileAsync(requestStream, cancellation);
        byte[] payload = [.. header.ToByteArray(), .. Convert.FromHexString(file.Sha256)];
        return await requests.RunAsync(header.RequestId, payload, () => StoreAsync(header.Parent, title, fileName, file, cancellation), cancellation);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task DownloadAgreementDocument(
        V1.DownloadAgreementDocumentRequest request, IServerStreamWriter<V1.DownloadAgreementDocumentResponse> responseStream, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var (agreement, document) = await FindAsync(request.Name, cancellation);
        await sight.MustSeeAsync(agreement, document, cancellation);
        await responseStream.WriteAsync(new V1.DownloadAgreementDocumentResponse { Document = await marks.ShownAsync(document, cancellation) }, cancellation);

        // One query for each piece: a slow reader holds one piece in memory and no connection.
        for (var at = 0; at < document.SizeBytes; at += PieceBytes)
        {
            var piece = await db.Database.SqlQuery<byte[]>(
                $"""SELECT substring(content FROM {at + 1} FOR {PieceBytes}) AS "Value" FROM agreement_document_content WHERE municipality = {tenant.Required} AND document = {document.Id}""")
                .ToListAsync(cancellation);
            await responseStream.WriteAsync(new V1.DownloadAgreementDocumentResponse { Chunk = UnsafeByteOperations.UnsafeWrap(piece[0]) }, cancellation);
        }
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.AgreementDocument> GetAgreementDocument(V1.GetAgreementDocumentRequest request, ServerCallContext context) =>
        await marks.ShownAsync((await FindAsync(request.Name, context.CancellationToken)).Document, context.CancellationToken);

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ListAgreementDocumentsResponse> ListAgreementDocuments(V1.ListAgreementDocumentsRequest request, ServerCallContext context)
    {
        var agreement = await desk.ReadAsync(request.Parent, context.CancellationToken, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListAgreementDocuments), request.Parent);
        var (documents, next) = await page.FetchAsync(files.VisibleOf(agreement), document => document.Id, context.CancellationToken);
        return new V1.ListAgreementDocumentsResponse { AgreementDocuments = { await marks.ShownAsync(documents, context.CancellationToken) }, NextPageToken = next };
    }

    private async Task<V1.AgreementDocument> StoreAsync(string agreementName, string title, string fileName, ReceivedFile file, CancellationToken cancellation)
    {
        var (agreement, actor) = await desk.OpenAsync(agreementName, Senders, cancellation, "header.parent");
        var document = AgreementDocument.Receive(agreement, title, fileName, file, actor);
        if (await db.Documents.CountAsync(other => other.Agreement == agreement.Id, cancellation) >= AgreementDocument.MostOfOne)
        {
            throw Refusal.Precondition("TOO_MANY_DOCUMENTS", agreement.Name, ("limit", $"{AgreementDocument.MostOfOne}"));
        }

        db.Add(document);
        db.Record(document, () => document.ToProto(time.Today(), etag: false), onBehalfOf: actor.PartyIn(agreement.Terms.Parties));
        desk.Tell(document, agreement, document.Received(agreement));
        await db.SaveChangesAsync(cancellation);

        // Past the change tracker, which would keep the bytes until the end of the call.
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO agreement_document_content (municipality, document, content) VALUES ({document.Municipality}, {document.Id}, {file.Content})", cancellation);
        return await marks.ShownAsync(document, cancellation);
    }

    private async Task<(Agreement Agreement, AgreementDocument Document)> FindAsync(string name, CancellationToken cancellation)
    {
        var (owner, id) = ResourceName.IdsIn(name, Agreement.Collection, AgreementDocument.Collection, tenant.Required);
        var agreement = await desk.ReadAsync(ResourceName.Of(tenant.Required, Agreement.Collection, owner), cancellation);
        return (agreement, await files.VisibleOf(agreement).FirstOrDefaultAsync(document => document.Id == id, cancellation) ?? throw Refusal.NotFound("DOCUMENT_NOT_FOUND", name));
    }

    private static async Task<V1.UploadAgreementDocumentHeader> HeaderAsync(IAsyncStreamReader<V1.UploadAgreementDocumentRequest> stream, CancellationToken cancellation) =>
        await stream.MoveNext(cancellation) && stream.Current.ContentCase == V1.UploadAgreementDocumentRequest.ContentOneofCase.Header
            ? stream.Current.Header
            : throw Refusal.Input("DOCUMENT_HEADER_MISSING", "header");

    private static async Task<ReceivedFile> FileAsync(IAsyncStreamReader<V1.UploadAgreementDocumentRequest> stream, CancellationToken cancellation)
    {
        var incoming = new IncomingFile();
        while (await stream.MoveNext(cancellation))
        {
            var (message, faults) = (stream.Current, new Faults());
            faults.Require(message.ContentCase != V1.UploadAgreementDocumentRequest.ContentOneofCase.Header, "header", "FIELD_NOT_ALLOWED");
            faults.Require(message.Chunk.Length is > 0 and <= MaxChunkBytes, "chunk", "NUMBER_OUT_OF_RANGE", ("min", "1"), ("max", $"{MaxChunkBytes}"));
            faults.ThrowIfAny();
            incoming.Append(message.Chunk.Span);
        }

        return incoming.Complete(content => [.. SignedPdf.Read(content).Select(found => new EmbeddedSignature(found.Signer, found.IsIntact, found.CoversWholeFile))]);
    }
}
