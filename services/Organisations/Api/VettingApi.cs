using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Eligibility.V1;
using Iop.Organisations.Data;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ConditionCheck = Iop.Organisations.Domain.ConditionCheck;
using ConditionRecord = Iop.Organisations.Domain.ConditionRecord;

namespace Iop.Organisations.Api;

/// <summary>Whether organisations meet the conditions of the guideline.</summary>
public sealed partial class VettingApi(
    OrganisationsDb db, RegisterDoor door, GuidelineShelf guidelines, EvidenceReading evidence, StandingDocuments standing, TenantScope tenant, CurrentCall call, TimeProvider time)
    : VettingService.VettingServiceBase
{
    private Caller Caller => call.RequiredCaller;

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative)]
    public override async Task<V1.ConditionCheck> RecordConditionCheck(RecordConditionCheckRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var key = await door.KeyOfAsync(request.Parent, "parent", cancellation);
        var pack = await guidelines.GetAsync(request.GuidelinePack, cancellation);
        var set = pack.ConditionSets.FirstOrDefault(candidate => candidate.Key == request.SetKey)
            ?? throw Refusal.Input(new FieldFault("set_key", "CONDITION_UNKNOWN"));
        var faults = new Faults();
        var records = VettingReading.Read(request.Conditions, set, key, Caller, time, evidence, faults);
        faults.ThrowIfAny();
        CaseReferences.RequireForm(records.Select((record, i) => (record.DecisionReference, $"conditions[{i}].decision_reference")), pack);
        var check = await db.ConditionChecks.FirstOrDefaultAsync(c => c.Organisation == key && c.SetKey == set.Key, cancellation);
        RequireChecker(set, records, check);
        await door.RequireOrganisationAsync(key, cancellation);
        await RequireStandingEvidenceAsync(key, records, cancellation);
        if (check is null)
        {
            RefuseEtag(request.Etag, OrganisationName.OfConditionCheck(tenant.Required, key, set.Key));
            db.Add(check = new ConditionCheck(tenant.Required, key, set.Key));
        }
        else
        {
            check.MustMatch(request.Etag);
        }

        var changed = check.Record(pack.Name, [.. set.Conditions.Select(condition => condition.Key)], records, Caller.SeesMunicipality);
        await guidelines.KeepAsync(pack, cancellation);
        return await SaveAsync(check, set, changed, cancellation);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.ConditionCheck> GetConditionCheck(GetConditionCheckRequest request, ServerCallContext context)
    {
        var (key, set) = OrganisationName.RequiredConditionCheckIn(request.Name, Caller.Municipality, "name");
        await door.RequireOpenAsync(key, context.CancellationToken);
        var check = await db.ConditionChecks.AsNoTracking().FirstOrDefaultAsync(c => c.Organisation == key && c.SetKey == set, context.CancellationToken);
        return check?.ToProto() ?? throw Refusal.NotFound("CONDITION_CHECK_NOT_FOUND", request.Name);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListConditionChecksResponse> ListConditionChecks(ListConditionChecksRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Parent, "parent", context.CancellationToken);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListConditionChecks), request.Parent);
        var (checks, next) = await door.FetchAsync(page, key, db.ConditionChecks.AsNoTracking().Where(c => c.Organisation == key), context.CancellationToken);

        return new ListConditionChecksResponse { ConditionChecks = { checks.Select(check => check.ToProto()) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<EvaluateVettingResponse> EvaluateVetting(EvaluateVettingRequest request, ServerCallContext context)
    {
        var key = await door.KeyOfAsync(request.Name, "name", context.CancellationToken);
        var pack = await guidelines.GetAsync(request.GuidelinePack, context.CancellationToken);
        await door.RequireOrganisationAsync(key, context.CancellationToken);
        var checks = await db.ConditionChecks.AsNoTracking().Where(c => c.Organisation == key).ToDictionaryAsync(c => c.SetKey, c => c.Conditions, context.CancellationToken);
        var findings = pack.ConditionSets.Select(set => (Set: set, Finding: Vetting.Evaluate(set.ToTerms(), checks.GetValueOrDefault(set.Key, [])))).ToList();
        var answer = VettingMapping.ToProto(pack.Name, findings, OrganisationName.Of(tenant.Required, key));
        answer.Remarks.Add(await RemarksAsync(key, pack, context.CancellationToken));
        return answer;
    }

    // Whoever checks may also take back what was checked; nobody else of the municipality does.
    private void RequireChecker(ConditionSet set, IReadOnlyList<ConditionRecord> records, ConditionCheck? check)
    {
        var known = (check?.Conditions ?? []).Where(known => records.Any(record => record.ConditionKey == known.ConditionKey)).ToList();
        if (Caller.SeesMunicipality && known.Exists(one => one.IsOfCommitteeAndNotOf(Caller.Roles)))
        {
            throw Refusal.Denied("CHECKER_ROLE_REQUIRED", ("role", Vetting.Committee));
        }

        var undone = Caller.SeesMunicipality && known.Exists(one => one.IsChecked);
        if ((undone || records.Any(record => record.IsChecked)) && !Vetting.MayCheck(Caller.Roles, set.CheckedBy))
        {
            throw Refusal.Denied("CHECKER_ROLE_REQUIRED", ("role", set.CheckedBy));
        }
    }

    // Evidence that has been sent back, or does not exist, shows nothing.
    private async Task RequireStandingEvidenceAsync(string key, IReadOnlyList<ConditionRecord> records, CancellationToken cancellation)
    {
        var documents = records.Select(record => record.EvidenceDocument).OfType<Guid>().Distinct().ToList();
        foreach (var (id, state) in await evidence.RequireAsync(key, documents, cancellation))
        {
            if (state is DocumentState.Returned or DocumentState.DeclaredNonexistent)
            {
                throw Refusal.State(
                    "DOCUMENT_STATE_NOT_ALLOWED", OrganisationName.OfChild(tenant.Required, key, OrganisationName.Documents, id),
                    state.ToUpperSnake(), DocumentState.Received.ToUpperSnake(), DocumentState.Accepted.ToUpperSnake());
            }
        }
    }

    // An etag for what is not there is of something else.
    private static void RefuseEtag(string etag, string name)
    {
        if (etag.Length > 0)
        {
            throw Refusal.StaleEtag(name);
        }
    }

    private async Task<V1.ConditionCheck> SaveAsync(ConditionCheck check, ConditionSet set, bool changed, CancellationToken cancellation)
    {
        db.Record(check, () => check.ToProto(), onBehalfOf: door.ActingFor(check.Organisation));
        if (changed)
        {
            var outcome = Vetting.Evaluate(set.ToTerms(), check.Conditions).Outcome;
            await db.RaiseAboutAsync(check.Municipality, check.Organisation, new OrganisationVettingChanged
            {
                GuidelinePack = check.GuidelinePack,
                SetKey = check.SetKey,
                Outcome = outcome.ToUpperSnake(),
            }, cancellation);
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { ConstraintName: OrganisationsDb.OneCheckForEachSet })
        {
            // Somebody else recorded the first of the set at the same time; it is to be read before it is changed.
            throw Refusal.StaleEtag(check.Name);
        }

        return check.ToProto();
    }
}
