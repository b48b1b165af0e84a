using Grpc.Core;
using Iop.Eligibility.Data;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Microsoft.EntityFrameworkCore;
using Case = Iop.Eligibility.Domain.Cases.Case;
using GuidelinePack = Iop.Eligibility.Domain.Guidelines.GuidelinePack;

namespace Iop.Eligibility.Api;

/// <summary>Cases over gRPC: opening, reading and changing their facts.</summary>
public sealed partial class CasesApi(
    EligibilityDb db, Packs packs, AdoptedPacks adopted, CaseSearch search, ThresholdTable thresholds, OrganisationRegister register, SameKindPurchases purchases,
    GoalTable goals, CurrentCall call, TenantScope tenant, TimeProvider time)
    : CasesService.CasesServiceBase
{
    private static readonly Dictionary<string, string[]> Filters = new()
    {
        ["state"] = ["="],
        ["organisation"] = ["="],
        ["guideline_pack"] = ["="],
        ["responsible_committee"] = ["="],
    };

    private Caller Caller => call.RequiredCaller;

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative, Roles.Integration)]
    public override async Task<V1.Case> CreateCase(CreateCaseRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var version = await packs.HoldingOnAsync(time.Today(), context.CancellationToken);
        var content = Read(request.Case ?? new V1.Case(), packs.Of(version));
        Caller.MustActFor(content.Organisation);
        MustLeaveToTheMunicipality(content, new CaseContent());
        MustSpeakForItself(content, new CaseContent());
        content = await WithRegisterAsync(content, null, context.CancellationToken);
        var @case = new Case(tenant.Required, version.Name, content);
        await goals.RefreshAsync(@case, context.CancellationToken);
        @case.Open(packs.Of(version), Caller.Is(Roles.CaseOfficer) ? Caller.Committees : []);
        db.Cases.Add(@case);
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Case> GetCase(GetCaseRequest request, ServerCallContext context) =>
        Shown((await LoadAsync(request.Name, context.CancellationToken)).ToProto());

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListCasesResponse> ListCases(ListCasesRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var query = search.SeenBy(Filtered(db.Cases.AsNoTracking(), request.Filter), Caller);
        if (!Caller.SeesMunicipality)
        {
            query = search.OfOrganisations(query, Caller.Organisations);
        }

        if (TextIn("query", request.Query, 200) is { Length: > 0 } words)
        {
            query = await search.WithWordsAsync(query, words, context.CancellationToken);
        }

        // Another caller sees another list, so a page of one is no page of the other.
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListCases), request.Parent, request.Filter, request.Query, Caller.Subject);
        var (items, next) = await page.FetchAsync(query, c => c.Id, context.CancellationToken);
        return new ListCasesResponse { Cases = { items.Select(@case => Shown(@case.ToProto())) }, NextPageToken = next };
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Case> UpdateCase(UpdateCaseRequest request, ServerCallContext context)
    {
        var @case = await LoadAsync(request.Case.Name, context.CancellationToken, "case.name");
        MustTakePart(@case);
        @case.MustMatch(request.Case.Etag, "case.etag");
        var pack = await packs.PinnedAsync(@case.GuidelinePack, context.CancellationToken);
        var content = Read(CaseMask.Apply(@case.Facts.ToProto(), request.Case, request.UpdateMask), pack);
        Caller.MustActFor(content.Organisations);
        MustLeaveToTheMunicipality(content, @case.Facts);
        MustSpeakForItself(content, @case.Facts);
        @case.Revise(await WithRegisterAsync(content, @case.Facts, context.CancellationToken));
        await goals.RefreshAsync(@case, context.CancellationToken);
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Case> WithdrawCase(WithdrawCaseRequest request, ServerCallContext context)
    {
        var reason = ReasonIn(request.Reason);
        var @case = await LoadForChangeAloneAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Withdraw(reason);
        return await SaveAsync(@case, context.CancellationToken, reason);
    }

    private CaseContent Read(V1.Case message, GuidelinePack pack)
    {
        var faults = new Faults();
        var content = new CaseReading(faults, pack, tenant.Required, time.Today()).Read(message);
        faults.ThrowIfAny();
        return content;
    }

    // Who is in the case already may stay; who comes new must be known to the register and fit to be a party.
    private async Task<CaseContent> WithRegisterAsync(CaseContent content, CaseContent? before, CancellationToken cancellation)
    {
        var known = (before?.Parties ?? []).Where(party => party.Registered is not null).DistinctBy(party => party.Organisation)
            .ToDictionary(party => party.Organisation, party => party.Registered!);
        var added = content.Organisations.Where(name => !known.ContainsKey(name)).ToList();
        var read = await register.ReadAsync(added, cancellation);
        if (added.Exists(name => !read.ContainsKey(name)))
        {
            throw Refusal.Denied("PARTY_NOT_ALLOWED");
        }

        OrganisationRegister.MustBeEligible(read.Values);
        foreach (var organisation in read.Values)
        {
            known[organisation.Name] = OrganisationRegister.FactsOf(organisation, new Dictionary<string, Domain.Assessment.DocumentStatus>());
        }

        return content with
        {
            Parties = [.. content.Parties.Select(party => known.TryGetValue(party.Organisation, out var registered)
                ? party with { Registered = registered, DisplayName = registered.DisplayName }
                : party)],
        };
    }

    private async Task<Case> LoadAsync(string name, CancellationToken cancellation, string field = "name")
    {
        var id = ResourceName.IdIn(name, "cases", tenant.Required, field);
        var @case = await db.Cases.FirstOrDefaultAsync(c => c.Id == id, cancellation);

        // Whether a case of others exists is not told to one who may not see it.
        Caller.MustActFor(@case?.Organisations ?? []);
        @case?.Belonging().MustBeSeenBy(Caller);
        return @case ?? throw Refusal.NotFound("CASE_NOT_FOUND", name);
    }

    private async Task<V1.Case> SaveAsync(Case @case, CancellationToken cancellation, string reason = "")
    {
        db.Record(@case, @case.ToProto, reason, OnBehalfOf(@case));
        await db.SaveChangesAsync(cancellation);
        return Shown(@case.ToProto());
    }

    // Who is partial is the municipality's own concern.
    private V1.Case Shown(V1.Case message)
    {
        if (!Caller.IsPublicSide && !Caller.Is(Roles.Auditor))
        {
            message.ConflictsOfInterest.Clear();
            SameKindMapping.HideOtherCases(message);
        }

        // What one organisation has been asked for is not told to another.
        if (!Caller.SeesMunicipality)
        {
            var own = message.AskedDocuments.Where(asked => Caller.Represents(asked.Organisation)).ToList();
            message.AskedDocuments.Clear();
            message.AskedDocuments.AddRange(own);
            Shown(message.PreliminaryAssessment?.Evaluation);
            foreach (var reevaluation in message.Reevaluations)
            {
                Shown(reevaluation.Evaluation);
                Shown(reevaluation.PinnedEvaluation);
            }
        }

        return message;
    }

    private string OnBehalfOf(Case @case) => Caller.SeesMunicipality
        ? ResourceName.OfMunicipality(tenant.Required)
        : @case.Organisations.First(organisation => Caller.Represents(organisation));

    private static string ReasonIn(string text) => TextIn("reason", text, 2000, required: true);

    private static string TextIn(string field, string text, int limit, bool required = false)
    {
        var faults = new Faults();
        var checkedText = faults.Text(field, text, limit, required);
        faults.ThrowIfAny();
        return checkedText;
    }

    private IQueryable<Case> Filtered(IQueryable<Case> query, string filter)
    {
        foreach (var (field, _, value) in Filter.Parse(filter, Filters))
        {
            query = field switch
            {
                "organisation" => search.OfOrganisations(query, [value]),
                "guideline_pack" => query.Where(c => c.GuidelinePack == value),
                "responsible_committee" => query.Where(c => c.ResponsibleCommittee != "" && c.ResponsibleCommittee == value),
                _ => WithState(query, value),
            };
        }

        return query;
    }

    private static IQueryable<Case> WithState(IQueryable<Case> query, string code)
    {
        var states = Enum.GetValues<CaseState>().Where(state => Codes.Of(state) == code).ToList();
        return states is [var state] ? query.Where(c => c.State == state) : throw Refusal.Input("INVALID_FILTER", "filter", ("at", "state"));
    }
}
