using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Requests;
using PublicPartyKind = Iop.Eligibility.Domain.Cases.PublicPartyKind;
using T = Iop.Types.V1;

namespace Iop.Eligibility.Api;

/// <summary>Cases as the contract shows them.</summary>
internal static partial class CaseMapping
{
    public static V1.Case ToProto(this Case @case)
    {
        var message = @case.Facts.ToProto();
        message.Name = @case.Name;
        message.State = Enums.To<CaseState, V1.Case.Types.State>(@case.State);
        message.GuidelinePack = @case.GuidelinePack;
        message.Answers.AddRange(@case.Answers.Select(ToProto));
        message.Motivations.AddRange(@case.Motivations.Select(motivation => new V1.Motivation
        {
            RuleId = motivation.RuleId,
            Text = motivation.Text,
            MotivatedBy = motivation.MotivatedBy,
            MotivateTime = motivation.Time.ToProto(),
        }));
        message.DialogueEntries.AddRange(@case.Dialogue.Select(ToProto));
        message.PreliminaryAssessment = @case.PreliminaryAssessment is not { } assessment ? null : new V1.PreliminaryAssessment
        {
            Evaluation = assessment.Evaluation.ToProto(@case.Name, @case.GuidelinePack, assessment.Motivations),
            CompletedBy = assessment.CompletedBy,
            CompleteTime = assessment.CompleteTime.ToProto(),
        };
        message.LegalAssessments.AddRange(@case.LegalAssessments.Select(ToProto));
        message.Decision = @case.Decision is { } decision ? ToProto(decision) : null;
        message.RoutedInstrument = @case.RoutedInstrument?.ToProto() ?? V1.Instrument.Unspecified;
        message.ReturnReason = @case.ReturnReason;
        message.WithdrawalReason = @case.WithdrawalReason;
        AddCare(@case, message);
        message.CreateTime = @case.CreateTime.ToProto();
        message.UpdateTime = @case.UpdateTime.ToProto();
        message.Etag = @case.Etag;
        return message;
    }

    /// <summary>The facts alone, which is what a client may write.</summary>
    public static V1.Case ToProto(this CaseContent facts) => new()
    {
        Title = facts.Title,
        CaseReference = facts.CaseReference,
        Organisation = facts.Organisation,
        Parties = { facts.Parties.Select(ToProto) },
        ActivityInitiator = ToProto(facts.ActivityInitiator),
        FormProposer = ToProto(facts.FormProposer),
        InitiativeDescription = facts.InitiativeDescription,
        InitiativeDate = facts.InitiativeDate.ToProto(),
        Challenge = facts.Challenge,
        Need = facts.Need,
        ExistingServices = facts.ExistingServices,
        AddedValue = facts.AddedValue,
        TargetGroup = facts.TargetGroup,
        Scope = facts.Scope,
        OutOfScope = facts.OutOfScope,
        Domain = facts.Domain,
        Rationales = { facts.Rationales },
        MunicipalInterest = facts.MunicipalInterest,
        Goals = { facts.Goals.Select(goal => new V1.Goal { Text = goal.Text, AgreedPartyIds = { goal.AgreedBy }, PublicBenefit = goal.PublicBenefit }) },
        ProgrammeLinks = { facts.ProgrammeLinks.Select(link => new V1.ProgrammeLink { Title = link.Title, AdoptedDate = link.AdoptedDate.ToProto(), Section = link.Section, Uri = link.Uri }) },
        MunicipalGoalLinks = { facts.MunicipalGoalLinks.Select(link => new V1.MunicipalGoalLink { Goal = link.Goal, Description = link.Description }) },
        PlannedStartDate = facts.PlannedStartDate.ToProto(),
        PlannedTermMonths = facts.PlannedTermMonths,
        PlannedExtensionCount = facts.PlannedExtensionCount,
        PlannedExtensionMonths = facts.PlannedExtensionMonths,
        Contributions = { facts.Contributions.Select(ToProto) },
        BudgetPlan = facts.BudgetPlan,
        ContributionsComplete = facts.ContributionsComplete,
        OrganisationIncomes =
        {
            facts.Incomes.Select(income => new V1.OrganisationIncome
            {
                PartyId = income.PartyId, FinancialYear = income.FinancialYear, TotalIncome = income.Total.ToProto(), MunicipalIncome = income.Municipal?.ToProto(),
            }),
        },
        ChallengeCodes = { facts.ChallengeCodes },
        TargetGroupCodes = { facts.TargetGroupCodes },
        ActivityTags = { facts.ActivityTags },
        ProcurementFacts = ToProto(facts.Procurement),
        SharedValues = facts.JointValues,
        Declarations =
        {
            facts.Declarations.Select(declaration => new V1.Declaration
            {
                PartyId = declaration.PartyId,
                Kind = Enums.To<DeclarationKind, V1.DeclarationKind>(declaration.Kind),
                DeclareDate = declaration.DeclaredOn.ToProto(),
                Note = declaration.Note,
            }),
        },
    };

    private static T.Party ToProto(CaseParty party) => new()
    {
        PartyId = party.PartyId,
        Side = party.Side.ToProto(),
        Organisation = party.Organisation,
        PublicPartyKind = party.Kind is { } kind ? Enums.To<PublicPartyKind, T.PublicPartyKind>(kind) : T.PublicPartyKind.Unspecified,
        DisplayName = party.DisplayName,
        Lead = party.Lead,
        FundingSource = party.Funding is { } funding ? Enums.To<PartyFunding, T.FundingSource>(funding) : T.FundingSource.Unspecified,
        BudgetCode = party.BudgetCode,
    };

    private static T.Initiator ToProto(Initiator? initiator) => initiator switch
    {
        Initiator.Cso => T.Initiator.CivilSociety,
        Initiator.Municipality => T.Initiator.Municipality,
        Initiator.Joint => T.Initiator.Joint,
        _ => T.Initiator.Unspecified,
    };

    private static T.Contribution ToProto(PlannedContribution contribution) => new()
    {
        PartyId = contribution.PartyId,
        Type = Enums.To<ContributionKind, T.ContributionType>(contribution.Type),
        Description = contribution.Description,
        Value = contribution.IsValued ? contribution.Value.ToProto() : null,
        Hours = contribution.Hours,
        ValuationMethod = contribution.ValuationMethod,
        HourlyValue = contribution.HourlyValue?.ToProto(),
    };
}
