using Iop.FollowUp.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Data;

/// <summary>
/// Plans the reminders of everything that a plan expects, whenever a day in it is set: what is missing is added, what is
/// expected no more is withdrawn, what was sent stays. Each goes to a role, and what both sides do to one of each: the parties
/// are equals, he-continuous-check-ins. Only one is told when it is late.
/// </summary>
public sealed class PlanReminders(FollowUpDb db, TimeProvider time)
{
    /// <summary>Brings the reminders up to what is saved of the plan. A day that has passed is not made up for.</summary>
    public async Task PlanAsync(Plan plan, CancellationToken cancellation)
    {
        var (municipality, id, today, rules) = (plan.Municipality, plan.Id, time.Today(), plan.Rules);
        var (before, after, escalation) = (rules.ReminderDaysBefore.ToArray(), rules.ReminderDaysAfter.ToArray(), rules.EscalationDaysAfter);
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH wanted AS (
                SELECT e.item_id, e.number, e.kind, e.due_date, s.occasion, e.due_date + s.days AS remind_date,
                       o.role
                FROM expected_item AS e
                CROSS JOIN LATERAL (
                    SELECT 'Before' AS occasion, -d AS days FROM unnest({before}) AS d
                    UNION SELECT 'Before', 0 WHERE e.kind = 'RENEWAL_TALKS' AND cardinality({before}) = 0
                    UNION SELECT 'Overdue', 1 WHERE e.kind = 'REPORT'
                    UNION SELECT 'After', d FROM unnest({after}) AS d
                    UNION SELECT 'Escalation', {escalation} WHERE {escalation} > 0) AS s
                CROSS JOIN LATERAL (
                    SELECT CASE WHEN e.by_organisation THEN {Roles.CaseOfficer} ELSE {Roles.DecisionMaker} END AS role WHERE s.occasion = 'Escalation'
                    UNION ALL SELECT {Roles.CaseOfficer} WHERE s.occasion <> 'Escalation' AND NOT e.by_organisation
                    UNION ALL SELECT {Roles.OrganisationRepresentative}
                    WHERE s.occasion <> 'Escalation' AND (e.by_organisation OR (e.by_both AND s.occasion <> 'Overdue'))) AS o
                WHERE e.municipality = {municipality} AND e.plan_id = {id}
            ), withdrawn AS (
                UPDATE reminder AS r SET state = 'Withdrawn'
                WHERE r.municipality = {municipality} AND r.plan_id = {id} AND r.state = 'Planned' AND NOT EXISTS (
                    SELECT FROM wanted AS w
                    WHERE (w.item_id, w.number, w.kind, w.due_date, w.occasion, w.remind_date, w.role)
                        = (r.item_id, r.number, r.kind, r.due_date, r.occasion, r.remind_date, r.role))
            )
            INSERT INTO reminder (municipality, id, plan_id, item_id, number, kind, due_date, remind_date, occasion, role, state)
            SELECT {municipality}, gen_random_uuid(), {id}, item_id, number, kind, due_date, remind_date, occasion, role, 'Planned'
            FROM wanted
            WHERE remind_date >= {today} OR occasion = 'Overdue'
            ON CONFLICT (municipality, item_id, number, kind, due_date, occasion, remind_date, role)
                DO UPDATE SET state = 'Planned' WHERE reminder.state = 'Withdrawn'
            """,
            cancellation);
    }
}
