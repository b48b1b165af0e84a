-- The municipality's own record of who acts for organisations. Ended, never deleted.
CREATE TABLE representative (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    person_ref text NOT NULL,
    display_name text NOT NULL,
    role text NOT NULL,
    evidence_documents jsonb NOT NULL,
    state text NOT NULL,
    confirm_time timestamptz,
    confirmed_by text,
    end_time timestamptz,
    end_reason text NOT NULL,
    successor uuid,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);
CREATE INDEX representative_organisation ON representative (municipality, organisation, id);
CREATE INDEX representative_person ON representative (municipality, person_ref, organisation);

-- A person stands for an organisation once at a time.
CREATE UNIQUE INDEX representative_once ON representative (municipality, organisation, person_ref) WHERE state IN ('Claimed', 'Confirmed');

SELECT wall_off('representative');
GRANT SELECT, INSERT, UPDATE ON representative TO {service_role};
