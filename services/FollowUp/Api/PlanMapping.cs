using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Sight;
using Iop.Types.V1;
using ContractResponsibility = Iop.Types.V1.ReportingResponsibility;
using Occasions = Iop.FollowUp.V1.Reminder.Types.Occasion;
using ReminderStates = Iop.FollowUp.V1.Reminder.Types.State;
using ReportingResponsibility = Iop.FollowUp.Domain.ReportingResponsibility;

namespace Iop.FollowUp.Api;

/// <summary>Plans, sides and due items as the contract writes them.</summary>
internal static class PlanMapping
{
    public static V1.Plan ToProto(this PlanOverview overview)
    {
        var plan = overview.Plan;
        var shown = new V1.Plan
        {
            Name = plan.Name,
            Agreement = plan.Agreement,
            AgreementVersion = plan.AgreementVersion,
            Organisations = { plan.Organisations },
            GuidelinePack = plan.GuidelinePack,
            State = plan.State switch
            {
                PlanState.Active => V1.Plan.Types.State.Active,
                PlanState.Suspended => V1.Plan.Types.State.Suspended,
                PlanState.Ending => V1.Plan.Types.State.Ending,
                _ => V1.Plan.Types.State.Closed,
            },
            StartDate = plan.StartDate.ToProto(),
            EndDate = plan.EndDate.ToProto(),
            ReportingResponsibility = plan.Reporting is { } responsible ? responsible.ToProto() : ContractResponsibility.Unspecified,
            RenewalTalksDate = plan.RenewalTalksDate.ToProto(),
            EvaluationDate = plan.EvaluationDate.ToProto(),
            CheckInCount = overview.CheckIns,
            HeldCheckInCount = overview.HeldCheckIns,
            ReportCount = overview.Reports,
            CreateTime = plan.CreateTime.ToProto(),
            UpdateTime = plan.UpdateTime.ToProto(),
            Etag = plan.Etag,
            CheckInEveryMonths = plan.Terms.CheckInEveryMonths,
            ReportEveryMonths = plan.Terms.ReportEveryMonths,
            ExtensionCount = plan.Facts?.Extensions ?? 0,
            SuspendedDate = plan.SuspendedDate.ToProto(),
            EndReason = plan.Facts?.EndReason ?? "",
            Disputes = { plan.Facts?.Disputes ?? [] },
            Domain = plan.Domain,
            ChallengeCodes = { plan.ChallengeCodes },
            TargetGroupCodes = { plan.TargetGroupCodes },
            ReminderDaysBefore = { plan.Rules.ReminderDaysBefore },
            ReminderDaysAfter = { plan.Rules.ReminderDaysAfter },
            EscalationDaysAfter = plan.Rules.EscalationDaysAfter,
            MinimumGroupSize = plan.Rules.MinimumGroupSize,
            OvercompensationCheckEveryMonths = plan.Rules.Overcompensation?.EveryMonths ?? 0,
            OvercompensationRuleMissing = plan.Rules.OvercompensationRuleMissing,
            Contacts = { plan.Contacts.Select(c => new V1.PlanContact { Side = ((Side?)c.Side).ToProto(), PersonRef = c.PersonRef }) },
        };
        if (plan.Rules.KnowledgeGathering is { } gathered)
        {
            shown.KnowledgeGathering = gathered;
        }

        if (plan is not { Committees.Count: 0, CommitteesOnly: false })
        {
            var committees = plan.Belonging();
            shown.Committees = new V1.PlanCommittees { Responsible = committees.Responsible, Concerned = { committees.Concerned }, Only = committees.Only };
        }

        return shown;
    }

    public static ContractResponsibility ToProto(this ReportingResponsibility responsibility) => responsibility switch
    {
        ReportingResponsibility.Organisation => ContractResponsibility.Organisation,
        ReportingResponsibility.Municipality => ContractResponsibility.Municipality,
        _ => ContractResponsibility.Shared,
    };

    public static PartySide ToProto(this Side? side) => side switch
    {
        Side.Public => PartySide.Public,
        Side.CivilSociety => PartySide.CivilSociety,
        _ => PartySide.Unspecified,
    };

