using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Document = Iop.Organisations.Domain.Document;

namespace Iop.Organisations.Api;

/// <summary>What is told of the content of documents.</summary>
public sealed partial class DocumentsApi
{
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Document> RecordAuditOpinion(RecordAuditOpinionRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var opinion = DocumentContentReading.ReadOpinion("audit_opinion", request.AuditOpinion, faults);
        faults.ThrowIfAny();
        return TellAsync(request.Name, request.Etag, document => document.Tell(opinion, Caller.SeesMunicipality), context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Document> RecordBoardMembers(RecordBoardMembersRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var members = DocumentContentReading.ReadBoard("board_members", request.BoardMembers, faults);
        faults.ThrowIfAny();
        return TellAsync(request.Name, request.Etag, document => document.Tell(members, Caller.SeesMunicipality), context.CancellationToken);
    }

    private async Task<V1.Document> TellAsync(string name, string etag, Action<Document> tell, CancellationToken cancellation)
    {
        var document = await LoadAsync(name, cancellation, toChange: true);
        document.MustMatch(etag);

        tell(document);
        return await SaveAsync(document, "", cancellation);
    }
}
