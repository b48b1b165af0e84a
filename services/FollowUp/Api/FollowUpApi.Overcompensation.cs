using Grpc.Core;
using Iop.FollowUp.Consumers;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Types.V1;
using Deviation = Iop.FollowUp.Domain.Deviation;
using OvercompensationCheck = Iop.FollowUp.Domain.OvercompensationCheck;
using OvercompensationFinding = Iop.FollowUp.Domain.OvercompensationFinding;
using Plan = Iop.FollowUp.Domain.Plan;

namespace Iop.FollowUp.Api;

/// <content>Checks against overcompensation, where a service is compensated under an entrustment (law.md 2.2).</content>
public sealed partial class FollowUpApi
{
    private const int MaxCheckLength = 5_000;

    private static readonly PartKind<OvercompensationCheck, V1.OvercompensationCheck> CheckKind =
        new(OvercompensationCheck.Collection, "OVERCOMPENSATION_CHECK_NOT_FOUND", c => c.DueKey, (check, view) => check.ToProto(view.Day));

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override Task<V1.OvercompensationCheck> GetOvercompensationCheck(GetOvercompensationCheckRequest request, ServerCallContext context) =>
        parts.GetAsync(CheckKind, request.Name, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListOvercompensationChecksResponse> ListOvercompensationChecks(ListOvercompensationChecksRequest request, ServerCallContext context)
    {
        var (items, next) = await parts.ListAsync(CheckKind, request.Parent, request.PageSize, request.PageToken, context);
        return new ListOvercompensationChecksResponse { OvercompensationChecks = { items }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer)]
    public override Task<V1.OvercompensationCheck> RecordOvercompensationCheck(RecordOvercompensationCheckRequest request, ServerCallContext context) =>
        parts.ChangeAsync(CheckKind, request.Name, request.Etag, async (check, by) =>
        {
            var chain = await overcompensations.ChainAsync(by.Plan, context.CancellationToken);
            var (finding, correction) = ReadFinding(request, check, sent => chain.FindingOf(check, sent, overcompensation.CarryForwardPercentOn(by.Plan.StartDate)));
            check.Record(by.Plan, finding, correction, time.Now(), Today);
            overcompensations.Handle(check, by.Plan);
            foreach (var later in chain.Recount(overcompensation.Recounted, time.Now()))
            {
                overcompensations.Handle(later, by.Plan);
                db.Record(later, () => later.Snapshot(by.Plan.DayOn(Today)), overcompensation.Recounted);
            }

            return correction;
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.OrganisationRepresentative)]
    public override Task<V1.OvercompensationCheck> CommentOvercompensationCheck(CommentOvercompensationCheckRequest request, ServerCallContext context) =>
        parts.ChangeAsync(CheckKind, request.Name, request.Etag, (check, _) =>
        {
            check.Comment(ReadOfPeople("comment", request.Comment, MaxCheckLength, request.NamesNobodyHelped));
            return "";
        }, context.CancellationToken);

    private (OvercompensationFinding Finding, string Correction) ReadFinding(
        RecordOvercompensationCheckRequest request, OvercompensationCheck check, Func<OvercompensationFinding, OvercompensationFinding> count)
    {
        var (faults, sent) = (new Faults(), request.Finding ?? new V1.OvercompensationFinding());
        var compensation = Sum(faults, "finding.compensation", sent.Compensation);
        var netCost = Sum(faults, "finding.net_cost", sent.NetCost);
        var profit = Sum(faults, "finding.reasonable_profit", sent.ReasonableProfit);
        var reasons = faults.Text("finding.reasons", sent.Reasons, MaxCheckLength, required: true);
        var isCorrection = check.Finding is not null;
        var correction = faults.Text("correction_reason", request.CorrectionReason, MaxCommentLength, required: isCorrection);
        faults.Require(isCorrection || correction.Length == 0, "correction_reason", "FIELD_NOT_ALLOWED");
        MustNameNobodyHelped(faults, request.NamesNobodyHelped, ("finding.reasons", reasons), ("correction_reason", correction));
        var finding = count(new OvercompensationFinding(compensation, netCost, profit, reasons) { CarryForward = sent.CarryForward });
        faults.Require(!sent.CarryForward || finding.MayCarryForward, "finding.carry_forward", "CARRY_FORWARD_NOT_ALLOWED", ("max", OvercompensationRules.Sum(finding.CarryForwardLimit)));
        faults.ThrowIfAny();
        return (finding, correction);
    }

    // Nothing is a figure too, and has to be said.
    private static decimal Sum(Faults faults, string field, Money? sum)
    {
        faults.Require(sum is not null, field, "FIELD_REQUIRED");
        return faults.Money(field, sum);
    }
}

internal static class OvercompensationMapping
{
    public static V1.OvercompensationCheck ToProto(this OvercompensationCheck check, DateOnly day) => new()
    {
        Name = check.Name,
        PeriodStartDate = check.PeriodStartDate.ToProto(),
        PeriodEndDate = check.PeriodEndDate.ToProto(),
        DueDate = check.DueDate.ToProto(),
        State = check.State switch
        {
            OvercompensationCheckState.Recorded => V1.OvercompensationCheck.Types.State.Recorded,
            OvercompensationCheckState.Cancelled => V1.OvercompensationCheck.Types.State.Cancelled,
            _ => V1.OvercompensationCheck.Types.State.Planned,
        },
        Overdue = check.IsOverdueOn(day),
        Finding = check.Finding?.ToProto(),
        RecordTime = check.RecordTime.ToProto(),
        EarlierFindings =
        {
            check.Earlier.Select(e => new EarlierOvercompensationFinding { Finding = e.Finding.ToProto(), RecordTime = e.RecordTime.ToProto(), CorrectionReason = e.CorrectionReason }),
        },
        OrganisationComment = check.OrganisationComment,
        Deviation = check.DeviationId is { } deviation ? $"{ResourceName.Of(check.Municipality, Plan.Collection, check.PlanId)}/{Deviation.Collection}/{deviation}" : "",
        CreateTime = check.CreateTime.ToProto(),
        UpdateTime = check.UpdateTime.ToProto(),
        Etag = check.Etag,
    };

    private static V1.OvercompensationFinding ToProto(this OvercompensationFinding finding) => new()
    {
        Compensation = finding.Compensation.ToProto(),
        NetCost = finding.NetCost.ToProto(),
        ReasonableProfit = finding.ReasonableProfit.ToProto(),
        Reasons = finding.Reasons,
        Overcompensation = finding.Overcompensation.ToProto(),
        CarryForward = finding.CarryForward,
        CarriedIn = finding.CarriedIn.ToProto(),
        CarryForwardLimit = finding.CarryForwardLimit.ToProto(),
        CarriedForward = finding.CarriedForward.ToProto(),
        Repayment = finding.Repayment.ToProto(),
        Result = finding.Overcompensation > 0 ? V1.OvercompensationFinding.Types.Result.Overcompensation : V1.OvercompensationFinding.Types.Result.NoOvercompensation,
    };
}
