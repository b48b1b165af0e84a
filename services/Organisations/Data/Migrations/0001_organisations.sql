-- Organisations, who signs for them, and their documents. Nothing here is ever deleted.

CREATE TABLE organisation (
    municipality text NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    number text NOT NULL CHECK (number ~ '^[1-9][0-9]{9}$'),
    facts jsonb NOT NULL,
    statutes_check jsonb,
    state text NOT NULL,
    party_eligibility text NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    CONSTRAINT organisation_unique_key UNIQUE (municipality, key),
    CONSTRAINT organisation_unique_number UNIQUE (municipality, number)
);

CREATE TABLE signing_authority (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    rule text NOT NULL,
    required_signatures integer NOT NULL,
    signatories jsonb NOT NULL,
    evidence_documents jsonb NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    end_time timestamptz,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);
CREATE INDEX signing_authority_organisation ON signing_authority (municipality, organisation, id);

CREATE TABLE document (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    file_name text NOT NULL,
    financial_year integer NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 text NOT NULL,
    version_number integer NOT NULL,
    received_time timestamptz NOT NULL,
    state text NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    UNIQUE (municipality, organisation, kind, financial_year, version_number),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);
CREATE INDEX document_organisation ON document (municipality, organisation, id);

-- Compressed formats nearly all, so the database shall not try once more.
CREATE TABLE document_chunk (
    municipality text NOT NULL,
    document uuid NOT NULL,
    number integer NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (municipality, document, number),
    FOREIGN KEY (municipality, document) REFERENCES document (municipality, id)
);
ALTER TABLE document_chunk ALTER COLUMN content SET STORAGE EXTERNAL;

SELECT wall_off(t) FROM unnest(ARRAY['organisation', 'signing_authority', 'document', 'document_chunk']::regclass[]) AS t;

GRANT SELECT, INSERT, UPDATE ON organisation, signing_authority, document TO {service_role};
GRANT SELECT, INSERT ON document_chunk TO {service_role};
