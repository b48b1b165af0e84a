using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Sight;
using Document = Iop.Organisations.Domain.Document;
using DocumentKind = Iop.Organisations.Domain.DocumentKind;

namespace Iop.Organisations.Api;

/// <summary>What becomes of a document after it was received.</summary>
public sealed partial class DocumentsApi
{
    private const int ReasonLength = 500;
    private const int CaseReferenceLength = 60;

    [Access(Roles.CaseOfficer)]
    public override Task<V1.Document> AcceptDocument(AcceptDocumentRequest request, ServerCallContext context) =>
        ReviewAsync(request.Name, request.Etag, "", document => document.Accept(), context.CancellationToken);

    [Access(Roles.CaseOfficer)]
    public override Task<V1.Document> ReturnDocument(ReturnDocumentRequest request, ServerCallContext context)
    {
        var reason = ReadReason(request.Reason);
        return ReviewAsync(request.Name, request.Etag, reason, document => document.Return(reason), context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative, Roles.Integration)]
    public override async Task<V1.Document> DeclareDocumentNonexistent(DeclareDocumentNonexistentRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var key = await door.KeyOfAsync(request.Parent, "parent", cancellation);
        var faults = new Faults();
        var kind = faults.Choice("kind", request.Kind);
        var year = UploadReading.ReadYear("financial_year", request.Kind, request.FinancialYear, time.GetUtcNow(), faults);
        var reason = faults.Text("reason", request.Reason, ReasonLength, required: true);

        // What OTHER is nobody can tell, so neither that it is missing.
        faults.Require(kind != V1.DocumentKind.Other, "kind", "DOCUMENT_KIND_NOT_ALLOWED");
        faults.ThrowIfAny();
        UploadReading.RefuseExtract(kind, "kind");
        await door.RequireOrganisationAsync(key, cancellation);

        var version = await NextVersionAsync(key, (DocumentKind)kind, year, cancellation);
        var document = Document.Nonexistent(tenant.Required, key, (DocumentKind)kind, year, reason, time.Now(), version);
        db.Add(document);
        return await SaveAsync(document, reason, cancellation);
    }

    [Access(Roles.CaseOfficer, Roles.Integration)]
    public override async Task<V1.Document> SetCaseReference(SetCaseReferenceRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var caseReference = faults.Text("case_reference", request.CaseReference, CaseReferenceLength, required: true);
        faults.ThrowIfAny();
        var document = await LoadAsync(request.Name, context.CancellationToken, toChange: true);
        document.MustMatch(request.Etag);
        await references.RequireFormAsync(caseReference, "case_reference", context.CancellationToken);

        document.Register(caseReference);
        return await SaveAsync(document, "", context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task<V1.Document> SetConfidentialityMark(SetConfidentialityMarkRequest request, ServerCallContext context)
    {
        var mark = ConfidentialityMark.Read(request.ConfidentialityMark, Caller.Subject, time);
        var document = await LoadAsync(request.Name, context.CancellationToken, toChange: true);
        document.MustMatch(request.Etag);

        document.Mark(mark);
        return await SaveAsync(document, mark.Reason, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task<V1.Document> LiftConfidentialityMark(LiftConfidentialityMarkRequest request, ServerCallContext context)
    {
        var reason = ReadReason(request.Reason);
        var document = await LoadAsync(request.Name, context.CancellationToken, toChange: true);
        document.MustMatch(request.Etag);

        document.LiftMark();
        return await SaveAsync(document, reason, context.CancellationToken);
    }

    private async Task<V1.Document> ReviewAsync(string name, string etag, string reason, Action<Document> review, CancellationToken cancellation)
    {
        var document = await LoadAsync(name, cancellation, toChange: true);
        document.MustMatch(etag);

        review(document);
        await db.RaiseAboutAsync(document.Municipality, document.Organisation, new DocumentReviewed
        {
            Document = document.Name,
            State = document.State.ToUpperSnake(),
        }, cancellation);
        return await SaveAsync(document, reason, cancellation);
    }

    // Whoever neither handles nor owns it asks for it, and the request is tried. Source: law.md 2.6.
    private void RequireSight(Document document)
    {
        if (HiddenBy(document) is { } mark)
        {
            throw mark.Hides();
        }
    }

    private ConfidentialityMark? HiddenBy(Document document)
    {
        var needs = Caller.Is(Roles.CaseOfficer) || Caller.Is(Roles.Lawyer) || Caller.Represents(OrganisationName.Of(document.Municipality, document.Organisation));
        return needs ? null : document.ConfidentialityMark.On(time.Today());
    }

    private static string ReadReason(string text)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", text, ReasonLength, required: true);
        faults.ThrowIfAny();
        return reason;
    }
}
