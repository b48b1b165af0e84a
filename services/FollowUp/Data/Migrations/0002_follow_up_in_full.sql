-- One plan per agreement, moved by what happens to it; drafts, indicators, contributions, deviations, knowledge,
-- learning notes and reminders.

-- Sorts by due date, earliest first, and then by id, in lists that come by falling key: the day counted backwards
-- stands where a UUIDv7 has its time.
CREATE FUNCTION due_key(due date, id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (lpad(to_hex(2147483647 - (due - DATE '0001-01-01')), 8, '0') || substr(id::text, 9))::uuid
$$;

ALTER TABLE plan
    DROP CONSTRAINT plan_state_check,
    ADD CONSTRAINT plan_state_check CHECK (state IN ('Active', 'Closed', 'Suspended', 'Ending')),
    ADD COLUMN facts jsonb,
    ADD COLUMN chosen jsonb,
    ADD COLUMN domain text NOT NULL DEFAULT '',
    ADD COLUMN challenge_codes text[] NOT NULL DEFAULT '{}',
    ADD COLUMN target_group_codes text[] NOT NULL DEFAULT '{}',
    ADD COLUMN promises jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN suspended_date date;
-- Of an agreement that had a plan for each version, one is not closed.
CREATE UNIQUE INDEX plan_followed ON plan (municipality, agreement) WHERE state <> 'Closed';

ALTER TABLE check_in
    DROP CONSTRAINT check_in_state_check,
    ADD CONSTRAINT check_in_state_check CHECK (state IN ('Planned', 'Held', 'Cancelled')),
    ADD COLUMN due_key uuid NOT NULL GENERATED ALWAYS AS (due_key(due_date, id)) STORED;
CREATE INDEX check_in_by_due ON check_in (municipality, plan_id, due_key);

ALTER TABLE report
    ADD COLUMN due_key uuid NOT NULL GENERATED ALWAYS AS (due_key(due_date, id)) STORED,
    ADD COLUMN draft_text text NOT NULL DEFAULT '',
    ADD COLUMN draft_organisation_words text NOT NULL DEFAULT '',
    ADD COLUMN last_saved_time timestamptz,
    ADD COLUMN submission_count integer NOT NULL DEFAULT 0,
    ADD COLUMN earlier jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN reopen_reason text NOT NULL DEFAULT '',
    ADD COLUMN answer_due_date date;
CREATE INDEX report_by_due ON report (municipality, plan_id, due_key);

ALTER TABLE evaluation
    ADD COLUMN due_key uuid NOT NULL GENERATED ALWAYS AS (due_key(due_date, id)) STORED,
    ADD COLUMN questions jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN organisation_comment text NOT NULL DEFAULT '',
    ADD COLUMN municipality_comment text NOT NULL DEFAULT '',
    ADD COLUMN earlier jsonb NOT NULL DEFAULT '[]';

CREATE TABLE deviation (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    plan_id uuid NOT NULL,
    due_date date NOT NULL,
    due_key uuid NOT NULL GENERATED ALWAYS AS (due_key(due_date, id)) STORED,
    type text NOT NULL,
    description text NOT NULL,
    noticed_date date NOT NULL,
    recorded_by text NOT NULL,
    state text NOT NULL CHECK (state IN ('Open', 'Disputed', 'Resolved')),
    steps jsonb NOT NULL,
    disputes text[] NOT NULL,
    resolution text NOT NULL,
    resolved_by text,
    resolve_time timestamptz,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id),
    CHECK ((state = 'Resolved') = (resolve_time IS NOT NULL))
);
CREATE INDEX deviation_by_due ON deviation (municipality, plan_id, due_key);

CREATE TABLE indicator (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    plan_id uuid NOT NULL,
    display_name text NOT NULL,
    unit text NOT NULL,
    about_people boolean NOT NULL,
    baseline double precision,
    target double precision,
    minimum_group_size integer NOT NULL,
    "values" jsonb NOT NULL,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id)
);
CREATE INDEX indicator_plan ON indicator (municipality, plan_id, id);

CREATE TABLE contribution_entry (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    plan_id uuid NOT NULL,
    party_id text NOT NULL,
    side text NOT NULL,
    type text NOT NULL,
    description text NOT NULL,
    period_start_date date NOT NULL,
    period_end_date date NOT NULL CHECK (period_end_date >= period_start_date),
    value numeric NOT NULL CHECK (value >= 0),
    hours integer NOT NULL CHECK (hours >= 0),
    state text NOT NULL CHECK (state IN ('Recorded', 'Voided')),
    void_reason text NOT NULL,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id)
);
CREATE INDEX contribution_entry_plan ON contribution_entry (municipality, plan_id, id);

CREATE TABLE knowledge_note (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    plan_id uuid NOT NULL,
    question text NOT NULL,
    method text NOT NULL,
    gathered_by text NOT NULL,
    finding text NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id)
);
CREATE INDEX knowledge_note_plan ON knowledge_note (municipality, plan_id, id);

CREATE TABLE learning_note (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    plan_id uuid NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    domain text NOT NULL,
    challenge_codes text[] NOT NULL,
    target_group_codes text[] NOT NULL,
    state text NOT NULL CHECK (state IN ('Draft', 'Published', 'Withdrawn')),
    publish_time timestamptz,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id),
    CHECK (state <> 'Published' OR publish_time IS NOT NULL)
);

CREATE TABLE sharing_choice (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    learning_notes boolean NOT NULL,
    PRIMARY KEY (municipality, id)
);
CREATE UNIQUE INDEX sharing_choice_one ON sharing_choice (municipality);

