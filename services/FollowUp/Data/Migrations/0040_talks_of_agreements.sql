-- In which time of an agreement talks about continuing are waited for, and which talks in the agreement's own records they are.
ALTER TABLE check_in
    ADD COLUMN extension_number integer NOT NULL DEFAULT 0,
    ADD COLUMN talks_number integer NOT NULL DEFAULT 0,
    ADD COLUMN held_by_agreement boolean NOT NULL DEFAULT false;
UPDATE check_in AS c SET extension_number = (p.facts ->> 'extensions')::integer
FROM plan AS p
WHERE p.municipality = c.municipality AND p.id = c.plan_id AND c.kind = 'RenewalTalks'
    AND (c.state = 'Planned' OR c.due_date = p.renewal_talks_date) AND p.facts ->> 'extensions' IS NOT NULL;
