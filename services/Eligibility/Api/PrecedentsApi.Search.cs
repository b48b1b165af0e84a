using Grpc.Core;
using Iop.Eligibility.Data;
using Iop.Eligibility.Domain.Precedents;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Eligibility.Api;

/// <content>Finding precedents, here and elsewhere.</content>
public sealed partial class PrecedentsApi
{
    private const int MaxCodes = 10;

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListPrecedentsResponse> ListPrecedents(ListPrecedentsRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var query = await ReadAsync(request, context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListPrecedents), request.Parent, $"{request.Source}",
            string.Join(',', request.ChallengeCodes), string.Join(',', request.TargetGroupCodes), request.Domain, request.Query);
        return request.Source switch
        {
            PrecedentSource.Shared => await SharedAsync(query, page, context.CancellationToken),
            PrecedentSource.PublicExample => new ListPrecedentsResponse
            {
                Precedents = { PublicExamples.All.Where(query.Matches).Select(example => example.ToProto(tenant.Required)) },
            },
            _ => await OwnAsync(query, page, context.CancellationToken),
        };
    }

    private async Task<ListPrecedentsResponse> OwnAsync(PrecedentQuery query, Page page, CancellationToken cancellation)
    {
        var (items, next) = await page.FetchAsync(
            query.On(Seen()), p => p.Id, cancellation);
        return new ListPrecedentsResponse { Precedents = { items.Select(item => item.ToProto(Changes)) }, NextPageToken = next };
    }

    private async Task<ListPrecedentsResponse> SharedAsync(PrecedentQuery query, Page page, CancellationToken cancellation)
    {
        // Whether one shares is what one's guidelines say today: who opts out neither sees nor is seen from that day on.
        var current = await adopted.HoldingOnAsync(time.Today(), cancellation);
        var sharing = current.Where(pack => pack.Pack.Sharing.Precedents).Select(pack => pack.Pack.Municipality).ToList();
        if (!sharing.Remove(tenant.Required))
        {
            throw Refusal.Precondition("PRECEDENTS_NOT_SHARED", ResourceName.OfMunicipality(tenant.Required));
        }

        // The point is to see what others have chosen to show. The database shows this role the rows of that choice and no
        // case, precedent or other row behind them.
        await using var scope = crossTenant.Open();
        var shared = scope.ServiceProvider.GetRequiredService<EligibilityDb>().SharedPrecedents.AsNoTracking().Where(p => sharing.Contains(p.Municipality));
        var (items, next) = await page.FetchAsync(query.On(shared), p => p.Id, cancellation);
        return new ListPrecedentsResponse { Precedents = { items.Select(item => item.ToProto()) }, NextPageToken = next };
    }

    private async Task<PrecedentQuery> ReadAsync(ListPrecedentsRequest request, CancellationToken cancellation)
    {
        var faults = new Faults();
        faults.Require(Enum.IsDefined(request.Source), "source", "ENUM_VALUE_REQUIRED");
        faults.Require(request.ChallengeCodes.Count <= MaxCodes, "challenge_codes", "TOO_MANY_ITEMS", ("limit", $"{MaxCodes}"));
        faults.Require(request.TargetGroupCodes.Count <= MaxCodes, "target_group_codes", "TOO_MANY_ITEMS", ("limit", $"{MaxCodes}"));
        var words = faults.Text("query", request.Query, 200);
        faults.ThrowIfAny();
        var stems = words.Length == 0 ? null : await db.Database.SqlQuery<string>($"SELECT unnest(case_stems({words})) AS \"Value\"").ToListAsync(cancellation);
        return new PrecedentQuery(request.ChallengeCodes, request.TargetGroupCodes, request.Domain, stems);
    }
}
