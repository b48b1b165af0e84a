using Iop.FollowUp.Domain;
using Iop.Platform.Requests;
using CheckInKinds = Iop.FollowUp.V1.CheckIn.Types.Kind;
using CheckInStates = Iop.FollowUp.V1.CheckIn.Types.State;
using EvaluationStates = Iop.FollowUp.V1.Evaluation.Types.State;
using ReportStates = Iop.FollowUp.V1.Report.Types.State;
using Verdicts = Iop.FollowUp.V1.Evaluation.Types.Verdict;

namespace Iop.FollowUp.Api;

/// <summary>What a plan holds, as the contract writes it. What depends on the day is derived here and stored nowhere.</summary>
internal static class ItemMapping
{
    public static V1.CheckIn ToProto(this CheckIn checkIn, DateOnly today) => new()
    {
        Name = checkIn.Name,
        Kind = checkIn.Kind switch
        {
            CheckInKind.Regular => CheckInKinds.Regular,
            CheckInKind.RenewalTalks => CheckInKinds.RenewalTalks,
            _ => CheckInKinds.AdHoc,
        },
        DueDate = checkIn.DueDate.ToProto(),
        State = checkIn.State == CheckInState.Held ? CheckInStates.Held : CheckInStates.Planned,
        Overdue = checkIn.IsOverdueOn(today),
        AgendaTopics = { checkIn.AgendaTopics },
        HeldDate = checkIn.HeldDate.ToProto(),
        Participants = { checkIn.Participants.Select(p => new V1.Participant { Side = ((Side?)p.Side).ToProto(), Function = p.Function }) },
        Learned = checkIn.Learned,
        Actions =
        {
            checkIn.Actions.Select(a => new V1.AgreedAction
            {
                Description = a.Description, ResponsibleSide = a.ResponsibleSide.ToProto(), DueDate = a.DueDate.ToProto(),
            }),
        },
        RecordedBy = checkIn.RecordedBy.ToProto(),
        CreateTime = checkIn.CreateTime.ToProto(),
        UpdateTime = checkIn.UpdateTime.ToProto(),
        Etag = checkIn.Etag,
    };

    public static V1.Report ToProto(this Report report, DateOnly today) => new()
    {
        Name = report.Name,
        DueDate = report.DueDate.ToProto(),
        PeriodStartDate = report.PeriodStartDate.ToProto(),
        PeriodEndDate = report.PeriodEndDate.ToProto(),
        Responsible = report.Responsible.ToProto(),
        State = report.StateOn(today) switch
        {
            ReportState.Planned => ReportStates.Planned,
            ReportState.Due => ReportStates.Due,
            ReportState.Submitted => ReportStates.Submitted,
            ReportState.Returned => ReportStates.Returned,
            ReportState.Reviewed => ReportStates.Reviewed,
            _ => ReportStates.Closed,
        },
        Overdue = report.IsOverdueOn(today),
        Text = report.Text,
        OrganisationWords = report.OrganisationWords,
        SubmittedBy = report.SubmittedBy.ToProto(),
        SubmitTime = report.SubmitTime.ToProto(),
        ReturnReason = report.ReturnReason,
        ReviewComment = report.ReviewComment,
        ReviewTime = report.ReviewTime.ToProto(),
        CreateTime = report.CreateTime.ToProto(),
        UpdateTime = report.UpdateTime.ToProto(),
        Etag = report.Etag,
    };

    public static V1.Evaluation ToProto(this Evaluation evaluation, DateOnly today) => new()
    {
        Name = evaluation.Name,
        DueDate = evaluation.DueDate.ToProto(),
        State = evaluation.State == EvaluationState.Completed ? EvaluationStates.Completed : EvaluationStates.Planned,
        Overdue = evaluation.IsOverdueOn(today),
        Verdict = evaluation.Outcome?.Verdict switch
        {
            Verdict.Solved => Verdicts.Solved,
            Verdict.Partly => Verdicts.Partly,
            Verdict.NotSolved => Verdicts.NotSolved,
            Verdict.TooEarly => Verdicts.TooEarly,
            _ => Verdicts.Unspecified,
        },
        Reasons = evaluation.Outcome?.Reasons ?? "",
        OrganisationComment = evaluation.Outcome?.OrganisationComment ?? "",
        MunicipalityComment = evaluation.Outcome?.MunicipalityComment ?? "",
        CompleteTime = evaluation.CompleteTime.ToProto(),
        CreateTime = evaluation.CreateTime.ToProto(),
        UpdateTime = evaluation.UpdateTime.ToProto(),
        Etag = evaluation.Etag,
    };

    public static Verdict ToVerdict(this Verdicts verdict) => verdict switch
    {
        Verdicts.Solved => Verdict.Solved,
        Verdicts.Partly => Verdict.Partly,
        Verdicts.NotSolved => Verdict.NotSolved,
        _ => Verdict.TooEarly,
    };
}
