using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using Representative = Iop.Organisations.Domain.Representative;

namespace Iop.Organisations.Api;

/// <summary>The reads. One who only claims sees the own claims, and one who represents sees all of the organisation's.</summary>
public sealed partial class RepresentativesApi
{
    private static readonly Dictionary<string, string[]> FilterFields = new() { ["state"] = ["="] };

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<V1.Representative> GetRepresentative(GetRepresentativeRequest request, ServerCallContext context)
    {
        var (key, id) = OrganisationName.RequiredChildIn(request.Name, OrganisationName.Representatives, Caller.Municipality, "name");
        var found = await Find(key, id).AsNoTracking().FirstOrDefaultAsync(context.CancellationToken);
        if (found is null || found.PersonRef != Caller.Subject)
        {
            await door.RequireOpenAsync(key, context.CancellationToken);
        }

        return found?.ToProto() ?? throw Refusal.NotFound("REPRESENTATIVE_NOT_FOUND", request.Name);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<ListRepresentativesResponse> ListRepresentatives(ListRepresentativesRequest request, ServerCallContext context)
    {
        var key = OrganisationName.RequiredKeyIn(request.Parent, Caller.Municipality, "parent");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListRepresentatives), request.Parent, request.Filter);
        var query = db.Representatives.AsNoTracking().Where(r => r.Organisation == key);
        if (await SeesOwnOnlyAsync(key, context.CancellationToken))
        {
            var person = Caller.Subject;
            query = query.Where(r => r.PersonRef == person);
        }

        foreach (var (field, _, value) in Filter.Parse(request.Filter, FilterFields))
        {
            var state = EnumNames.FromUpperSnake<RepresentativeState>(value) ?? throw OrganisationsApi.Unknown(field);
            query = query.Where(r => r.State == state);
        }

        var (representatives, next) = await door.FetchAsync(page, key, query, context.CancellationToken);

        return new ListRepresentativesResponse { Representatives = { representatives.Select(r => r.ToProto()) }, NextPageToken = next };
    }

    private async Task<bool> SeesOwnOnlyAsync(string key, CancellationToken cancellation) =>
        !Caller.SeesMunicipality && (await door.OnlyKeysAsync(cancellation))?.Contains(key) != true;

    private IQueryable<Representative> Find(string key, Guid id) => db.Representatives.Where(r => r.Id == id && r.Organisation == key);

    // Whose claim it is need not be known before it is read: one who may not decide on it is refused by what follows.
    private async Task<Representative> LoadAsync(string name, CancellationToken cancellation)
    {
        var (key, id) = OrganisationName.RequiredChildIn(name, OrganisationName.Representatives, Caller.Municipality, "name");
        var found = await Find(key, id).FirstOrDefaultAsync(cancellation);
        if (found is null)
        {
            await door.RequireOpenAsync(key, cancellation);
        }

        return found ?? throw Refusal.NotFound("REPRESENTATIVE_NOT_FOUND", name);
    }
}
