-- Checks of whether compensation under an entrustment was more than the service cost.

CREATE TABLE overcompensation_check (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    plan_id uuid NOT NULL,
    due_date date NOT NULL,
    due_key uuid NOT NULL GENERATED ALWAYS AS (due_key(due_date, id)) STORED,
    period_start_date date NOT NULL,
    period_end_date date NOT NULL CHECK (period_end_date >= period_start_date),
    state text NOT NULL CHECK (state IN ('Planned', 'Recorded', 'Cancelled')),
    finding jsonb,
    record_time timestamptz,
    earlier jsonb NOT NULL DEFAULT '[]',
    organisation_comment text NOT NULL DEFAULT '',
    deviation_id uuid,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id),
    FOREIGN KEY (municipality, deviation_id) REFERENCES deviation (municipality, id),
    CHECK ((state = 'Recorded') = (finding IS NOT NULL) AND (state = 'Recorded') = (record_time IS NOT NULL))
);
CREATE INDEX overcompensation_check_by_due ON overcompensation_check (municipality, plan_id, due_key);
SELECT wall_off('overcompensation_check');
GRANT SELECT, INSERT, UPDATE ON overcompensation_check TO {service_role};

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
           CASE state WHEN 'Returned' THEN COALESCE(answer_due_date, due_date) ELSE due_date END,
           -- A joint one that was returned is answered by the side that submitted it: the other has asked.
           CASE WHEN responsible = 'Shared' AND state = 'Returned' THEN submitted_by = 'CivilSociety' ELSE responsible = 'Organisation' END,
           responsible = 'Shared' AND state = 'Planned'
    FROM report WHERE state IN ('Planned', 'Returned')
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, 'REPORT_REVIEW', review_due_date, submitted_by = 'Public', false
    FROM report WHERE state = 'Submitted'
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, 'EVALUATION', due_date, false, true FROM evaluation WHERE state = 'Planned'
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, 'DEVIATION', due_date, false, true FROM deviation WHERE state IN ('Open', 'Disputed')
    UNION ALL
    -- The municipality pays, and answers for it that it does not pay too much.
    SELECT municipality, plan_id, id, id, 0, 'OVERCOMPENSATION_CHECK', due_date, false, false FROM overcompensation_check WHERE state = 'Planned'
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
