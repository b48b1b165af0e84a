using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using GrantedAid = Iop.Organisations.Domain.GrantedAid;

namespace Iop.Organisations.Api;

/// <summary>Aid that the register has learnt of from agreements.</summary>
public sealed partial class FundingApi
{
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.GrantedAid> GetGrantedAid(GetGrantedAidRequest request, ServerCallContext context) =>
        (await LoadGrantedAsync(request.Name, context.CancellationToken)).ToProto();

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListGrantedAidsResponse> ListGrantedAids(ListGrantedAidsRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListGrantedAids), request.Parent);
        var (granted, next) = await door.FetchAsync(page, key, db.GrantedAids.AsNoTracking().Where(aid => aid.Organisation == key), context.CancellationToken);

        return new ListGrantedAidsResponse { GrantedAids = { granted.Select(aid => aid.ToProto()) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task<V1.GrantedAid> SettleGrantedAid(SettleGrantedAidRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Require(request.Value is not null, "value", "FIELD_REQUIRED");
        var given = faults.Money("value", request.Value);
        var reason = faults.Text("reason", request.Reason, ReasonLength, required: true);
        faults.ThrowIfAny();
        var granted = await LoadGrantedAsync(request.Name, context.CancellationToken);
        granted.MustMatch(request.Etag);

        granted.Settle(given, reason, time.Now());
        db.Record(granted, () => granted.ToProto(), reason);
        await db.SaveChangesAsync(context.CancellationToken);
        return granted.ToProto();
    }

    private async Task<GrantedAid> LoadGrantedAsync(string name, CancellationToken cancellation)
    {
        var (key, agreement) = await door.ChildOfAsync(name, OrganisationName.GrantedAids, cancellation);
        return await db.GrantedAids.FirstOrDefaultAsync(aid => aid.Organisation == key && aid.Agreement == agreement, cancellation)
            ?? throw Refusal.NotFound("GRANTED_AID_NOT_FOUND", name);
    }
}
