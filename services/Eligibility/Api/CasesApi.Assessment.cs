using Grpc.Core;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Case = Iop.Eligibility.Domain.Cases.Case;
using Counterfactual = Iop.Eligibility.Domain.Assessment.Counterfactual;
using GuidelinePack = Iop.Eligibility.Domain.Guidelines.GuidelinePack;

namespace Iop.Eligibility.Api;

/// <content>From dialogue to decision.</content>
public sealed partial class CasesApi
{
    [Access(Roles.CaseOfficer, Roles.GuidelineOwner)]
    public override async Task<V1.Case> RecordDialogue(RecordDialogueRequest request, ServerCallContext context)
    {
        var entry = RecordReading.Read(request.Entry, time.Today(), Caller.Subject, time.Now());

        // es-step-6-central-support: the office that owns the guideline reads the case and gives support, and nothing more.
        if (!Caller.Is(Roles.CaseOfficer) && entry.Kind != Domain.Cases.DialogueKind.SupportGiven)
        {
            throw Refusal.Input(new FieldFault("entry.kind", "FIELD_NOT_ALLOWED"));
        }

        var (@case, _) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Record(entry);
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.DecisionMaker)]
    public override async Task<V1.Case> AnswerCriteria(AnswerCriteriaRequest request, ServerCallContext context)
    {
        var (answers, motivations) = RecordReading.Read(request, Caller.Subject, time.Now());
        if (answers.Count > 0 && !Caller.Is(Roles.CaseOfficer))
        {
            throw Refusal.Input(new FieldFault("answers", "FIELD_NOT_ALLOWED"));
        }

        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        MustDecideFor(@case, pack);
        @case.Record(answers, motivations, pack, Caller.Is(Roles.DecisionMaker) ? MotivationBy.Body : MotivationBy.Officer);
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Auditor)]
    public override async Task<V1.Evaluation> EvaluateCase(EvaluateCaseRequest request, ServerCallContext context)
    {
        var @case = await LoadAsync(request.Name, context.CancellationToken);
        var pack = await packs.PinnedAsync(@case.GuidelinePack, context.CancellationToken);

        // The case is not saved after this: what the register says today is only looked at.
        @case.Refresh(await register.FactsAsync(@case.Organisations, [pack], context.CancellationToken));
        await purchases.RefreshAsync(@case, context.CancellationToken);
        await goals.RefreshAsync(@case, context.CancellationToken);
        var facts = CaseMeasures.Of(@case, pack, await thresholds.TodayAsync(context.CancellationToken));
        var evaluation = Domain.Assessment.Evaluation.Of(facts, pack);
        var message = evaluation.ToProto(
            @case.Name, @case.GuidelinePack, @case.Motivations.ToDictionary(motivation => motivation.RuleId, motivation => motivation.Text));
        message.Counterfactual = evaluation.Routing.Recommended == Domain.Guidelines.Instrument.Iop ? null : Counterfactual.Of(facts, pack).ToProto();
        return Shown(message)!;
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> CompletePreliminaryAssessment(CompletePreliminaryAssessmentRequest request, ServerCallContext context)
    {
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Refresh(await register.FactsAsync(@case.Organisations, [pack], context.CancellationToken));
        await purchases.RefreshAsync(@case, context.CancellationToken);
        await goals.RefreshAsync(@case, context.CancellationToken);
        @case.CompletePreliminaryAssessment(pack, await thresholds.TodayAsync(context.CancellationToken), Caller.Subject, time.Now());
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.Lawyer)]
    public override async Task<V1.Case> RecordLegalAssessment(RecordLegalAssessmentRequest request, ServerCallContext context)
    {
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        var assessment = LegalReading.Read(request.LegalAssessment, @case, time.Today(), Caller.Subject);
        await purchases.RefreshAsync(@case, assessment.SameKind?.Kind ?? @case.PurchaseKind, context.CancellationToken);
        @case.Record(assessment, pack, await thresholds.TodayAsync(context.CancellationToken));
        db.Raise(@case, new CaseLegallyAssessed { RestsOnEntrustment = assessment.StateAidBasis == Domain.Cases.StateAidBasis.SgeiDecision });
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer)]
    public override async Task<V1.Case> SubmitCase(SubmitCaseRequest request, ServerCallContext context)
    {
        var (@case, _) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.Submit(RecordReading.Read(request, Caller.Subject, time.Now()));
        return await SaveAsync(@case, context.CancellationToken);
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker)]
    public override async Task<V1.Case> ReturnCase(ReturnCaseRequest request, ServerCallContext context)
    {
        var reason = ReasonIn(request.Reason);
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        MustDecideFor(@case, pack);
        @case.Return(reason, Caller.Subject, time.Now());
        return await SaveAsync(@case, context.CancellationToken, reason);
    }

    [Access(Roles.DecisionMaker)]
    public override async Task<V1.Case> DecideCase(DecideCaseRequest request, ServerCallContext context)
    {
        var decision = RecordReading.Read(request.Decision, time.Today(), Caller.Subject);
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        @case.MustBeDecidedBy(Caller.Committees, pack, decision.BodyKind);
        @case.Decide(decision, pack);
        if (decision.Outcome == DecisionOutcome.Approved)
        {
            // An organisation that could be a party when the case began may have been suspended since.
            OrganisationRegister.MustBeEligible((await register.ReadAsync(@case.Organisations, context.CancellationToken)).Values);
            if (@case.PurchaseKind.Length > 0)
            {
                // Of two that together pass the limit, the second sees the first.
                await db.HoldAsync($"purchases of {@case.PurchaseKind}", context.CancellationToken);
                await purchases.RefreshAsync(@case, context.CancellationToken);
            }

            @case.MustStillBeWithinLimit(await thresholds.OnAsync(decision.Date, context.CancellationToken));

            if (@case.CurrentAssessment(LegalAssessmentKind.Full) is { IsDeMinimis: true } assessment)
            {
                await register.MustHaveRoomForAidAsync(@case, assessment, decision.Date, context.CancellationToken);
            }
        }

        db.Raise(@case, Decided(@case));
        return await SaveAsync(@case, context.CancellationToken, decision.Reasons);
    }

    [Access(Roles.CaseOfficer, Roles.DecisionMaker)]
    public override async Task<V1.Case> AnnounceDecision(AnnounceDecisionRequest request, ServerCallContext context)
    {
        var (publishedOn, finalOn) = RecordReading.Read(request, time.Today());
        var (@case, pack) = await LoadForChangeAsync(request.Name, request.Etag, context.CancellationToken);
        MustDecideFor(@case, pack);
        @case.Announce(publishedOn, finalOn);
        db.Raise(@case, new CaseDecisionAnnounced { AnnounceDate = publishedOn, FinalDate = finalOn });
        return await SaveAsync(@case, context.CancellationToken);
    }

    private async Task<(Case Case, GuidelinePack Pack)> LoadForChangeAsync(string name, string etag, CancellationToken cancellation)
    {
        var @case = await LoadForChangeAloneAsync(name, etag, cancellation);
        return (@case, await packs.PinnedAsync(@case.GuidelinePack, cancellation));
    }

    private static CaseDecided Decided(Case @case) => new()
    {
        Outcome = Codes.Of(@case.Decision!.Outcome),
        Instrument = Codes.Of(@case.RoutedInstrument ?? Domain.Guidelines.Instrument.None),
        GuidelinePack = @case.GuidelinePack,
    };
}