-- A note as another municipality may see it: one row for each reader, whose municipality it is keyed by.
CREATE TABLE shared_learning_note (
    municipality text NOT NULL,
    id uuid NOT NULL,
    owner text NOT NULL CHECK (owner <> municipality),
    title text NOT NULL,
    text text NOT NULL,
    domain text NOT NULL,
    challenge_codes text[] NOT NULL,
    target_group_codes text[] NOT NULL,
    publish_time timestamptz NOT NULL,
    create_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id)
);

-- What has been told of an agreement, each thing once, so that it can be taken in in its order whenever it comes.
CREATE TABLE agreement_news (
    municipality text NOT NULL,
    agreement text NOT NULL,
    sequence bigint NOT NULL,
    type text NOT NULL,
    payload jsonb NOT NULL,
    create_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, agreement, sequence, type)
);

CREATE TABLE reminder (
    municipality text NOT NULL,
    id uuid NOT NULL,
    plan_id uuid NOT NULL,
    item_id uuid NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    due_date date NOT NULL,
    remind_date date NOT NULL,
    occasion text NOT NULL CHECK (occasion IN ('Before', 'Overdue', 'After', 'Escalation')),
    role text NOT NULL,
    state text NOT NULL CHECK (state IN ('Planned', 'Sent', 'Skipped', 'Withdrawn')),
    send_time timestamptz,
    remind_key uuid NOT NULL GENERATED ALWAYS AS (due_key(remind_date, id)) STORED,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id),
    CHECK ((state = 'Sent') = (send_time IS NOT NULL))
);
-- Planned once for each day set, however often the plan is looked through.
CREATE UNIQUE INDEX reminder_step ON reminder (municipality, item_id, number, kind, due_date, occasion, remind_date);
CREATE INDEX reminder_plan ON reminder (municipality, plan_id, remind_key);
CREATE INDEX reminder_planned ON reminder (municipality, remind_date, plan_id) WHERE state = 'Planned';

-- Everything that is expected and not done. Read with the reader's own rights, so that the walls hold.
CREATE VIEW expected_item WITH (security_invoker = true) AS
SELECT p.municipality, p.id AS plan_id, p.agreement, p.suspended_date, i.item_id, i.number, i.kind, i.due_date,
       i.by_organisation, due_key(i.due_date, i.key_id) AS due_key
FROM plan AS p
JOIN (
    SELECT municipality, plan_id, id AS item_id, id AS key_id, 0 AS number,
           CASE kind WHEN 'RenewalTalks' THEN 'RENEWAL_TALKS' ELSE 'CHECK_IN' END AS kind,
           due_date, false AS by_organisation
    FROM check_in WHERE state = 'Planned'
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, CASE state WHEN 'Returned' THEN 'RETURNED_REPORT' ELSE 'REPORT' END,
           CASE state WHEN 'Returned' THEN COALESCE(answer_due_date, due_date) ELSE due_date END, responsible = 'Organisation'
    FROM report WHERE state IN ('Planned', 'Returned')
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, 'REPORT_REVIEW', review_due_date, submitted_by = 'Public'
    FROM report WHERE state = 'Submitted'
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, 'EVALUATION', due_date, false FROM evaluation WHERE state = 'Planned'
    UNION ALL
    SELECT municipality, plan_id, id, id, 0, 'DEVIATION', due_date, false FROM deviation WHERE state IN ('Open', 'Disputed')
    UNION ALL
    -- An action is known by its check-in and number; the key is made of both, so that it has a place of its own in lists.
    SELECT c.municipality, c.plan_id, c.id, (substr(c.id::text, 1, 32) || lpad(to_hex(a.number), 4, '0'))::uuid,
           a.number::integer, 'ACTION', (a.action ->> 'dueDate')::date, COALESCE(a.action ->> 'responsibleSide' = 'CivilSociety', false)
    FROM check_in AS c, jsonb_array_elements(c.actions) WITH ORDINALITY AS a (action, number)
    WHERE c.state = 'Held' AND a.action ->> 'dueDate' IS NOT NULL AND a.action ->> 'doneDate' IS NULL
) AS i ON i.municipality = p.municipality AND i.plan_id = p.id
WHERE p.state <> 'Closed';

SELECT wall_off(t) FROM unnest(ARRAY[
    'deviation', 'indicator', 'contribution_entry', 'knowledge_note', 'learning_note', 'sharing_choice',
    'shared_learning_note', 'agreement_news', 'reminder']::regclass[]) AS t;
GRANT SELECT, INSERT, UPDATE ON deviation, indicator, contribution_entry, knowledge_note, learning_note, sharing_choice, reminder TO {service_role};
GRANT SELECT ON shared_learning_note, expected_item TO {service_role};
GRANT SELECT, INSERT ON agreement_news TO {service_role};

-- The schedulers see of every tenant what they need to find their work, and no more: on which day a reminder is due,
-- and what is shared with whom.
CREATE POLICY every_tenant ON reminder TO {crosstenant_role} USING (true);
GRANT SELECT (municipality, remind_date, state) ON reminder TO {crosstenant_role};
CREATE POLICY every_tenant ON learning_note TO {crosstenant_role} USING (state = 'Published');
CREATE POLICY every_tenant ON sharing_choice TO {crosstenant_role} USING (true);
CREATE POLICY every_tenant ON shared_learning_note TO {crosstenant_role} USING (true) WITH CHECK (true);
GRANT SELECT ON learning_note, sharing_choice TO {crosstenant_role};
GRANT SELECT, INSERT, DELETE ON shared_learning_note TO {crosstenant_role};
