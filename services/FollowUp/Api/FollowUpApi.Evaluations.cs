using Grpc.Core;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Evaluation = Iop.FollowUp.Domain.Evaluation;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxEvaluationLength = 5_000;

    // As late as an agreement may name a day for it.
    private const int MonthsToEvaluateAfterTerm = 12;

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
        Participation? by = null;
        var number = 0;
        var completed = await parts.ChangeAsync(EvaluationKind, request.Name, request.Etag, (evaluation, taking) =>
        {
            Complete(evaluation, taking, request);
            (by, number) = (taking, evaluation.Number);
            return "";
        }, context.CancellationToken);

        // The event is the plan's, and so is its place among the plan's events.
        await desk.RecordAsync(by!.Plan, by.Organisation, context.CancellationToken);
        db.Raise(by.Plan, new EvaluationCompleted
        {
            Agreement = by.Plan.Agreement,
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

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Evaluation> RepeatEvaluation(RepeatEvaluationRequest request, ServerCallContext context) =>
        parts.ChangeAsync(EvaluationKind, request.Name, request.Etag, (evaluation, by) =>
        {
            var (faults, latest) = (new Faults(), by.Plan.EndDate.AddMonths(MonthsToEvaluateAfterTerm));
            var due = faults.Date("due_date", request.DueDate, required: true);
            faults.Require(due is null || due >= Today, "due_date", "DATE_IN_PAST");
            faults.Require(due is null || due <= latest, "due_date", "DATE_OUTSIDE_TERM", ("start", $"{by.Plan.StartDate:yyyy-MM-dd}"), ("end", $"{latest:yyyy-MM-dd}"));
            var reason = faults.Text("reason", request.Reason, MaxCommentLength, required: true);
            MustNameNobodyHelped(faults, request.NamesNobodyHelped, ("reason", reason));
            faults.ThrowIfAny();
            evaluation.Repeat(by.Plan, due!.Value, reason, Today);
            return reason;
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
