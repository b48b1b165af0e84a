-- The municipalities' guidelines, and the cases that are tried against them.

CREATE TABLE guideline_version (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    version text NOT NULL,
    document text NOT NULL,
    sha256 text NOT NULL,
    state text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    publish_time timestamptz,
    PRIMARY KEY (municipality, id)
);
CREATE UNIQUE INDEX guideline_version_name ON guideline_version (municipality, version);
-- Two versions can never begin to hold on the same day, however they were published.
CREATE UNIQUE INDEX guideline_version_start ON guideline_version (municipality, valid_from) WHERE state = 'Published';

CREATE TABLE case_file (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    state text NOT NULL,
    guideline_pack text NOT NULL,
    -- The organisation that leads its side, and all of them: what lists are narrowed by.
    organisation text NOT NULL,
    organisations text[] NOT NULL,
    facts jsonb NOT NULL,
    answers jsonb NOT NULL,
    motivations jsonb NOT NULL,
    dialogue jsonb NOT NULL,
    preliminary_assessment jsonb,
    legal_assessments jsonb NOT NULL,
    assessors jsonb NOT NULL,
    decision jsonb,
    routed_instrument text,
    return_reason text NOT NULL,
    withdrawal_reason text NOT NULL,
    PRIMARY KEY (municipality, id)
);
CREATE INDEX case_file_organisation ON case_file (municipality, organisation, id);
CREATE INDEX case_file_state ON case_file (municipality, state, id);

SELECT wall_off(t) FROM unnest(ARRAY['guideline_version', 'case_file']::regclass[]) AS t;
GRANT SELECT, INSERT, UPDATE ON guideline_version, case_file TO {service_role};
