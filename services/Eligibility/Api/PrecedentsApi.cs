using Grpc.Core;
using Iop.Eligibility.Data;
using Iop.Eligibility.Domain.Precedents;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;
using Precedent = Iop.Eligibility.Domain.Precedents.Precedent;

namespace Iop.Eligibility.Api;

/// <summary>Precedents over gRPC.</summary>
public sealed partial class PrecedentsApi(
    EligibilityDb db, CaseSearch search, AdoptedPacks adopted, CrossTenant crossTenant, CurrentCall call, TenantScope tenant, TimeProvider time) : PrecedentsService.PrecedentsServiceBase
{
    private const string Collection = "precedents";

    private Caller Caller => call.RequiredCaller;

    // Who may change a precedent is told its version.
    private bool Changes => Caller.Is(Roles.CaseOfficer);

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Precedent> PublishPrecedent(PublishPrecedentRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var sent = request.Precedent ?? new V1.Precedent();
        var faults = new Faults();
        var title = faults.Text("precedent.title", sent.Title, 200, required: true);
        var summary = faults.Text("precedent.summary", sent.Summary, 4000, required: true);
        faults.Require(request.Reviewed, "reviewed", "REVIEW_REQUIRED");
        faults.ThrowIfAny();

        var id = ResourceName.IdIn(sent.Case, "cases", tenant.Required, "precedent.case");

        // Of two published at once the second finds the first, and a case that becomes its committees' alone is read as such.
        await db.HoldAsync($"precedent of {id}", context.CancellationToken);
        var @case = await db.Cases.FirstOrDefaultAsync(c => c.Id == id, context.CancellationToken) ?? throw Refusal.NotFound("CASE_NOT_FOUND", sent.Case);
        @case.Belonging().MustBeSeenBy(Caller);
        if (sent.Shared && @case.CommitteesOnly)
        {
            throw Refusal.Input(new FieldFault("precedent.shared", "FIELD_NOT_ALLOWED"));
        }

        var existing = await db.Precedents.AsNoTracking().FirstOrDefaultAsync(p => p.CaseId == id && p.State == PrecedentState.Published, context.CancellationToken);
        if (existing is not null)
        {
            throw Refusal.AlreadyExists("PRECEDENT_EXISTS", existing.Name);
        }

        var precedent = new Precedent(@case, title, summary, sent.Shared);
        db.Precedents.Add(precedent);
        if (precedent.Shared)
        {
            db.SharedPrecedents.Add(new SharedPrecedent(precedent, time.Now()));
        }

        return await SaveAsync(precedent, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Precedent> WithdrawPrecedent(WithdrawPrecedentRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, 2000, required: true);
        faults.ThrowIfAny();
        var precedent = await LoadAsync(request.Name, context.CancellationToken);
        precedent.MustMatch(request.Etag);
        precedent.Withdraw(reason);
        await db.SharedPrecedents.Where(share => share.Id == precedent.Id).ExecuteDeleteAsync(context.CancellationToken);
        return await SaveAsync(precedent, context.CancellationToken, reason);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Precedent> GetPrecedent(GetPrecedentRequest request, ServerCallContext context)
    {
        var example = PublicExamples.All.FirstOrDefault(example => request.Name == PrecedentMapping.NameOf(example, tenant.Required));
        return example is not null
            ? example.ToProto(tenant.Required)
            : (await LoadAsync(request.Name, context.CancellationToken)).ToProto(Changes);
    }

    private async Task<Precedent> LoadAsync(string name, CancellationToken cancellation)
    {
        var id = ResourceName.IdIn(name, Collection, tenant.Required);
        var precedent = await db.Precedents.FirstOrDefaultAsync(p => p.Id == id, cancellation) ?? throw Refusal.NotFound("PRECEDENT_NOT_FOUND", name);
        await MustSeeAsync(precedent, cancellation);
        return precedent;
    }

    // law.md 2.3: what is published of a case that is kept to its committees stays with those who see the case.
    private async Task MustSeeAsync(Precedent precedent, CancellationToken cancellation)
    {
        var kept = await db.Cases.Where(c => c.Id == precedent.CaseId && c.CommitteesOnly).Select(c => new { c.Organisations, c.Committees }).FirstOrDefaultAsync(cancellation);
        if (kept is not null)
        {
            Caller.MustActFor(kept.Organisations);
            new MatterCommittees(kept.Committees, Only: true).MustBeSeenBy(Caller);
        }
    }

    // The list's form of the same.
    private IQueryable<Precedent> Seen()
    {
        var own = Caller.Organisations;
        var cases = Caller.SeesMunicipality ? search.SeenBy(db.Cases, Caller)
            : db.Cases.Where(c => !c.CommitteesOnly || db.CaseOrganisations.Any(party => party.CaseId == c.Id && own.Contains(party.Organisation)));
        return db.Precedents.AsNoTracking().Where(p => p.State == PrecedentState.Published && cases.Any(c => c.Id == p.CaseId));
    }

    private async Task<V1.Precedent> SaveAsync(Precedent precedent, CancellationToken cancellation, string reason = "")
    {
        db.Record(precedent, () => precedent.ToProto(withEtag: true), reason, ResourceName.OfMunicipality(tenant.Required));
        await db.SaveChangesAsync(cancellation);
        return precedent.ToProto(withEtag: true);
    }
}
