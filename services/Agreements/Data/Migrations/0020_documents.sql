CREATE TABLE agreement_document (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    agreement uuid NOT NULL,
    title text NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 text NOT NULL,
    side text NOT NULL,
    received_from text NOT NULL,
    embedded_signatures jsonb NOT NULL,
    PRIMARY KEY (municipality, id)
);
CREATE INDEX agreement_document_of_agreement ON agreement_document (municipality, agreement, id);

-- Beside what is told of it, so that a list reads no bytes.
CREATE TABLE agreement_document_content (
    municipality text NOT NULL,
    document uuid NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (municipality, document),
    FOREIGN KEY (municipality, document) REFERENCES agreement_document (municipality, id)
);

-- Kept as it is, a piece can be read without the rest.
ALTER TABLE agreement_document_content ALTER COLUMN content SET STORAGE EXTERNAL;

SELECT wall_off(t) FROM unnest(ARRAY['agreement_document', 'agreement_document_content']::regclass[]) AS t;

-- Received is received: nothing of it is changed or removed.
GRANT SELECT, INSERT ON agreement_document, agreement_document_content TO {service_role};
