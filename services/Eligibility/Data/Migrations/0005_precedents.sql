-- What decided cases can teach.
CREATE TABLE precedent (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    case_id uuid NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    shared boolean NOT NULL,
    challenge_codes text[] NOT NULL,
    target_group_codes text[] NOT NULL,
    domain text NOT NULL,
    lesson jsonb NOT NULL,
    withdrawal_reason text NOT NULL,
    PRIMARY KEY (municipality, id)
);
CREATE UNIQUE INDEX precedent_case ON precedent (municipality, case_id) WHERE state = 'Published';

-- One row for each precedent that its municipality has chosen to show to others: a copy of what they may see, and the
-- only row of a precedent that anything but its own municipality can read.
CREATE TABLE precedent_share (
    municipality text NOT NULL,
    id uuid NOT NULL,
    create_time timestamptz NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    challenge_codes text[] NOT NULL,
    target_group_codes text[] NOT NULL,
    domain text NOT NULL,
    lesson jsonb NOT NULL,
    PRIMARY KEY (municipality, id)
);

SELECT wall_off(t) FROM unnest(ARRAY['precedent', 'precedent_share']::regclass[]) AS t;
GRANT SELECT, INSERT, UPDATE ON precedent TO {service_role};
GRANT SELECT, INSERT, DELETE ON precedent_share TO {service_role};

CREATE POLICY shared ON precedent_share FOR SELECT TO {crosstenant_role} USING (true);
GRANT SELECT ON precedent_share TO {crosstenant_role};
