using Iop.FollowUp.Domain;
using Iop.Platform.Requests;
using CheckInKinds = Iop.FollowUp.V1.CheckIn.Types.Kind;
using CheckInStates = Iop.FollowUp.V1.CheckIn.Types.State;
using EvaluationStates = Iop.FollowUp.V1.Evaluation.Types.State;
using ReportKinds = Iop.FollowUp.V1.Report.Types.Kind;
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
            CheckInKind.SteeringGroup => CheckInKinds.SteeringGroup,
            CheckInKind.ReferenceGroup => CheckInKinds.ReferenceGroup,
            CheckInKind.WorkingGroup => CheckInKinds.WorkingGroup,
            _ => CheckInKinds.AdHoc,
        },
        DueDate = checkIn.DueDate.ToProto(),
        State = checkIn.State switch
        {
            CheckInState.Held => CheckInStates.Held,
            CheckInState.Cancelled => CheckInStates.Cancelled,
            _ => CheckInStates.Planned,
        },
        Overdue = checkIn.IsOverdueOn(today),
        AgendaTopics = { checkIn.AgendaTopics },
        HeldDate = checkIn.HeldDate.ToProto(),
        Participants = { checkIn.Participants.Select(p => new V1.Participant { Side = ((Side?)p.Side).ToProto(), Function = p.Function }) },
        Learned = checkIn.Learned,
        CancelReason = checkIn.CancelReason,
        CorrectionReason = checkIn.CorrectionReason,
        Actions =
        {
            checkIn.Actions.Select((a, i) => new V1.AgreedAction
            {
                Description = a.Description,
                ResponsibleSide = a.ResponsibleSide.ToProto(),
                DueDate = a.DueDate.ToProto(),
                Number = i + 1,
                Done = a.DoneDate is not null,
                DoneDate = a.DoneDate.ToProto(),
            }),
        },
        RecordedBy = checkIn.RecordedBy.ToProto(),
        TalksNumber = checkIn.TalksNumber,
        HeldByAgreement = checkIn.HeldByAgreement,
        CreateTime = checkIn.CreateTime.ToProto(),
        UpdateTime = checkIn.UpdateTime.ToProto(),
        Etag = checkIn.Etag,
    };

    public static V1.Report ToProto(this Report report, DateOnly today) => new()
    {
        Name = report.Name,
        Kind = report.Kind == ReportKind.Regular ? ReportKinds.Regular : ReportKinds.AdHoc,
        Topic = report.Topic,
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
        DraftText = report.DraftText,
        DraftOrganisationWords = report.DraftOrganisationWords,
        LastSavedTime = report.LastSavedTime.ToProto(),
        SubmissionCount = report.SubmissionCount,
        EarlierSubmissions =
        {
            report.Earlier.Select(e => new V1.ReportSubmission
            {
                Text = e.Text,
                OrganisationWords = e.OrganisationWords,
                SubmittedBy = ((Side?)e.SubmittedBy).ToProto(),
                SubmitTime = e.SubmitTime.ToProto(),
                ReturnReason = e.ReturnReason,
            }),
        },
        ReopenReason = report.ReopenReason,
        AnswerDueDate = report.AnswerDueDate.ToProto(),
        CreateTime = report.CreateTime.ToProto(),
        UpdateTime = report.UpdateTime.ToProto(),
        Etag = report.Etag,
    };

    /// <summary>The report as a side may see it: a draft is for those who write it, and the organisations' words for them.</summary>
    public static V1.Report ToProto(this Report report, View view)
    {
        var shown = report.ToProto(view.Day);
        if (view.Side is not { } side || !report.IsWrittenBy(side))
        {
            (shown.DraftText, shown.DraftOrganisationWords) = ("", "");
        }

        if (view.Side != Side.CivilSociety)
        {
            shown.DraftOrganisationWords = "";
        }

        return shown;
    }

    public static V1.Evaluation ToProto(this Evaluation evaluation, DateOnly today) => new()
    {
        Name = evaluation.Name,
        DueDate = evaluation.DueDate.ToProto(),
        State = evaluation.State == EvaluationState.Completed ? EvaluationStates.Completed : EvaluationStates.Planned,
        Overdue = evaluation.IsOverdueOn(today),
        Verdict = evaluation.Outcome?.Verdict.ToProto() ?? Verdicts.Unspecified,
        Reasons = evaluation.Outcome?.Reasons ?? "",
        OrganisationComment = evaluation.Outcome?.OrganisationComment ?? evaluation.OrganisationComment,
        MunicipalityComment = evaluation.Outcome?.MunicipalityComment ?? evaluation.MunicipalityComment,
        Answers = { evaluation.Questions.Select((q, i) => new V1.EvaluationAnswer { Question = q, Answer = evaluation.Outcome?.Answers.ElementAtOrDefault(i) ?? "" }) },
        Number = evaluation.Number,
        EarlierEvaluations =
        {
            evaluation.Earlier.Select(e => new V1.EarlierEvaluation
            {
                Verdict = e.Outcome.Verdict.ToProto(),
                Reasons = e.Outcome.Reasons,
                OrganisationComment = e.Outcome.OrganisationComment,
                MunicipalityComment = e.Outcome.MunicipalityComment,
                CompleteTime = e.CompleteTime.ToProto(),
                RepeatReason = e.RepeatReason,
            }),
        },
        CompleteTime = evaluation.CompleteTime.ToProto(),
        CreateTime = evaluation.CreateTime.ToProto(),
        UpdateTime = evaluation.UpdateTime.ToProto(),
        Etag = evaluation.Etag,
    };

    private static Verdicts ToProto(this Verdict verdict) => verdict switch
    {
        Verdict.Solved => Verdicts.Solved,
        Verdict.Partly => Verdicts.Partly,
        Verdict.NotSolved => Verdicts.NotSolved,
        _ => Verdicts.TooEarly,
    };

    public static Verdict ToVerdict(this Verdicts verdict) => verdict switch
    {
        Verdicts.Solved => Verdict.Solved,
        Verdicts.Partly => Verdict.Partly,
        Verdicts.NotSolved => Verdict.NotSolved,
        _ => Verdict.TooEarly,
    };
}
