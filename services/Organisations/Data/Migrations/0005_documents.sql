-- What becomes of documents: read, returned, declared non-existent, registered, marked; asked for, and shown only.
ALTER TABLE document
    ADD COLUMN state_reason text NOT NULL DEFAULT '',
    ADD COLUMN case_reference text NOT NULL DEFAULT '',
    ADD COLUMN confidentiality_mark jsonb;

CREATE TABLE document_reminder (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    kind text NOT NULL,
    financial_year integer NOT NULL,
    due_date date,
    message text NOT NULL,
    sequence_number integer NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, organisation, kind, financial_year, sequence_number),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);
CREATE INDEX document_reminder_organisation ON document_reminder (municipality, organisation, id);

CREATE TABLE extract_attestation (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    person_ref text NOT NULL,
    role text NOT NULL,
    shown_date date NOT NULL,
    extract_date date NOT NULL,
    purpose text NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);
CREATE INDEX extract_attestation_organisation ON extract_attestation (municipality, organisation, id);

-- A guideline pack that something was recorded under. It never changes, and is kept so that Eligibility need not answer.
CREATE TABLE pack_copy (
    municipality text NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    pack bytea NOT NULL,
    PRIMARY KEY (municipality, name)
);

SELECT wall_off(t) FROM unnest(ARRAY['document_reminder', 'extract_attestation', 'pack_copy']::regclass[]) AS t;
GRANT SELECT, INSERT ON document_reminder, extract_attestation, pack_copy TO {service_role};