    /// <summary>The side; null when it is not said. A value that the contract does not list has been refused before.</summary>
    public static Side? ToSide(this PartySide side) => side switch
    {
        PartySide.Public => Side.Public,
        PartySide.CivilSociety => Side.CivilSociety,
        _ => null,
    };

    public static DueItem ToProto(this ExpectedItem item, DateOnly today)
    {
        var plan = ResourceName.Of(item.Municipality, Domain.Plan.Collection, item.PlanId);

        // While the agreement is paused no day goes by.
        var day = item.SuspendedDate is { } paused && paused < today ? paused : today;
        return new DueItem
        {
            Plan = plan,
            Agreement = item.Agreement,
            Item = NameOf(item.Municipality, item.PlanId, item.ItemId, item.Kind),
            Kind = KindOf(item.Kind),
            DueDate = item.DueDate.ToProto(),
            Overdue = item.DueDate < day,
            ResponsibleRole = item.ByOrganisation ? Roles.OrganisationRepresentative : Roles.CaseOfficer,
            Paused = item.SuspendedDate is not null,
            ActionNumber = item.Number,
            Shared = item.ByBoth,
            EscalatedRole = item.EscalationDate is { } told && told <= day ? item.ByOrganisation ? Roles.CaseOfficer : Roles.DecisionMaker : "",
            ResponsiblePerson = item.ResponsiblePerson,
        };
    }

    public static V1.Reminder ToProto(this Data.Reminder reminder) => new()
    {
        Name = $"{ResourceName.Of(reminder.Municipality, Domain.Plan.Collection, reminder.PlanId)}/reminders/{reminder.Id}",
        Item = NameOf(reminder.Municipality, reminder.PlanId, reminder.ItemId, reminder.Kind),
        Kind = KindOf(reminder.Kind),
        DueDate = reminder.DueDate.ToProto(),
        RemindDate = reminder.RemindDate.ToProto(),
        Occasion = reminder.Occasion switch
        {
            ReminderOccasion.Before => Occasions.Before,
            ReminderOccasion.Escalation => Occasions.Escalation,
            _ => Occasions.After,
        },
        Role = reminder.Role,
        State = reminder.State switch
        {
            ReminderState.Planned => ReminderStates.Planned,
            ReminderState.Sent => ReminderStates.Sent,
            ReminderState.Skipped => ReminderStates.Skipped,
            _ => ReminderStates.Withdrawn,
        },
        SendTime = reminder.SendTime.ToProto(),
        PersonRef = reminder.PersonRef,
    };

    /// <summary>The name of what is expected.</summary>
    public static string NameOf(string municipality, Guid planId, Guid itemId, string kind)
    {
        var plan = ResourceName.Of(municipality, Domain.Plan.Collection, planId);
        return kind switch
        {
            "EVALUATION" => $"{plan}/{Domain.Evaluation.Singleton}",
            "REPORT" or "RETURNED_REPORT" or "REPORT_REVIEW" => $"{plan}/{Domain.Report.Collection}/{itemId}",
            "DEVIATION" => $"{plan}/{Domain.Deviation.Collection}/{itemId}",
            "OVERCOMPENSATION_CHECK" => $"{plan}/{Domain.OvercompensationCheck.Collection}/{itemId}",
            _ => $"{plan}/{Domain.CheckIn.Collection}/{itemId}",
        };
    }

    private static DueItem.Types.Kind KindOf(string code) => code switch
    {
        "CHECK_IN" => DueItem.Types.Kind.CheckIn,
        "RENEWAL_TALKS" => DueItem.Types.Kind.RenewalTalks,
        "REPORT" => DueItem.Types.Kind.Report,
        "RETURNED_REPORT" => DueItem.Types.Kind.ReturnedReport,
        "REPORT_REVIEW" => DueItem.Types.Kind.ReportReview,
        "EVALUATION" => DueItem.Types.Kind.Evaluation,
        "DEVIATION" => DueItem.Types.Kind.Deviation,
        "OVERCOMPENSATION_CHECK" => DueItem.Types.Kind.OvercompensationCheck,
        _ => DueItem.Types.Kind.Action,
    };
}
