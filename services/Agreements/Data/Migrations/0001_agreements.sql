CREATE TABLE agreement (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    case_name text NOT NULL,
    pack_name text NOT NULL,
    state text NOT NULL,
    drafting_side text NOT NULL,
    version integer NOT NULL,
    terms jsonb NOT NULL,
    organisations text[] NOT NULL,
    sections jsonb NOT NULL,
    canonical_text text NOT NULL,
    text_hash text NOT NULL,
    approvals jsonb NOT NULL,
    signatures jsonb NOT NULL,
    fixed_requirements jsonb NOT NULL,
    share_time timestamptz,
    text_agreed_time timestamptz,
    activate_time timestamptz,
    PRIMARY KEY (municipality, id)
);

-- A case has one agreement that has not ended, also when two are drawn up at once.
CREATE UNIQUE INDEX agreement_of_case ON agreement (municipality, case_name)
    WHERE state NOT IN ('Expired', 'Terminated', 'Rescinded', 'WoundDown', 'Archived');

CREATE TABLE pack_copy (
    municipality text NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    pack bytea NOT NULL,
    PRIMARY KEY (municipality, name)
);

CREATE TABLE revision_actor (
    municipality text NOT NULL,
    agreement uuid NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    display_name text NOT NULL,
    PRIMARY KEY (municipality, agreement, id)
);

SELECT wall_off('agreement');
SELECT wall_off('pack_copy');
SELECT wall_off('revision_actor');
GRANT SELECT, INSERT, UPDATE ON agreement TO {service_role};
GRANT SELECT, INSERT ON pack_copy, revision_actor TO {service_role};
