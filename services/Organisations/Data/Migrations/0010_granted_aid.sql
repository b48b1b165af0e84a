-- Aid that agreements of the municipality give. What was told of each agreement, and what that makes for each organisation.
CREATE TABLE agreement_aid (
    municipality text NOT NULL,
    agreement uuid NOT NULL,
    versions jsonb NOT NULL,
    start_date date,
    "end" jsonb,
    PRIMARY KEY (municipality, agreement)
);

CREATE TABLE granted_aid (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    agreement uuid NOT NULL,
    grants jsonb NOT NULL,
    "end" jsonb,
    void boolean NOT NULL,
    settlement jsonb,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, organisation, agreement),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);
CREATE INDEX granted_aid_agreement ON granted_aid (municipality, agreement);

-- The agreement that a disclosure tells of, so that the same aid is counted once.
ALTER TABLE funding_disclosure ADD COLUMN agreement uuid;

SELECT wall_off(t) FROM unnest(ARRAY['agreement_aid', 'granted_aid']::regclass[]) AS t;
GRANT SELECT, INSERT, UPDATE ON agreement_aid, granted_aid TO {service_role};
