using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <content>What is recorded about a case.</content>
internal static partial class CaseMapping
{
    private static V1.CriterionAnswer ToProto(RecordedAnswer answer) => new()
    {
        RuleId = answer.RuleId,
        QuestionKey = answer.QuestionKey,
        // A question is answered by its option alone, yes and no included.
        Value = answer is { RuleId.Length: > 0, Value: { } value } ? Enums.To<Answer, V1.AnswerValue>(value) : V1.AnswerValue.Unspecified,
        Option = answer.Option,
        Reasoning = answer.Reasoning,
        Evidence = answer.Evidence,
        AnsweredBy = answer.AnsweredBy,
        AnswerTime = answer.AnswerTime.ToProto(),
    };

    private static V1.DialogueEntry ToProto(DialogueEntry entry) => new()
    {
        EntryNumber = entry.Number,
        Kind = Enums.To<DialogueKind, V1.DialogueKind>(entry.Kind),
        Date = entry.Date.ToProto(),
        Participants = { entry.Participants },
        Topics = { entry.Topics },
        ActivityOutcome = entry.Activity,
        TargetGroupOutcome = entry.TargetGroup,
        GoalsOutcome = entry.Goals,
        QualityOutcome = entry.Quality,
        ValuesOutcome = entry.Values,
        OtherOutcome = entry.Other,
        RecordedBy = entry.RecordedBy,
        RecordTime = entry.RecordTime.ToProto(),
    };

    private static V1.LegalAssessment ToProto(LegalAssessment assessment) => new()
    {
        Kind = Enums.To<LegalAssessmentKind, V1.LegalAssessment.Types.Kind>(assessment.Kind),
        Conclusion = Enums.To<LegalConclusion, V1.LegalAssessment.Types.Conclusion>(assessment.Conclusion),
        Ground = assessment.Ground is { } ground ? Enums.To<LegalGround, V1.LegalGround>(ground) : V1.LegalGround.Unspecified,
        Procurement = assessment.Procurement,
        StateAid = assessment.StateAid,
        MunicipalAct = assessment.MunicipalAct,
        Acquisition = assessment.Acquisition,
        Remuneration = assessment.Remuneration,
        EnforceablePerformance = assessment.EnforceablePerformance,
        DirectEconomicInterest = assessment.DirectEconomicInterest,
        RedFlags = { assessment.RedFlags },
        EstimatedValue = assessment.EstimatedValue?.ToProto(),
        Reservations = assessment.Reservations,
        AssessedBy = assessment.AssessedBy,
        AssessDate = assessment.Date.ToProto(),
        Superseded = assessment.Superseded,
        StateAidBasis = assessment.StateAidBasis is { } basis ? Enums.To<StateAidBasis, V1.StateAidBasis>(basis) : V1.StateAidBasis.Unspecified,
        DeMinimisAmount = assessment.DeMinimisAmount?.ToProto(),
        RedFlagCodes = { assessment.RedFlagCodes },
        Answers = { assessment.Answers.Select(answer => new V1.LegalAnswer { Question = answer.Question, Yes = answer.Yes, Reasoning = answer.Reasoning }) },
        Threshold = assessment.Threshold,
        FollowUpAndInsightRequired = assessment.IsMatterHandedOver,
        SameKind = assessment.SameKind?.ToProto(),
    };

    private static V1.Decision ToProto(Decision decision)
    {
        var message = ToProtoOfRecord(decision);
        if (decision.MatterOfPrinciple is { } isOfPrinciple)
        {
            message.MatterOfPrinciple = isOfPrinciple;
        }

        return message;
    }

    private static V1.Decision ToProtoOfRecord(Decision decision) => new()
    {
        Outcome = Enums.To<DecisionOutcome, V1.Decision.Types.Outcome>(decision.Outcome),
        Body = decision.Body,
        Delegation = decision.Delegation,
        Date = decision.Date.ToProto(),
        ReferenceNumber = decision.ReferenceNumber,
        FinalDate = decision.FinalOn.ToProto(),
        AnnounceDate = decision.PublishedOn.ToProto(),
        Reasons = decision.Reasons,
        OrganisationHeard = decision.OrganisationHeard,
        OrganisationHeardDate = decision.OrganisationHeardDate.ToProto(),
        DecidedBy = decision.DecidedBy,
        GuidelinePack = decision.GuidelinePack,
        BodyKind = decision.BodyKind is { } body ? Enums.To<DecidingBody, V1.DecidingBody>(body) : V1.DecidingBody.Unspecified,
        BasisDocuments =
        {
            decision.BasisDocuments.Select(document => new V1.BasisDocument
            {
                Type = document.Type, Title = document.Title, ReferenceNumber = document.ReferenceNumber, RuleId = document.RuleId,
            }),
        },
    };
}
