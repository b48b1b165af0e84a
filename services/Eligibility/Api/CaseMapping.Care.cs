using Iop.Eligibility.Domain.Cases;
using Iop.Platform.Requests;
using ConflictKind = Iop.Eligibility.Domain.Cases.ConflictKind;

namespace Iop.Eligibility.Api;

/// <content>What surrounds the assessment.</content>
internal static partial class CaseMapping
{
    private static void AddCare(Case @case, V1.Case message)
    {
        message.ConflictsOfInterest.AddRange(@case.Conflicts.Select(conflict => new V1.ConflictOfInterest
        {
            PersonRef = conflict.Person,
            Kind = Enums.To<ConflictKind, V1.ConflictKind>(conflict.Kind),
            Recused = conflict.Recused,
            Note = conflict.Note,
            DeclaredBy = conflict.DeclaredBy,
            DeclareTime = conflict.Time.ToProto(),
        }));
        message.Pause = @case.Pause is not { } pause ? null
            : new V1.Pause { Reason = pause.Reason, PausedBy = pause.PausedBy, PauseTime = pause.Time.ToProto() };
        message.Completion = @case.Completion is not { } completion ? null : new V1.Completion
        {
            Reason = completion.Reason,
            RequestedBy = completion.RequestedBy,
            RequestTime = completion.RequestTime.ToProto(),
            Note = completion.Note,
            ResubmittedBy = completion.ResubmittedBy,
            ResubmitTime = completion.ResubmitTime.ToProto(),
        };
        message.DocumentRequests.AddRange(@case.DocumentRequests.Select(ToProto));
        message.AskedDocuments.AddRange(AskedDocuments.Of(@case, @case.UpdateTime.DayInSweden()).Select(ToProto));
        message.Reevaluations.AddRange(@case.Reevaluations.Select(reevaluation => ToProto(reevaluation, @case.Name)));
        message.Proposal = @case.Proposal is not { } proposal ? null : new V1.Proposal
        {
            Outcome = Enums.To<DecisionOutcome, V1.Decision.Types.Outcome>(proposal.Outcome),
            Reasons = proposal.Reasons,
            ProposedBy = proposal.ProposedBy,
            ProposeTime = proposal.Time.ToProto(),
        };
        message.Committees = @case is { ResponsibleCommittee: "", CommitteesOnly: false } ? null : new V1.CaseCommittees
        {
            Responsible = @case.ResponsibleCommittee,
            Concerned = { @case.Committees.Skip(1) },
            Only = @case.CommitteesOnly,
        };
        message.FollowUpAndInsightRequired = @case.RequiresFollowUpAndInsight;
    }

    private static V1.DocumentRequest ToProto(DocumentRequest request) => new()
    {
        RequestNumber = request.Number,
        Kinds = { request.Types.Select(CareReading.KindOf) },
        RequestDate = request.Date.ToProto(),
        DueDate = request.DueDate.ToProto(),
        Note = request.Note,
        RequestedBy = request.RequestedBy,
        RecordTime = request.RecordTime.ToProto(),
    };

    public static V1.AskedDocument ToProto(AskedDocument asked) => new()
    {
        Organisation = asked.Organisation,
        Kind = CareReading.KindOf(asked.Type),
        State = Enums.To<AskedDocumentState, V1.AskedDocument.Types.State>(asked.State),
        AskCount = asked.Askings.Count,
        DueDate = asked.DueDate.ToProto(),
        ReceiveDate = asked.Received.ToProto(),
        Askings =
        {
            asked.Askings.Select(asking => new V1.AskedDocument.Types.Asking
            {
                ByRegister = asking.ByRegister,
                Date = asking.Date.ToProto(),
                DueDate = asking.DueDate.ToProto(),
                FinancialYear = asking.FinancialYear,
                Message = asking.Message,
            }),
        },
    };

    private static V1.Reevaluation ToProto(Reevaluation reevaluation, string caseName) => new()
    {
        Evaluation = reevaluation.Evaluation.ToProto(caseName, reevaluation.GuidelinePack, reevaluation.Motivations),
        PinnedEvaluation = reevaluation.PinnedEvaluation.ToProto(caseName, reevaluation.PinnedPack, reevaluation.Motivations),
        Moved = reevaluation.Moved,
        ReevaluatedBy = reevaluation.ReevaluatedBy,
        ReevaluateTime = reevaluation.Time.ToProto(),
    };

    public static V1.ProcurementFacts? ToProto(ProcurementAnswers answers)
    {
        var message = new V1.ProcurementFacts { PurchaseKind = answers.PurchaseKind, SameKindPurchases = { answers.SameKind.Select(SameKindMapping.ToProto) }, CpvCodes = { answers.ServiceCodes } };
        Set(answers.AnnexTwoService, value => message.AnnexTwoService = value);
        Set(answers.ReservedConditionsMet, value => message.ReservedConditionsMet = value);
        Set(answers.SystemOfChoice, value => message.SystemOfChoice = value);
        Set(answers.OwnOperation, value => message.OwnOperation = value);
        Set(answers.PrimaryCare, value => message.PrimaryCare = value);
        Set(answers.SameKindComplete, value => message.SameKindComplete = value);
        return message.CalculateSize() == 0 ? null : message;
    }

    private static void Set(bool? value, Action<bool> set)
    {
        if (value is { } known)
        {
            set(known);
        }
    }
}
