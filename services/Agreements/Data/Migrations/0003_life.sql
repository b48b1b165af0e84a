ALTER TABLE agreement
    ADD COLUMN amends uuid,
    ADD COLUMN life jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN signing_rounds jsonb NOT NULL DEFAULT '[]';

-- A case has one agreement that has not ended, and that has one draft of its next version.
DROP INDEX agreement_of_case;
CREATE UNIQUE INDEX agreement_of_case ON agreement (municipality, case_name)
    WHERE amends IS NULL AND state NOT IN ('Expired', 'Terminated', 'Rescinded', 'WoundDown', 'Archived', 'Withdrawn');
CREATE UNIQUE INDEX amendment_of_agreement ON agreement (municipality, amends)
    WHERE amends IS NOT NULL AND state NOT IN ('Adopted', 'Withdrawn');

-- What was signed, for good: nobody may change or remove a row.
CREATE TABLE agreement_version (
    municipality text NOT NULL,
    agreement uuid NOT NULL,
    version integer NOT NULL,
    draft uuid NOT NULL,
    title text NOT NULL,
    canonical_text text NOT NULL,
    text_hash text NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL,
    activate_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, agreement, version)
);

CREATE TABLE dispute (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    agreement uuid NOT NULL,
    type text NOT NULL,
    description text NOT NULL,
    party_id text NOT NULL,
    deviation text NOT NULL,
    state text NOT NULL,
    meetings jsonb NOT NULL,
    outcome text NOT NULL,
    outcome_text text NOT NULL,
    resolve_time timestamptz,
    PRIMARY KEY (municipality, id)
);
CREATE INDEX dispute_of_agreement ON dispute (municipality, agreement, id);

-- When the calendar next does something to an agreement. Plumbing: it says which row to look at and when, and no more,
-- so the scheduler of all tenants may read it.
CREATE TABLE agreement_due (
    municipality text NOT NULL,
    agreement uuid NOT NULL,
    due_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, agreement)
);

SELECT wall_off(t) FROM unnest(ARRAY['agreement_version', 'dispute', 'agreement_due']::regclass[]) AS t;
GRANT SELECT, INSERT ON agreement_version TO {service_role};
GRANT SELECT, INSERT, UPDATE ON dispute TO {service_role};
GRANT SELECT, INSERT, UPDATE, DELETE ON agreement_due TO {service_role};
CREATE POLICY every_tenant ON agreement_due TO {crosstenant_role} USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON agreement_due TO {crosstenant_role};
