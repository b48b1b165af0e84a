-- Plans with their check-ins, reports and evaluation. Due dates are written once, when the plan is made.

CREATE TABLE plan (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    agreement text NOT NULL,
    agreement_version integer NOT NULL,
    organisations text[] NOT NULL,
    guideline_pack text NOT NULL,
    state text NOT NULL CHECK (state IN ('Active', 'Closed')),
    start_date date NOT NULL,
    end_date date NOT NULL CHECK (end_date >= start_date),
    reporting text,
    renewal_talks_date date,
    evaluation_date date NOT NULL,
    PRIMARY KEY (municipality, id)
);
-- However often, late or in parallel the news of an agreement arrives, it has one plan.
CREATE UNIQUE INDEX plan_agreement ON plan (municipality, agreement, agreement_version);

CREATE TABLE check_in (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    plan_id uuid NOT NULL,
    due_date date NOT NULL,
    kind text NOT NULL,
    state text NOT NULL CHECK (state IN ('Planned', 'Held')),
    agenda_topics jsonb NOT NULL,
    held_date date,
    participants jsonb NOT NULL,
    learned text NOT NULL,
    actions jsonb NOT NULL,
    recorded_by text,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id),
    CHECK ((state = 'Held') = (held_date IS NOT NULL))
);
CREATE INDEX check_in_plan ON check_in (municipality, plan_id, due_date, id);
CREATE INDEX check_in_waited_for ON check_in (municipality, due_date, id) WHERE state = 'Planned';

CREATE TABLE report (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    plan_id uuid NOT NULL,
    due_date date NOT NULL,
    period_start_date date NOT NULL,
    period_end_date date NOT NULL CHECK (period_end_date >= period_start_date),
    responsible text NOT NULL,
    -- Due is derived from the end of the period when it is read.
    state text NOT NULL CHECK (state IN ('Planned', 'Submitted', 'Returned', 'Reviewed', 'Closed')),
    text text NOT NULL,
    organisation_words text NOT NULL,
    submitted_by text,
    submit_time timestamptz,
    review_due_date date,
    return_reason text NOT NULL,
    review_comment text NOT NULL,
    review_time timestamptz,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id),
    CHECK (state <> 'Submitted' OR (submitted_by IS NOT NULL AND review_due_date IS NOT NULL))
);
CREATE INDEX report_plan ON report (municipality, plan_id, due_date, id);
CREATE INDEX report_waited_for ON report (municipality, due_date, id) WHERE state IN ('Planned', 'Returned');
CREATE INDEX report_to_review ON report (municipality, review_due_date, id) WHERE state = 'Submitted';

-- The id of an evaluation is that of its plan, so that a plan has one.
CREATE TABLE evaluation (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    plan_id uuid NOT NULL CHECK (plan_id = id),
    due_date date NOT NULL,
    state text NOT NULL CHECK (state IN ('Planned', 'Completed')),
    outcome jsonb,
    complete_time timestamptz,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, plan_id) REFERENCES plan (municipality, id),
    CHECK ((state = 'Completed') = (outcome IS NOT NULL))
);
CREATE INDEX evaluation_waited_for ON evaluation (municipality, due_date, id) WHERE state = 'Planned';

SELECT wall_off(t) FROM unnest(ARRAY['plan', 'check_in', 'report', 'evaluation']::regclass[]) AS t;
GRANT SELECT, INSERT, UPDATE ON plan, check_in, report, evaluation TO {service_role};
