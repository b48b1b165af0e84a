-- A partnership in force is followed up however much of its plan is done: a deviation can be seen any day. An earlier rule
-- closed a plan with the last thing that it expected, and no call opens one again. Those are as they would be by the rule that
-- holds; a plan whose agreement has ended, that has given way to a later one, or of which it is not known, stays as it is.
--
-- The snapshot is the one before with the state once more at its end: of a field that comes twice the last one counts.
WITH reopened AS (
    UPDATE plan AS p
    SET state = CASE WHEN suspended_date IS NULL THEN 'Active' ELSE 'Suspended' END, revision = revision + 1, update_time = now()
    WHERE state = 'Closed' AND facts IS NOT NULL AND COALESCE(facts ->> 'endReason', '') = '' AND NOT EXISTS (
        SELECT FROM plan AS later WHERE later.municipality = p.municipality AND later.agreement = p.agreement AND later.agreement_version > p.agreement_version)
    RETURNING municipality, 'municipalities/' || municipality || '/plans/' || id AS name, revision, state
)
INSERT INTO revision (municipality, subject, number, actor, on_behalf_of, action, reason, snapshot, create_time)
SELECT r.municipality, r.name, r.revision, 'system:0035_reopened_plans', '', '0035_reopened_plans',
       'Partnerskapet pågår och följs upp.', b.snapshot || CASE r.state WHEN 'Active' THEN '\x3001'::bytea ELSE '\x3003'::bytea END, now()
FROM reopened AS r
JOIN revision AS b ON b.municipality = r.municipality AND b.subject = r.name AND b.number = r.revision - 1;
