using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using Organisation = Iop.Organisations.Domain.Organisation;
using PartyEligibility = Iop.Organisations.Domain.PartyEligibility;

namespace Iop.Organisations.Api;

/// <summary>The reads.</summary>
public sealed partial class OrganisationsApi
{
    private const int MaxBatch = 100;

    private static readonly Dictionary<string, string[]> FilterFields = new()
    {
        ["organisation_number"] = ["="],
        ["party_eligibility"] = ["="],
        ["state"] = ["="],
    };

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Organisation> GetOrganisation(GetOrganisationRequest request, ServerCallContext context)
    {
        var key = Caller.KeyOf(request.Name, "name");
        var organisation = await Visible().FirstOrDefaultAsync(o => o.Key == key, context.CancellationToken);
        return organisation?.ToProto() ?? throw Refusal.NotFound("ORGANISATION_NOT_FOUND", request.Name);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListOrganisationsResponse> ListOrganisations(ListOrganisationsRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        RequireMunicipality(request.Parent, faults);
        faults.ThrowIfAny();
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListOrganisations), request.Parent, request.Filter);
        var query = Narrow(Visible(), Filter.Parse(request.Filter, FilterFields));
        var (organisations, next) = await page.FetchAsync(query, o => o.Id, context.CancellationToken);
        return new ListOrganisationsResponse { Organisations = { organisations.Select(o => o.ToProto()) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<BatchGetOrganisationsResponse> BatchGetOrganisations(BatchGetOrganisationsRequest request, ServerCallContext context)
    {
        var keys = ReadBatch(request);
        foreach (var name in request.Names)
        {
            Caller.MustActFor(name);
        }

        var found = await Visible().Where(o => keys.Contains(o.Key)).ToDictionaryAsync(o => o.Key, context.CancellationToken);
        var missing = keys.Find(key => !found.ContainsKey(key));
        return missing is null
            ? new BatchGetOrganisationsResponse { Organisations = { keys.Select(key => found[key].ToProto()) } }
            : throw Refusal.NotFound("ORGANISATION_NOT_FOUND", OrganisationName.Of(tenant.Required, missing));
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Organisation> LookupOrganisation(LookupOrganisationRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        RequireMunicipality(request.Parent, faults);
        var number = OrganisationReading.ReadNumber("organisation_number", request.OrganisationNumber, faults);
        faults.ThrowIfAny();
        var organisation = await Visible().FirstOrDefaultAsync(o => o.Number == number, context.CancellationToken);
        return organisation?.ToProto() ?? throw Refusal.NotFound("ORGANISATION_NOT_FOUND", OrganisationName.Of(tenant.Required, "-"));
    }

    // A representative's register holds the organisations that the token names, and no other.
    private IQueryable<Organisation> Visible() =>
        Caller.OnlyKeys() is { } own ? db.Organisations.AsNoTracking().Where(o => own.Contains(o.Key)) : db.Organisations.AsNoTracking();

    private List<string> ReadBatch(BatchGetOrganisationsRequest request)
    {
        var faults = new Faults();
        RequireMunicipality(request.Parent, faults);
        faults.Number("names", request.Names.Count, 1, MaxBatch);
        var keys = request.Names.Select(name => OrganisationName.KeyIn(name, tenant.Required)).ToList();
        for (var i = 0; i < keys.Count; i++)
        {
            faults.Require(keys[i] is not null, $"names[{i}]", "RESOURCE_NAME_INVALID", ("pattern", OrganisationName.Of(tenant.Required, "{id}")));
        }

        faults.ThrowIfAny();
        return [.. keys.OfType<string>()];
    }

    private static IQueryable<Organisation> Narrow(IQueryable<Organisation> query, IReadOnlyList<Comparison> comparisons)
    {
        foreach (var (field, _, value) in comparisons)
        {
            query = field switch
            {
                "organisation_number" => OrganisationNumber.Read(value).Number is { } number ? query.Where(o => o.Number == number) : throw Unknown(field),
                "party_eligibility" => EnumNames.FromUpperSnake<PartyEligibility>(value) is { } eligibility ? query.Where(o => o.PartyEligibility == eligibility) : throw Unknown(field),
                _ => EnumNames.FromUpperSnake<OrganisationState>(value) is { } state ? query.Where(o => o.State == state) : throw Unknown(field),
            };
        }

        return query;
    }

    internal static Refusal Unknown(string field) => Refusal.Input("INVALID_FILTER", "filter", ("at", field));
}
