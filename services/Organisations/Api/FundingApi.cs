using Grpc.Core;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using AidKind = Iop.Organisations.Domain.AidKind;
using FundingDisclosure = Iop.Organisations.Domain.FundingDisclosure;
using FundingForm = Iop.Organisations.Domain.FundingForm;

namespace Iop.Organisations.Api;

/// <summary>What others give the organisations.</summary>
public sealed partial class FundingApi(OrganisationsDb db, RegisterDoor door, AidTables tables, TenantScope tenant, TimeProvider time)
    : FundingService.FundingServiceBase
{
    private const int ReasonLength = 500;

    private static readonly Dictionary<string, string[]> FilterFields = new() { ["aid_kind"] = ["="], ["form"] = ["="], ["state"] = ["="] };

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative, Roles.Integration)]
    public override async Task<V1.FundingDisclosure> CreateFundingDisclosure(CreateFundingDisclosureRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var faults = new Faults();
        var from = request.FundingDisclosure ?? new V1.FundingDisclosure();
        var terms = FundingReading.Read(from, new FundingTerms(), FundingReading.Updatable.ToHashSet(), tenant.Required, time.Today(), faults);
        faults.ThrowIfAny();
        await door.RequireOrganisationAsync(key, context.CancellationToken);
        await RequireRoomAsync(key, context.CancellationToken);

        var disclosure = new FundingDisclosure(tenant.Required, key, terms, IsByMunicipality(key));
        db.Add(disclosure);
        return await SaveAsync(disclosure, "", context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.FundingDisclosure> UpdateFundingDisclosure(UpdateFundingDisclosureRequest request, ServerCallContext context)
    {
        var from = request.FundingDisclosure;
        var disclosure = await LoadAsync(from.Name, "funding_disclosure.name", context.CancellationToken);
        disclosure.MustMatch(from.Etag, "funding_disclosure.etag");
        var faults = new Faults();
        var fields = faults.Mask(from, request.UpdateMask, FundingReading.Updatable);
        var terms = FundingReading.Read(from, disclosure.Terms, fields, tenant.Required, time.Today(), faults);
        faults.ThrowIfAny();

        disclosure.Correct(terms, IsByMunicipality(disclosure.Organisation));
        return await SaveAsync(disclosure, "", context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.FundingDisclosure> WithdrawFundingDisclosure(WithdrawFundingDisclosureRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, ReasonLength, required: true);
        faults.ThrowIfAny();
        var disclosure = await LoadAsync(request.Name, "name", context.CancellationToken);
        disclosure.MustMatch(request.Etag);

        disclosure.Withdraw(reason, IsByMunicipality(disclosure.Organisation));
        return await SaveAsync(disclosure, reason, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.FundingDisclosure> GetFundingDisclosure(GetFundingDisclosureRequest request, ServerCallContext context) =>
        (await LoadAsync(request.Name, "name", context.CancellationToken)).ToProto();

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListFundingDisclosuresResponse> ListFundingDisclosures(ListFundingDisclosuresRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListFundingDisclosures), request.Parent, request.Filter);
        var query = Narrow(db.FundingDisclosures.AsNoTracking().Where(d => d.Organisation == key), Filter.Parse(request.Filter, FilterFields));
        var (disclosures, next) = await door.FetchAsync(page, key, query, context.CancellationToken);

        return new ListFundingDisclosuresResponse { FundingDisclosures = { disclosures.Select(d => d.ToProto()) }, NextPageToken = next };
    }

    private static IQueryable<FundingDisclosure> Narrow(IQueryable<FundingDisclosure> query, IReadOnlyList<Comparison> comparisons)
    {
        foreach (var (field, _, value) in comparisons)
        {
            query = field switch
            {
                "aid_kind" => EnumNames.FromUpperSnake<AidKind>(value) is { } kind ? query.Where(d => d.AidKind == kind) : throw OrganisationsApi.Unknown(field),
                "form" => EnumNames.FromUpperSnake<FundingForm>(value) is { } form ? query.Where(d => d.Form == form) : throw OrganisationsApi.Unknown(field),
                _ => EnumNames.FromUpperSnake<DisclosureState>(value) is { } state ? query.Where(d => d.State == state) : throw OrganisationsApi.Unknown(field),
            };
        }

        return query;
    }

    // Two disclosures at once are counted one after the other.
    private async Task RequireRoomAsync(string key, CancellationToken cancellation)
    {
        await db.HoldAsync($"disclosures of {key}", cancellation);
        if (await db.FundingDisclosures.CountAsync(d => d.Organisation == key && d.State == DisclosureState.Disclosed, cancellation) >= FundingDisclosure.MostOfOne)
        {
            throw Refusal.Precondition("TOO_MANY_DISCLOSURES", OrganisationName.Of(tenant.Required, key), ("limit", $"{FundingDisclosure.MostOfOne}"));
        }
    }

    private bool IsByMunicipality(string organisation) => door.ActingFor(organisation).Length == 0;

    private async Task<FundingDisclosure> LoadAsync(string name, string field, CancellationToken cancellation)
    {
        var (key, id) = await door.ChildOfAsync(name, OrganisationName.FundingDisclosures, cancellation, field);
        return await db.FundingDisclosures.FirstOrDefaultAsync(d => d.Id == id && d.Organisation == key, cancellation)
            ?? throw Refusal.NotFound("FUNDING_DISCLOSURE_NOT_FOUND", name);
    }

    private async Task<V1.FundingDisclosure> SaveAsync(FundingDisclosure disclosure, string reason, CancellationToken cancellation)
    {
        db.Record(disclosure, () => disclosure.ToProto(), reason, door.ActingFor(disclosure.Organisation));
        await db.SaveChangesAsync(cancellation);
        await db.ShareAsync(disclosure.Municipality, disclosure.Organisation, cancellation);
        return disclosure.ToProto();
    }
}
