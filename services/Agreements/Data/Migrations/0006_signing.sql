ALTER TABLE agreement
    ADD COLUMN signing_evidence jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN aid jsonb;

CREATE TABLE state_aid_report (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    agreement uuid NOT NULL,
    version integer NOT NULL,
    organisations text[] NOT NULL,
    basis text NOT NULL,
    amount numeric NOT NULL,
    grant_date date NOT NULL,
    due_date date NOT NULL,
    state text NOT NULL,
    reference text NOT NULL,
    send_date date,
    acknowledge_date date,
    PRIMARY KEY (municipality, id)
);

-- An agreement's version gives its aid once.
CREATE UNIQUE INDEX state_aid_report_of_version ON state_aid_report (municipality, agreement, version);

SELECT wall_off('state_aid_report');
GRANT SELECT, INSERT, UPDATE ON state_aid_report TO {service_role};
