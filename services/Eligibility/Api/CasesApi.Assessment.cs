using Grpc.Core;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Case = Iop.Eligibility.Domain.Cases.Case;
using GuidelinePack = Iop.Eligibility.Domain.Guidelines.GuidelinePack;

namespace Iop.Eligibility.Api;

/// <content>From dialogue to decision.</content>
public sealed partial class CasesApi
{
    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> RecordDialogue(RecordDialogueRequest request, ServerCallContext context)
    {
        var entry = RecordReading.Read(request.Entry, time.Today(), Caller.Subject, time.Now());
        var (@case, _) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Record(entry);
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> AnswerCriteria(AnswerCriteriaRequest request, ServerCallContext context)
    {
        var (answers, motivations) = RecordReading.Read(request, Caller.Subject, time.Now());
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Record(answers, motivations, pack);
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<V1.Evaluation> EvaluateCase(EvaluateCaseRequest request, ServerCallContext context)
    {
        var @case = await LoadAsync(request.Name, context.CancellationToken);
        var pack = await packs.PinnedAsync(@case.GuidelinePack, context.CancellationToken);

        // The case is not saved after this: what the register says today is only looked at.
        @case.Refresh(await register.FactsAsync(@case.Organisations, pack, context.CancellationToken));
        return @case.Evaluate(pack, ProcurementLimits.On(time.Today()))
            .ToProto(@case.Name, @case.GuidelinePack, @case.Motivations.ToDictionary(motivation => motivation.RuleId, motivation => motivation.Text));
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> CompletePreliminaryAssessment(CompletePreliminaryAssessmentRequest request, ServerCallContext context)
    {
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Refresh(await register.FactsAsync(@case.Organisations, pack, context.CancellationToken));
        @case.CompletePreliminaryAssessment(pack, ProcurementLimits.On(time.Today()), Caller.Subject, time.Now());
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.Lawyer)]
    public override async Task<V1.Case> RecordLegalAssessment(RecordLegalAssessmentRequest request, ServerCallContext context)
    {
        var assessment = RecordReading.Read(request.LegalAssessment, time.Today(), Caller.Subject);
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Record(assessment, pack, ProcurementLimits.On(time.Today()));
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> SubmitCase(SubmitCaseRequest request, ServerCallContext context)
    {
        var (@case, _) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Submit();
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker)]
    public override async Task<V1.Case> ReturnCase(ReturnCaseRequest request, ServerCallContext context)
    {
        var reason = ReasonIn(request.Reason);
        var (@case, _) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Return(reason);
        return await SaveAsync(@case, context.CancellationToken, reason);
    }

    [Access(Roles.DecisionMaker)]
    public override async Task<V1.Case> DecideCase(DecideCaseRequest request, ServerCallContext context)
    {
        var decision = RecordReading.Read(request.Decision, time.Today(), Caller.Subject);
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Decide(decision, pack);
        db.Raise(Decided(@case));
        return await SaveAsync(@case, context.CancellationToken, decision.Reasons);
    }

    private async Task<(Case Case, GuidelinePack Pack)> LoadForChangeAsync(string name, string etag, CancellationToken cancellation)
    {
        var @case = await LoadAsync(name, cancellation);
        @case.MustMatch(etag);
        return (@case, await packs.PinnedAsync(@case.GuidelinePack, cancellation));
    }

    private CaseDecided Decided(Case @case) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = @case.Municipality,
        Subject = @case.Name,
        OccurredAt = time.Now(),
        Sequence = @case.Revision + 1,
        Outcome = Codes.Of(@case.Decision!.Outcome),
        Instrument = Codes.Of(@case.RoutedInstrument ?? Domain.Guidelines.Instrument.None),
        GuidelinePack = @case.GuidelinePack,
    };
}
