-- What was decided to give out of agreements, for good: nobody may change or remove a row.
CREATE TABLE disclosure (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    agreement uuid NOT NULL,
    reference_number text NOT NULL,
    decided_by text NOT NULL,
    decide_date date NOT NULL,
    withheld_parts jsonb NOT NULL,
    documents uuid[] NOT NULL,
    text_hash text NOT NULL,
    disclosed_text text NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (municipality, id)
);
CREATE INDEX disclosure_of_agreement ON disclosure (municipality, agreement, id);

SELECT wall_off('disclosure');
GRANT SELECT, INSERT ON disclosure TO {service_role};
