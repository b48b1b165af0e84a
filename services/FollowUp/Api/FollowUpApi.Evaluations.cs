using Grpc.Core;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Evaluation = Iop.FollowUp.Domain.Evaluation;
using Plan = Iop.FollowUp.Domain.Plan;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxEvaluationLength = 5_000;

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Evaluation> GetEvaluation(GetEvaluationRequest request, ServerCallContext context)
    {
        var planId = PlanOfEvaluation(request.Name);
        var found = await (
            from evaluation in db.Evaluations.AsNoTracking()
            join plan in db.Plans on evaluation.PlanId equals plan.Id
            where evaluation.Id == planId
            select new { evaluation, plan }).FirstOrDefaultAsync(context.CancellationToken) ?? throw Refusal.NotFound("PLAN_NOT_FOUND", request.Name);
        desk.MustSee(found.plan);
        return found.evaluation.ToProto(Today);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Evaluation> CompleteEvaluation(CompleteEvaluationRequest request, ServerCallContext context)
    {
        var planId = PlanOfEvaluation(request.Name);
        var (plan, _, organisation) = await desk.TakeAsync(planId, "PLAN_NOT_FOUND", request.Name, context.CancellationToken);
        var outcome = ReadOutcome(request);
        var evaluation = await db.Evaluations.FirstAsync(e => e.Id == planId, context.CancellationToken);

        evaluation.MustMatch(request.Etag);
        evaluation.Complete(outcome, time.Now());
        db.Record(evaluation, () => evaluation.ToProto(Today), onBehalfOf: organisation);

        // The event is the plan's, and so is its place among the plan's events.
        await desk.RecordAsync(plan, organisation, context.CancellationToken);
        db.Raise(new EvaluationCompleted
        {
            EventId = Guid.CreateVersion7(),
            Municipality = plan.Municipality,
            Subject = plan.Name,
            OccurredAt = time.Now(),
            Sequence = plan.Revision + 1,
            Agreement = plan.Agreement,
            Verdict = outcome.Verdict.Code(),
        });
        await db.SaveChangesAsync(context.CancellationToken);
        await desk.CloseWhenDoneAsync(plan, context.CancellationToken);
        return evaluation.ToProto(Today);
    }

    private static EvaluationOutcome ReadOutcome(CompleteEvaluationRequest request)
    {
        var faults = new Faults();
        var verdict = faults.Choice("verdict", request.Verdict);
        var reasons = faults.Text("reasons", request.Reasons, MaxEvaluationLength, required: true);
        var organisation = faults.Text("organisation_comment", request.OrganisationComment, MaxEvaluationLength);
        var municipality = faults.Text("municipality_comment", request.MunicipalityComment, MaxEvaluationLength);
        faults.ThrowIfAny();
        return new EvaluationOutcome(verdict.ToVerdict(), reasons, organisation, municipality);
    }

    private Guid PlanOfEvaluation(string name)
    {
        const string suffix = $"/{Evaluation.Singleton}";
        if (!name.EndsWith(suffix, StringComparison.Ordinal))
        {
            throw Refusal.Input(new FieldFault("name", "RESOURCE_NAME_INVALID", ("pattern", $"municipalities/{{m}}/plans/{{id}}{suffix}")));
        }

        return ResourceName.IdIn(name[..^suffix.Length], Plan.Collection, tenant.Required);
    }
}
