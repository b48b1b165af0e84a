using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using AidKind = Iop.Organisations.Domain.AidKind;

namespace Iop.Organisations.Api;

/// <summary>What the disclosures amount to. Nothing is stored.</summary>
public sealed partial class FundingApi
{
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<CheckFundingOverlapResponse> CheckFundingOverlap(CheckFundingOverlapRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Name, "name", context.CancellationToken);
        var faults = new Faults();
        var planned = FundingReading.ReadPlanned(request.Planned, faults);
        faults.ThrowIfAny();
        await door.RequireOrganisationAsync(key, context.CancellationToken);
        var disclosed = await db.FundingDisclosures.AsNoTracking().Where(d => d.Organisation == key && d.State == DisclosureState.Disclosed)
            .OrderBy(d => d.Id).ToListAsync(context.CancellationToken);

        var overlaps = FundingOverlaps.Find(disclosed.Select(d => (d.Id, d.Terms)), planned).Take(FundingOverlaps.Most + 1).ToList();
        return new CheckFundingOverlapResponse
        {
            Overlaps = { overlaps.Take(FundingOverlaps.Most).Select(overlap => FundingMapping.ToProto(overlap, OrganisationName.Of(tenant.Required, key))) },
            Unanswered = { disclosed.Where(d => d.Terms.SameCostAsPartnership is null && d.Form != Domain.FundingForm.Iop).Select(d => d.Name) },
            MoreOverlaps = overlaps.Count > FundingOverlaps.Most,
        };
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<SumDeMinimisAidResponse> SumDeMinimisAid(SumDeMinimisAidRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Name, "name", context.CancellationToken);
        var faults = new Faults();
        var day = faults.Date("date", request.Date) ?? time.Today();
        var kind = request.AidKind == V1.AidKind.Unspecified ? AidKind.DeMinimis : (AidKind)faults.Choice("aid_kind", request.AidKind);
        faults.Require(kind is AidKind.DeMinimis or AidKind.SgeiDeMinimis, "aid_kind", "ENUM_VALUE_REQUIRED");
        faults.Require(day.Year > 3, "date", "DATE_INVALID");
        var extra = faults.Money("extra_amount", request.ExtraAmount) + faults.Money("extra_in_kind_value", request.ExtraInKindValue);
        var given = FundingReading.ReadRate(request.ExchangeRate, faults);
        var planned = AgreementNames.Read("agreement", request.Agreement, tenant.Required, faults);
        faults.ThrowIfAny();

        var keys = await UndertakingAsync(key, context.CancellationToken);
        var window = AidWindow.EndingOn(day);
        var disclosed = await db.FundingDisclosures.AsNoTracking()
            .Where(d => keys.Contains(d.Organisation) && d.State == DisclosureState.Disclosed && (d.AidKind == AidKind.DeMinimis || d.AidKind == AidKind.SgeiDeMinimis) && d.GrantedDate >= window.Start && d.GrantedDate <= window.End)
            .ToListAsync(context.CancellationToken);
        var granted = await db.GrantedAids.AsNoTracking().Where(aid => keys.Contains(aid.Organisation)).OrderBy(aid => aid.Id).ToListAsync(context.CancellationToken);
        var links = AidLinks.Of(disclosed, granted, extra > 0 ? planned : null);
        return FundingMapping.ToProto(AidSum.Of(day, (kind, extra), [.. links.Counted(disclosed), .. links.Counted(granted)], tables, given), links, tenant.Required, keys);
    }

    /// <summary>Every organisation of the single undertaking, the one asked for first.</summary>
    private async Task<IReadOnlyList<string>> UndertakingAsync(string key, CancellationToken cancellation)
    {
        var undertaking = await db.Organisations.AsNoTracking().Where(o => o.Key == key).Select(o => o.UndertakingKey).FirstOrDefaultAsync(cancellation)
            ?? throw Refusal.NotFound("ORGANISATION_NOT_FOUND", OrganisationName.Of(tenant.Required, key));
        return undertaking.Length == 0
            ? [key]
            : await db.Organisations.AsNoTracking().Where(o => o.UndertakingKey == undertaking).OrderByDescending(o => o.Key == key).ThenBy(o => o.Key)
                .Select(o => o.Key).ToListAsync(cancellation);
    }
}
