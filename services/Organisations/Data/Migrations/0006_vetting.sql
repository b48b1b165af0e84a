-- What is recorded of organisations and the condition sets of guidelines: one row for each set.
CREATE TABLE condition_check (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    set_key text NOT NULL,
    guideline_pack text NOT NULL,
    conditions jsonb NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    CONSTRAINT condition_check_once UNIQUE (municipality, organisation, set_key),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);
SELECT wall_off('condition_check');
GRANT SELECT, INSERT, UPDATE ON condition_check TO {service_role};
