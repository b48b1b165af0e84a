-- What surrounds the assessment of a case, and the thresholds that a municipality enters itself.

ALTER TABLE case_file
    ADD COLUMN conflicts jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN pause jsonb,
    ADD COLUMN completion jsonb,
    ADD COLUMN document_requests jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN reevaluations jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN proposal jsonb;

CREATE TABLE threshold (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    law text NOT NULL,
    kind text NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    amount numeric NOT NULL,
    source text NOT NULL,
    state text NOT NULL,
    retire_reason text NOT NULL,
    PRIMARY KEY (municipality, id)
);

SELECT wall_off('threshold');
GRANT SELECT, INSERT, UPDATE ON threshold TO {service_role};
