using Grpc.Core;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using FundingConsent = Iop.Organisations.Domain.FundingConsent;

namespace Iop.Organisations.Api;

/// <summary>What organisations let other municipalities see. Source: law.md 2.11.</summary>
public sealed partial class FundingApi
{
    private const int MaxShared = 500;

    // The consent is the organisation's own: nobody gives it in its stead.
    [Access(Roles.OrganisationRepresentative)]
    public override async Task<V1.FundingConsent> CreateFundingConsent(CreateFundingConsentRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var faults = new Faults();
        var from = request.FundingConsent ?? new V1.FundingConsent();
        var today = time.Today();
        var isMunicipality = MunicipalityCode.TryParse(ResourceName.MunicipalityIn(from.Recipient), out var recipient)
            && from.Recipient == ResourceName.OfMunicipality(recipient.Value) && recipient.Value != tenant.Required;
        faults.Require(isMunicipality, "funding_consent.recipient", "OTHER_MUNICIPALITY_REQUIRED");
        var until = faults.Date("funding_consent.valid_until", from.ValidUntil, required: true) ?? today;
        faults.Require(until >= today && until <= today.AddYears(FundingConsent.MaxYears), "funding_consent.valid_until", "CONSENT_PERIOD_INVALID");
        faults.ThrowIfAny();
        await door.RequireOrganisationAsync(key, context.CancellationToken);

        var consent = new FundingConsent(tenant.Required, key, recipient.Value, until);
        db.Add(consent);
        return await SaveAsync(consent, context.CancellationToken);
    }

    [Access(Roles.OrganisationRepresentative)]
    public override async Task<V1.FundingConsent> WithdrawFundingConsent(WithdrawFundingConsentRequest request, ServerCallContext context)
    {
        var consent = await LoadConsentAsync(request.Name, context.CancellationToken);
        consent.MustMatch(request.Etag);
        consent.Withdraw(time.Today());
        return await SaveAsync(consent, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<V1.FundingConsent> GetFundingConsent(GetFundingConsentRequest request, ServerCallContext context) =>
        (await LoadConsentAsync(request.Name, context.CancellationToken)).ToProto(time.Today());

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<ListFundingConsentsResponse> ListFundingConsents(ListFundingConsentsRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListFundingConsents), request.Parent);
        var (consents, next) = await door.FetchAsync(page, key, db.FundingConsents.AsNoTracking().Where(c => c.Organisation == key), context.CancellationToken);

        return new ListFundingConsentsResponse { FundingConsents = { consents.Select(consent => consent.ToProto(time.Today())) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<CheckSharedFundingResponse> CheckSharedFunding(CheckSharedFundingRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Name, "name", context.CancellationToken);
        var (today, number) = (time.Today(), (await door.LoadAsync(key, context.CancellationToken)).Number.Digits);
        var shared = await db.FundingShares.AsNoTracking().Where(s => s.OrganisationNumber == number && s.ValidUntil >= today)
            .OrderBy(s => s.Source).ThenBy(s => s.Disclosure).Take(MaxShared + 1).ToListAsync(context.CancellationToken);
        var own = await db.FundingDisclosures.AsNoTracking().Where(d => d.Organisation == key && d.State == DisclosureState.Disclosed)
            .OrderBy(d => d.Id).ToListAsync(context.CancellationToken);

        var theirs = shared.Take(MaxShared).ToDictionary(share => share.Disclosure);
        var overlaps = FundingOverlaps.Between(own.Select(d => (d.Id, d.Terms)), theirs.Values.Select(s => (s.Disclosure, s.Terms))).Take(FundingOverlaps.Most + 1).ToList();
        return new CheckSharedFundingResponse
        {
            Shared = { theirs.Values.Select(share => share.ToProto()) },
            MoreShared = shared.Count > MaxShared,
            MoreOverlaps = overlaps.Count > FundingOverlaps.Most,
            Overlaps = { overlaps.Take(FundingOverlaps.Most).Select(overlap => FundingMapping.ToProto(overlap, OrganisationName.Of(tenant.Required, key), theirs[overlap.Other!.Value].Name)) },
        };
    }

    private async Task<FundingConsent> LoadConsentAsync(string name, CancellationToken cancellation)
    {
        var (key, id) = await door.ChildOfAsync(name, OrganisationName.FundingConsents, cancellation);
        return await db.FundingConsents.FirstOrDefaultAsync(c => c.Id == id && c.Organisation == key, cancellation)
            ?? throw Refusal.NotFound("FUNDING_CONSENT_NOT_FOUND", name);
    }

    private async Task<V1.FundingConsent> SaveAsync(FundingConsent consent, CancellationToken cancellation)
    {
        db.Record(consent, () => consent.ToProto(time.Today()), onBehalfOf: door.ActingFor(consent.Organisation));
        await db.SaveChangesAsync(cancellation);
        await db.ShareAsync(consent.Municipality, consent.Organisation, cancellation);
        return consent.ToProto(time.Today());
    }
}
