using Grpc.Core;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Law;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Case = Iop.Eligibility.Domain.Cases.Case;
using Pause = Iop.Eligibility.Domain.Cases.Pause;

namespace Iop.Eligibility.Api;

/// <content>What surrounds the assessment.</content>
public sealed partial class CasesApi
{
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker)]
    public override async Task<V1.Case> DeclareConflictOfInterest(DeclareConflictOfInterestRequest request, ServerCallContext context)
    {
        var conflict = CareReading.Read(request.Conflict, Caller.Subject, time.Now());
        var @case = await LoadAsync(request.Name, context.CancellationToken);
        @case.MustMatch(request.Etag);
        @case.Declare(conflict);
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> PauseCase(PauseCaseRequest request, ServerCallContext context)
    {
        var reason = ReasonIn(request.Reason);
        var @case = await LoadForChangeAloneAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Hold(new Pause(reason, Caller.Subject, time.Now()));
        return await SaveAsync(@case, context.CancellationToken, reason);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> ResumeCase(ResumeCaseRequest request, ServerCallContext context)
    {
        var @case = await LoadForChangeAloneAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Resume();
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Case> ResubmitCase(ResubmitCaseRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var note = faults.Text("note", request.Note, 2000);
        faults.ThrowIfAny();
        var @case = await LoadForChangeAloneAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Resubmit(note, Caller.Subject, time.Now());
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> RequestDocuments(RequestDocumentsRequest request, ServerCallContext context)
    {
        var asked = CareReading.Read(request.DocumentRequest, time.Today(), Caller.Subject, time.Now());
        var @case = await LoadForChangeAloneAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Record(asked);
        await LookAtDocumentsAsync(@case, context.CancellationToken);
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<GetAskedDocumentsResponse> GetAskedDocuments(GetAskedDocumentsRequest request, ServerCallContext context)
    {
        var @case = await LoadAsync(request.Name, context.CancellationToken);

        // The case is not saved after this.
        await LookAtDocumentsAsync(@case, context.CancellationToken);
        return new GetAskedDocumentsResponse
        {
            AskedDocuments =
            {
                AskedDocuments.Of(@case, time.Today()).Where(asked => Caller.SeesMunicipality || Caller.Represents(asked.Organisation)).Select(CaseMapping.ToProto),
            },
        };
    }

    private async Task LookAtDocumentsAsync(Case @case, CancellationToken cancellation)
    {
        var pack = await packs.PinnedAsync(@case.GuidelinePack, cancellation);
        @case.Refresh(await register.FactsAsync(@case.Organisations, [pack], cancellation, withDocuments: true));
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer)]
    public override async Task<V1.Case> ReevaluateCase(ReevaluateCaseRequest request, ServerCallContext context)
    {
        var prefix = $"{ResourceName.OfMunicipality(tenant.Required)}/guidelinePacks/";
        if (!request.GuidelinePack.StartsWith(prefix, StringComparison.Ordinal))
        {
            throw Refusal.Input(new FieldFault("guideline_pack", "RESOURCE_NAME_INVALID", ("pattern", $"{prefix}{{version}}")));
        }

        var (@case, pinned) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        var newer = await packs.NamedAsync(request.GuidelinePack, context.CancellationToken);
        var pack = packs.Of(newer);
        @case.Refresh(await register.FactsAsync(@case.Organisations, [pinned, pack], context.CancellationToken));
        await purchases.RefreshAsync(@case, context.CancellationToken);
        await goals.RefreshAsync(@case, context.CancellationToken);
        @case.Reevaluate(
            pinned, newer, pack, await thresholds.TodayAsync(context.CancellationToken), request.Move, Caller.Subject, time.Now());
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.Auditor)]
    public override async Task<GetLegalChecklistResponse> GetLegalChecklist(GetLegalChecklistRequest request, ServerCallContext context)
    {
        var @case = await LoadAsync(request.Name, context.CancellationToken);
        var pack = await packs.PinnedAsync(@case.GuidelinePack, context.CancellationToken);
        await purchases.RefreshAsync(@case, context.CancellationToken);
        var today = await thresholds.TodayAsync(context.CancellationToken);
        var value = CaseMeasures.PlannedValue(@case.Facts);
        var limit = today.Of(Thresholds.DirectAwardKind(@case.Facts.Procurement.AnnexTwoService))?.Amount;
        var sameKind = @case.ReviewOfFacts(today.Date.Year) with { OwnValue = value, Limit = limit };
        var evaluation = @case.Evaluate(pack, today);
        var proposed = RedFlags.ProposedBy(@case.Facts, value + sameKind.OtherValue, limit);
        return new GetLegalChecklistResponse
        {
            Questions = { LegalQuestions.For(@case.Facts.ActivityTags).Select(question => question.ToProto()) },
            RedFlags = { RedFlags.All.Select(flag => new V1.RedFlag { Code = flag.Code, Text = flag.Text.ToProto(), Proposed = proposed.Contains(flag.Code) }) },
            EstimatedValue = value?.ToProto(),
            SameKind = sameKind.ToProto(),
            Thresholds = { today.Rows.Select(row => row.ToProto(tenant.Required)) },
            MissingThresholds = { today.Missing.Select(missing => missing.ToProto()) },
            References = { GuidelinePackMapping.References(pack), OfficialGuidance.All.Select(text => text.ToProto()) },
            LawFindings = { LawJudge.BeforeAssessment(evaluation, CaseMeasures.Of(@case, pack, today).Procurement).Select(finding => finding.ToProto()) },
            SuggestedActivities = { ActivitySuggestions.For(@case.Facts, pack).Select(suggestion => suggestion.ToProto()) },
        };
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override Task<GetClassificationResponse> GetClassification(GetClassificationRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        return Task.FromResult(new GetClassificationResponse
        {
            Challenges = { Classification.Challenges.Select(code => code.ToProto()) },
            TargetGroups = { Classification.TargetGroups.Select(code => code.ToProto()) },
            ActivityTags = { Classification.ActivityTags.Select(code => code.ToProto()) },
        });
    }

    private async Task<Case> LoadForChangeAloneAsync(string name, string etag, CancellationToken cancellation)
    {
        var @case = await LoadAsync(name, cancellation);
        MustTakePart(@case);
        @case.MustMatch(etag);
        return @case;
    }

    // Impartiality is asked of those who work with the case for the municipality; a party is partial by nature.
    private void MustTakePart(Case @case)
    {
        if (Caller.IsPublicSide)
        {
            @case.MustNotBeRecused(Caller.Subject);
        }
    }
}
