using Grpc.Core;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Evaluation = Iop.FollowUp.Domain.Evaluation;
using Plan = Iop.FollowUp.Domain.Plan;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxEvaluationLength = 5_000;

    private static readonly PartKind<Evaluation, V1.Evaluation> EvaluationKind =
        new(Evaluation.Singleton, "PLAN_NOT_FOUND", e => e.Id, (evaluation, view) => evaluation.ToProto(view.Day), IsOnly: true);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override Task<V1.Evaluation> GetEvaluation(GetEvaluationRequest request, ServerCallContext context) =>
        parts.GetAsync(EvaluationKind, request.Name, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Evaluation> CompleteEvaluation(CompleteEvaluationRequest request, ServerCallContext context)
    {
        Plan? plan = null;
        var number = 0;
        var completed = await parts.ChangeAsync(EvaluationKind, request.Name, request.Etag, (evaluation, by) =>
        {
            Complete(evaluation, by, request);
            (plan, number) = (by.Plan, evaluation.Number);
            return "";
        }, context.CancellationToken);

        // The event is the plan's, and so is its place among the plan's events.
        await desk.RecordAsync(plan!, "", context.CancellationToken);
        db.Raise(plan!, new EvaluationCompleted
        {
            Agreement = plan!.Agreement,
            Verdict = request.Verdict.ToVerdict().Code(),
            Number = number,
        });
        await db.SaveChangesAsync(context.CancellationToken);
        return completed;
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Evaluation> CommentEvaluation(CommentEvaluationRequest request, ServerCallContext context) =>
        parts.ChangeAsync(EvaluationKind, request.Name, request.Etag, (evaluation, by) =>
        {
            evaluation.Comment(ReadOfPeople("comment", request.Comment, MaxEvaluationLength, request.NamesNobodyHelped), by.Side);
            return "";
        }, context.CancellationToken);

    private void Complete(Evaluation evaluation, Participation by, CompleteEvaluationRequest request)
    {
        var faults = new Faults();
        var verdict = faults.Choice("verdict", request.Verdict);
        var reasons = faults.Text("reasons", request.Reasons, MaxEvaluationLength, required: true);
        var organisation = faults.Text("organisation_comment", request.OrganisationComment, MaxEvaluationLength);
        var municipality = faults.Text("municipality_comment", request.MunicipalityComment, MaxEvaluationLength);
        faults.Require(by.Side == Side.CivilSociety || organisation.Length == 0, "organisation_comment", "FIELD_NOT_ALLOWED");
        faults.Require(by.Side == Side.Public || municipality.Length == 0, "municipality_comment", "FIELD_NOT_ALLOWED");
        var questions = evaluation.Questions.Count;
        faults.Require(
            request.Answers.Count == 0 || request.Answers.Count == questions, "answers", "NUMBER_OUT_OF_RANGE", ("min", $"{questions}"), ("max", $"{questions}"));
        var answers = request.Answers.Select((answer, i) => faults.Text($"answers[{i}]", answer, MaxEvaluationLength)).ToList();
        MustNameNobodyHelped(
            faults,
            request.NamesNobodyHelped,
            [
                ("reasons", reasons),
                ("organisation_comment", organisation),
                ("municipality_comment", municipality),
                .. answers.Select((answer, i) => ($"answers[{i}]", answer)),
            ]);
        faults.ThrowIfAny();
        evaluation.Complete(verdict.ToVerdict(), reasons, answers, by.Side == Side.Public ? municipality : organisation, by.Side, time.Now());
    }
}
