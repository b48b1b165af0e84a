using Grpc.Core;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Case = Iop.Eligibility.Domain.Cases.Case;
using CommitteeRule = Iop.Eligibility.Domain.Guidelines.CommitteeRule;
using GuidelinePack = Iop.Eligibility.Domain.Guidelines.GuidelinePack;

namespace Iop.Eligibility.Api;

/// <content>The committees of a case: who answers for it, who sees it and who decides it.</content>
public sealed partial class CasesApi
{
    private const int MaxConcerned = 10;

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> AssignCommittees(AssignCommitteesRequest request, ServerCallContext context)
    {
        var reason = TextIn("reason", request.Reason, 2000);
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        CheckCommittees(request, pack.Committees);
        @case.Assign(request.Responsible, request.Concerned, request.Only, pack);
        if (@case.CommitteesOnly)
        {
            await KeepPrecedentsAsync(@case, context.CancellationToken);
        }

        db.Raise(@case, new CaseCommitteesAssigned { Responsible = request.Responsible, Concerned = [.. request.Concerned], Only = @case.CommitteesOnly });
        return await SaveAsync(@case, context.CancellationToken, reason);
    }

    // What one committee keeps from another is not shared with other municipalities. One on its way out is waited for.
    private async Task KeepPrecedentsAsync(Case @case, CancellationToken cancellation)
    {
        await db.HoldAsync($"precedent of {@case.Id}", cancellation);
        foreach (var precedent in await db.Precedents.Where(p => p.CaseId == @case.Id && p.Shared).ToListAsync(cancellation))
        {
            precedent.KeepHere();
            db.Record(precedent, () => precedent.ToProto(withEtag: true), onBehalfOf: ResourceName.OfMunicipality(tenant.Required));
            await db.SharedPrecedents.Where(share => share.Id == precedent.Id).ExecuteDeleteAsync(cancellation);
        }
    }

    // Who prepares the case too acts for the administration; who only decides acts for a committee.
    private void MustDecideFor(Case @case, GuidelinePack pack)
    {
        if (Caller.IsDeciderAlone)
        {
            @case.MustBeDecidedBy(Caller.Committees, pack);
        }
    }

    private static void CheckCommittees(AssignCommitteesRequest request, CommitteeRule? rule)
    {
        var faults = new Faults();
        var seen = new HashSet<string> { request.Responsible };
        faults.Require(request.Responsible.Length > 0, "responsible", "FIELD_REQUIRED");
        faults.Require(request.Concerned.Count <= MaxConcerned, "concerned", "TOO_MANY_ITEMS", ("limit", $"{MaxConcerned}"));
        Known("responsible", request.Responsible);
        for (var i = 0; i < request.Concerned.Count; i++)
        {
            Known($"concerned[{i}]", request.Concerned[i]);
            faults.Require(seen.Add(request.Concerned[i]), $"concerned[{i}]", "DUPLICATE_VALUE");
        }

        faults.ThrowIfAny();

        void Known(string field, string code)
        {
            faults.Require(code.Length == 0 || CommitteeRule.IsCode(code), field, "COMMITTEE_CODE_INVALID");
            faults.Require(!CommitteeRule.IsCode(code) || CommitteeRule.Knows(rule, code), field, "COMMITTEE_UNKNOWN");
        }
    }
}
