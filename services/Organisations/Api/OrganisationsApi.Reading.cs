using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Organisation = Iop.Organisations.Domain.Organisation;
using PartyEligibility = Iop.Organisations.Domain.PartyEligibility;
using SigningStanding = Iop.Organisations.Domain.SigningStanding;

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
        var key = await door.KeyOfAsync(request.Name, "name", context.CancellationToken);
        var organisation = await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Key == key, context.CancellationToken);
        return organisation?.ToProto().For(Caller) ?? throw Refusal.NotFound("ORGANISATION_NOT_FOUND", request.Name);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListOrganisationsResponse> ListOrganisations(ListOrganisationsRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListOrganisations), request.Parent, request.Filter, request.Query);
        var comparisons = Filter.Parse(request.Filter, FilterFields);
        var own = await door.OnlyKeysAsync(context.CancellationToken);
        var (organisations, next) = request.Query.Trim().Length == 0
            ? await page.FetchAsync(Narrow(Visible(own), comparisons), o => o.Id, context.CancellationToken)
            : await SearchAsync(page, request.Query, comparisons, own, context.CancellationToken);
        return new ListOrganisationsResponse { Organisations = { organisations.Select(o => o.ToProto().Masked()) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<BatchGetOrganisationsResponse> BatchGetOrganisations(BatchGetOrganisationsRequest request, ServerCallContext context)
    {
        var keys = ReadBatch(request);
        foreach (var key in request.View == OrganisationView.Party ? [] : keys.Distinct(StringComparer.Ordinal))
        {
            await door.RequireOpenAsync(key, context.CancellationToken);
        }

        var found = await db.Organisations.AsNoTracking().Where(o => keys.Contains(o.Key)).ToDictionaryAsync(o => o.Key, context.CancellationToken);
        if (keys.Find(key => !found.ContainsKey(key)) is { } missing)
        {
            throw Refusal.NotFound("ORGANISATION_NOT_FOUND", OrganisationName.Of(tenant.Required, missing));
        }

        var standings = await StandingsAsync(keys, context.CancellationToken);
        return new BatchGetOrganisationsResponse
        {
            Organisations = { keys.Select(key => Shown(found[key], request.View, standings[key])) },
        };
    }

    private static V1.Organisation Shown(Organisation organisation, OrganisationView view, SigningStanding standing)
    {
        var shown = view == OrganisationView.Party ? organisation.ToParty() : organisation.ToProto().Masked();
        shown.SigningStanding = (V1.SigningStanding)standing;
        return shown;
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Organisation> LookupOrganisation(LookupOrganisationRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var faults = new Faults();
        var number = OrganisationReading.ReadNumber("organisation_number", request.OrganisationNumber, faults);
        faults.ThrowIfAny();
        var own = await door.OnlyKeysAsync(context.CancellationToken);
        var organisation = await Visible(own).FirstOrDefaultAsync(o => o.Number == number, context.CancellationToken);
        return organisation?.ToProto().Masked() ?? throw Refusal.NotFound("ORGANISATION_NOT_FOUND", OrganisationName.Of(tenant.Required, "-"));
    }

    // A representative's register holds the organisations that the token names, and no other.
    private IQueryable<Organisation> Visible(IReadOnlyList<string>? own) =>
        own is not null ? db.Organisations.AsNoTracking().Where(o => own.Contains(o.Key)) : db.Organisations.AsNoTracking();

    private List<string> ReadBatch(BatchGetOrganisationsRequest request)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var faults = new Faults();
        faults.Number("names", request.Names.Count, 1, MaxBatch);
        faults.Require(Enum.IsDefined(request.View), "view", "ENUM_VALUE_REQUIRED");
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
