using System.Globalization;
using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Api;

/// <content>The history of a case.</content>
public sealed partial class CasesApi
{
    private const string RevisionCollection = "/revisions/";

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<CaseRevision> GetCaseRevision(GetCaseRevisionRequest request, ServerCallContext context)
    {
        var (caseName, number) = RevisionIn(request.Name);
        await MustSeeAsync(caseName, request.Name, "CASE_REVISION_NOT_FOUND", context.CancellationToken);
        var revision = await db.Revisions.FirstOrDefaultAsync(r => r.Subject == caseName && r.Number == number, context.CancellationToken)
            ?? throw Refusal.NotFound("CASE_REVISION_NOT_FOUND", request.Name);
        return ToProto(revision);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListCaseRevisionsResponse> ListCaseRevisions(ListCaseRevisionsRequest request, ServerCallContext context)
    {
        ResourceName.IdIn(request.Parent, "cases", tenant.Required, "parent");
        await MustSeeAsync(request.Parent, request.Parent, "CASE_NOT_FOUND", context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListCaseRevisions), request.Parent);
        var (items, next) = await page.FetchByNumberAsync(db.Revisions.Where(r => r.Subject == request.Parent), r => r.Number, context.CancellationToken);
        return new ListCaseRevisionsResponse { CaseRevisions = { items.Select(ToProto) }, NextPageToken = next };
    }

    private async Task MustSeeAsync(string caseName, string asked, string reason, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(caseName, "cases", tenant.Required);
        var seen = await db.Cases.Where(c => c.Id == id).Select(c => new { c.Organisations, c.CommitteesOnly, c.Committees }).FirstOrDefaultAsync(cancellation);
        Caller.MustActFor(seen?.Organisations ?? []);
        (seen is null ? MatterCommittees.None : new MatterCommittees(seen.Committees, seen.CommitteesOnly)).MustBeSeenBy(Caller);
        _ = seen ?? throw Refusal.NotFound(reason, asked);
    }

    private (string Case, int Number) RevisionIn(string name)
    {
        var at = name.LastIndexOf(RevisionCollection, StringComparison.Ordinal);
        if (at < 0 || !int.TryParse(name[(at + RevisionCollection.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw Refusal.Input(new FieldFault("name", "RESOURCE_NAME_INVALID", ("pattern", $"municipalities/{tenant.Required}/cases/{{case}}/revisions/{{revision}}")));
        }

        return (name[..at], number);
    }

    private CaseRevision ToProto(Revision revision) => new()
    {
        Name = $"{revision.Subject}{RevisionCollection}{revision.Number}",
        RevisionNumber = revision.Number,
        // The plumbing names the service too; the contract names the method alone.
        Action = revision.Action[(revision.Action.LastIndexOf('/') + 1)..],
        Actor = revision.Actor,
        OnBehalfOf = revision.OnBehalfOf,
        Reason = revision.Reason,
        CreateTime = revision.CreateTime.ToProto(),
        Snapshot = Shown(V1.Case.Parser.ParseFrom(revision.Snapshot)),
    };
}
