using Iop.FollowUp.Domain;
using static Iop.FollowUp.Tests.StateTests;

namespace Iop.FollowUp.Tests;

/// <summary>What a plan and its checks against overcompensation let be done in each of their states.</summary>
public sealed class PlanStateTests
{
    [Theory]
    [InlineData(PlanState.Active, "", "")]
    [InlineData(PlanState.Suspended, "", "needs ACTIVE")]
    [InlineData(PlanState.Ending, "needs ACTIVE, SUSPENDED", "needs ACTIVE")]
    [InlineData(PlanState.Closed, "needs ACTIVE, SUSPENDED", "needs ACTIVE")]
    public void A_plan_lets_meetings_be_wished_for_and_its_schedule_be_changed(PlanState state, string wish, string choose)
    {
        var facts = Facts() with { SuspendedDate = state == PlanState.Suspended ? Today : null, EndReason = state == PlanState.Ending ? "EXPIRED" : "" };
        var whole = WholePlan.From("1283", facts, (_, _) => []);
        if (state == PlanState.Closed)
        {
            whole.Plan.Close();
        }

        Assert.Equal(state, whole.Plan.State);
        Try(wish, () => "", () => whole.Plan.ScheduleAdHoc(Today, []));
        Try(choose, () => "", () => whole.Choose(new ChosenSchedule(1, 1, [], []), Today));
        Try(state == PlanState.Closed ? "needs ACTIVE, SUSPENDED, ENDING" : "", () => "", whole.Plan.MustBeOpen);
    }

    [Theory]
    [InlineData(OvercompensationCheckState.Planned, "RECORDED", "PLANNED")]
    [InlineData(OvercompensationCheckState.Recorded, "RECORDED", "RECORDED")]
    [InlineData(OvercompensationCheckState.Cancelled, "needs PLANNED, RECORDED", "needs PLANNED, RECORDED")]
    public void A_check_against_overcompensation_is_recorded_corrected_and_commented_until_it_is_expected_no_more(OvercompensationCheckState state, string record, string comment)
    {
        var facts = Facts() with { Rules = new FollowUpRules { Overcompensation = new OvercompensationTerms(12, 3) } };
        var whole = WholePlan.From("1283", facts, (_, _) => []);
        var check = whole.Checks[1];
        var after = check.PeriodEndDate.AddDays(1);
        if (state == OvercompensationCheckState.Recorded)
        {
            check.Record(whole.Plan, new OvercompensationFinding(1, 1, 0, "Skäl"), "", Now, after);
        }
        else if (state == OvercompensationCheckState.Cancelled)
        {
            whole.Follow(facts with { Version = 2, Rules = new FollowUpRules() }, Today);
        }

        Assert.Equal(state, check.State);
        Try(comment, () => check.State.Code(), () => check.Comment("Ja."));
        Try(record, () => check.State.Code(), () => check.Record(whole.Plan, new OvercompensationFinding(1, 1, 0, "Skäl"), "Fel.", Now, after));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void A_group_hides_its_members_when_it_is_empty_or_large_enough(int size, bool hides) => Assert.Equal(hides, Indicator.Hides(size, 5));
}
