using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using SigningAuthority = Iop.Organisations.Domain.SigningAuthority;

namespace Iop.Organisations.Api;

/// <summary>Who signs for the organisations.</summary>
public sealed partial class OrganisationsApi
{
    private const int ReasonLength = 500;

    [Access(Roles.CaseOfficer, Roles.Integration, Roles.OrganisationRepresentative)]
    public override async Task<V1.SigningAuthority> CreateSigningAuthority(CreateSigningAuthorityRequest request, ServerCallContext context)
    {
        var key = Caller.KeyOf(request.Parent, "parent");
        var organisation = await LoadAsync(key, context.CancellationToken);
        var faults = new Faults();
        var terms = SigningReading.Read(request.SigningAuthority ?? new V1.SigningAuthority(), organisation, faults);
        faults.ThrowIfAny();
        await RequireDocumentsAsync(organisation, terms.EvidenceDocuments, context.CancellationToken);

        var authority = new SigningAuthority(organisation, terms);
        db.Add(authority);
        return await SaveAsync(authority, "", context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.SigningAuthority> GetSigningAuthority(GetSigningAuthorityRequest request, ServerCallContext context)
    {
        var authority = await LoadAuthorityAsync(request.Name, context.CancellationToken);
        return authority.ToProto(time.Today());
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListSigningAuthoritiesResponse> ListSigningAuthorities(ListSigningAuthoritiesRequest request, ServerCallContext context)
    {
        var key = Caller.KeyOf(request.Parent, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListSigningAuthorities), request.Parent);
        var query = db.SigningAuthorities.AsNoTracking().Where(a => a.Organisation == key);
        var (authorities, next) = await page.FetchAsync(query, a => a.Id, context.CancellationToken);
        if (authorities.Count == 0)
        {
            await LoadAsync(key, context.CancellationToken);
        }

        var today = time.Today();
        return new ListSigningAuthoritiesResponse { SigningAuthorities = { authorities.Select(a => a.ToProto(today)) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.SigningAuthority> EndSigningAuthority(EndSigningAuthorityRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, ReasonLength, required: true);
        faults.ThrowIfAny();
        var authority = await LoadAuthorityAsync(request.Name, context.CancellationToken);
        authority.MustMatch(request.Etag);

        authority.End(time.GetUtcNow(), time.Today());
        return await SaveAsync(authority, reason, context.CancellationToken);
    }

    private async Task<SigningAuthority> LoadAuthorityAsync(string name, CancellationToken cancellation)
    {
        var (key, id) = Caller.ChildOf(name, OrganisationName.SigningAuthorities);
        return await db.SigningAuthorities.FirstOrDefaultAsync(a => a.Id == id && a.Organisation == key, cancellation)
            ?? throw Refusal.NotFound("SIGNING_AUTHORITY_NOT_FOUND", name);
    }

    private async Task RequireDocumentsAsync(Domain.Organisation organisation, IReadOnlyList<Guid> documents, CancellationToken cancellation)
    {
        var found = await db.Documents.Where(d => d.Organisation == organisation.Key && documents.Contains(d.Id)).Select(d => d.Id).ToListAsync(cancellation);
        foreach (var missing in documents.Except(found))
        {
            throw Refusal.NotFound("DOCUMENT_NOT_FOUND", OrganisationName.OfChild(organisation.Municipality, organisation.Key, OrganisationName.Documents, missing));
        }
    }

    private async Task<V1.SigningAuthority> SaveAsync(SigningAuthority authority, string reason, CancellationToken cancellation)
    {
        var today = time.Today();
        var organisation = OrganisationName.Of(authority.Municipality, authority.Organisation);
        db.Record(authority, () => authority.ToProto(today), reason, Caller.ActingFor(organisation));
        await db.SaveChangesAsync(cancellation);
        return authority.ToProto(today);
    }
}
