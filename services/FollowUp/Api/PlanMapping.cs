using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Types.V1;
using CheckInState = Iop.FollowUp.Domain.CheckInState;
using ContractResponsibility = Iop.Types.V1.ReportingResponsibility;
using ReportingResponsibility = Iop.FollowUp.Domain.ReportingResponsibility;

namespace Iop.FollowUp.Api;

/// <summary>Plans, sides and due items as the contract writes them.</summary>
internal static class PlanMapping
{
    public static V1.Plan ToProto(this PlanOverview overview)
    {
        var plan = overview.Plan;
        return new V1.Plan
        {
            Name = plan.Name,
            Agreement = plan.Agreement,
            AgreementVersion = plan.AgreementVersion,
            Organisations = { plan.Organisations },
            GuidelinePack = plan.GuidelinePack,
            State = plan.State == PlanState.Active ? V1.Plan.Types.State.Active : V1.Plan.Types.State.Closed,
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
        };
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

    public static DueItem ToProto(this DueRow row, string municipality, DateOnly today)
    {
        var plan = ResourceName.Of(municipality, Domain.Plan.Collection, row.PlanId);
        return new DueItem
        {
            Plan = plan,
            Agreement = row.Agreement,
            Item = row.Kind switch
            {
                DueItem.Types.Kind.Evaluation => $"{plan}/{Domain.Evaluation.Singleton}",
                DueItem.Types.Kind.Report or DueItem.Types.Kind.ReportReview => $"{plan}/{Domain.Report.Collection}/{row.ItemId}",
                _ => $"{plan}/{Domain.CheckIn.Collection}/{row.ItemId}",
            },
            Kind = row.Kind,
            DueDate = row.DueDate.ToProto(),
            Overdue = row.DueDate < today,
            ResponsibleRole = row.ByOrganisation ? Roles.OrganisationRepresentative : Roles.CaseOfficer,
        };
    }
}
