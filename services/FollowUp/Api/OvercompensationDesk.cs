using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.Consumers;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Api;

/// <summary>What follows in a plan from what its checks against overcompensation find (law.md 2.2).</summary>
public sealed class OvercompensationDesk(FollowUpDb db, OvercompensationRules rules, TimeProvider time)
{
    /// <summary>The checks of a plan in hand.</summary>
    public async Task<CheckChain> ChainAsync(Plan plan, CancellationToken cancellation) =>
        new(await db.OvercompensationChecks.Where(c => c.PlanId == plan.Id).ToListAsync(cancellation));

    /// <summary>Leaves what is to be paid back to a deviation: no recovery follows by itself, it is handled as whatever else has not gone as agreed.</summary>
    public void Handle(OvercompensationCheck check, Plan plan)
    {
        if (!check.AwaitsHandling)
        {
            return;
        }

        var today = time.Today();
        var deviation = new Deviation(plan, new Observation(DeviationType.Overcompensation, rules.Describe(check), today, today.AddMonths(Deviation.MonthsToHandle)), Side.Public);
        db.Add(deviation);
        db.Record(deviation, () => deviation.ToProto(plan.DayOn(today)));
        db.Raise(deviation, new DeviationRecorded
        {
            Agreement = plan.Agreement,
            Type = deviation.Type.Code(),
            RecordedBy = Side.Public.Code(),
        });
        check.LeaveTo(deviation);
    }
}
