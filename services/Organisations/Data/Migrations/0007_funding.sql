-- What others give organisations. Withdrawn, never deleted.
CREATE TABLE funding_disclosure (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    terms jsonb NOT NULL,
    aid_kind text NOT NULL,
    form text NOT NULL,
    granted_date date,
    state text NOT NULL,
    withdrawal_reason text NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);
CREATE INDEX funding_disclosure_organisation ON funding_disclosure (municipality, organisation, id);

SELECT wall_off('funding_disclosure');
GRANT SELECT, INSERT, UPDATE ON funding_disclosure TO {service_role};
