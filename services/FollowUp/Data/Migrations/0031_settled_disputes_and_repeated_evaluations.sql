-- Which disputes about a deviation are settled, and the agreement's own day of an evaluation that the parties have set
-- another for. Both sides are reminded of what both do, and not the municipality alone.

ALTER TABLE deviation ADD COLUMN settled_disputes text[] NOT NULL DEFAULT '{}';
ALTER TABLE evaluation ADD COLUMN set_against date;

INSERT INTO reminder (municipality, id, plan_id, item_id, number, kind, due_date, remind_date, occasion, role, state)
SELECT municipality, gen_random_uuid(), plan_id, item_id, number, kind, due_date, remind_date, occasion, 'organisation-representative', state
FROM reminder
WHERE state = 'Planned' AND occasion IN ('Before', 'After') AND role = 'case-officer'
    AND kind IN ('CHECK_IN', 'RENEWAL_TALKS', 'EVALUATION', 'DEVIATION')
ON CONFLICT DO NOTHING;
