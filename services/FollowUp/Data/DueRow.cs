using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using CheckInState = Iop.FollowUp.Domain.CheckInState;

namespace Iop.FollowUp.Data;

/// <summary>Something expected and not done.</summary>
public sealed record DueRow
{
    /// <summary>The plan.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>Resource name of the agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>Id of the check-in, report or evaluation.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>What is expected.</summary>
    public required DueItem.Types.Kind Kind { get; init; }

    /// <summary>The day by which it shall be done.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>Whether it is for the organisations to do. What both sides do together is not.</summary>
    public required bool ByOrganisation { get; init; }
}

/// <summary>The query over everything that is expected.</summary>
public static class DueRows
{
    /// <summary>What is expected and not done in the given plans, unordered. A plan that is closed expects nothing.</summary>
    public static IQueryable<DueRow> Of(FollowUpDb db, IQueryable<Domain.Plan> plans)
    {
        var active = plans.Where(p => p.State == PlanState.Active);
        var checkIns =
            from c in db.CheckIns
            join p in active on c.PlanId equals p.Id
            where c.State == CheckInState.Planned
            select new DueRow
            {
                PlanId = p.Id,
                Agreement = p.Agreement,
                ItemId = c.Id,
                DueDate = c.DueDate,
                ByOrganisation = false,
                Kind = c.Kind == CheckInKind.RenewalTalks ? DueItem.Types.Kind.RenewalTalks : DueItem.Types.Kind.CheckIn,
            };
        var reports =
            from r in db.Reports
            join p in active on r.PlanId equals p.Id
            where r.State == ReportState.Planned || r.State == ReportState.Returned
            select new DueRow
            {
                PlanId = p.Id,
                Agreement = p.Agreement,
                ItemId = r.Id,
                DueDate = r.DueDate,
                ByOrganisation = r.Responsible == ReportingResponsibility.Organisation,
                Kind = DueItem.Types.Kind.Report,
            };
        var reviews =
            from r in db.Reports
            join p in active on r.PlanId equals p.Id
            where r.State == ReportState.Submitted
            select new DueRow
            {
                PlanId = p.Id,
                Agreement = p.Agreement,
                ItemId = r.Id,
                DueDate = r.ReviewDueDate!.Value,
                ByOrganisation = r.SubmittedBy == Side.Public,
                Kind = DueItem.Types.Kind.ReportReview,
            };
        var evaluations =
            from e in db.Evaluations
            join p in active on e.PlanId equals p.Id
            where e.State == EvaluationState.Planned
            select new DueRow
            {
                PlanId = p.Id,
                Agreement = p.Agreement,
                ItemId = e.Id,
                DueDate = e.DueDate,
                ByOrganisation = false,
                Kind = DueItem.Types.Kind.Evaluation,
            };
        return checkIns.Concat(reports).Concat(reviews).Concat(evaluations);
    }
}
