-- Reports that somebody wishes for, people whom a side names to be reminded, and to whom what is late has been told.

ALTER TABLE report
    ADD COLUMN kind text NOT NULL DEFAULT 'Regular' CHECK (kind IN ('Regular', 'AdHoc')),
    ADD COLUMN topic text NOT NULL DEFAULT '';
ALTER TABLE check_in ADD COLUMN cancel_reason text NOT NULL DEFAULT '';
ALTER TABLE plan ADD COLUMN contacts jsonb NOT NULL DEFAULT '[]';
ALTER TABLE reminder ADD COLUMN person_ref text NOT NULL DEFAULT '';

CREATE OR REPLACE VIEW expected_item WITH (security_invoker = true) AS
SELECT p.municipality, p.id AS plan_id, p.agreement, p.suspended_date, i.item_id, i.number, i.kind, i.due_date,
       i.by_organisation, due_key(i.due_date, i.key_id) AS due_key, i.by_both,
       i.due_date + NULLIF(COALESCE((p.facts #>> '{rules,escalationDaysAfter}')::integer, 21), 0) AS escalation_date,
       COALESCE((SELECT c ->> 'personRef' FROM jsonb_array_elements(p.contacts) AS c
                 WHERE c ->> 'side' = CASE WHEN i.by_organisation THEN 'CivilSociety' ELSE 'Public' END), '') AS responsible_person
FROM plan AS p
JOIN (
    SELECT municipality, plan_id, id AS item_id, id AS key_id, 0 AS number,
           CASE kind WHEN 'RenewalTalks' THEN 'RENEWAL_TALKS' ELSE 'CHECK_IN' END AS kind,
           due_date, false AS by_organisation, true AS by_both
    FROM check_in WHERE state = 'Planned'
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, CASE state WHEN 'Returned' THEN 'RETURNED_REPORT' ELSE 'REPORT' END,
           CASE state WHEN 'Returned' THEN COALESCE(answer_due_date, due_date) ELSE due_date END, responsible = 'Organisation', responsible = 'Shared'
    FROM report WHERE state IN ('Planned', 'Returned')
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, 'REPORT_REVIEW', review_due_date, submitted_by = 'Public', false
    FROM report WHERE state = 'Submitted'
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, 'EVALUATION', due_date, false, true FROM evaluation WHERE state = 'Planned'
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, 'DEVIATION', due_date, false, true FROM deviation WHERE state IN ('Open', 'Disputed')
    UNION ALL
    -- An action is known by its check-in and number; the key is made of both, so that it has a place of its own in lists.
    SELECT c.municipality, c.plan_id, c.id, (substr(c.id::text, 1, 32) || lpad(to_hex(a.number), 4, '0'))::uuid,
           a.number::integer, 'ACTION', (a.action ->> 'dueDate')::date, COALESCE(a.action ->> 'responsibleSide' = 'CivilSociety', false),
           a.action ->> 'responsibleSide' IS NULL
    FROM check_in AS c, jsonb_array_elements(c.actions) WITH ORDINALITY AS a (action, number)
    WHERE c.state = 'Held' AND a.action ->> 'dueDate' IS NOT NULL AND a.action ->> 'doneDate' IS NULL
) AS i ON i.municipality = p.municipality AND i.plan_id = p.id
-- A meeting that an ended agreement never had is waited for no more.
WHERE p.state <> 'Closed' AND (p.state <> 'Ending' OR i.kind NOT IN ('CHECK_IN', 'RENEWAL_TALKS'));
