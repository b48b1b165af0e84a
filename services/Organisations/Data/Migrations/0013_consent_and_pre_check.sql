-- Consents of organisations that other municipalities see what they have disclosed. Withdrawn, never deleted.
CREATE TABLE funding_consent (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    recipient text NOT NULL,
    valid_until date NOT NULL,
    state text NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);
CREATE INDEX funding_consent_organisation ON funding_consent (municipality, organisation, id);

-- What a municipality sees of another's disclosures: rows of its own, written by the other as long as a consent holds. No
-- wall is opened: each reads what is its own, and whoever shares writes in its own name alone.
CREATE TABLE funding_share (
    municipality text NOT NULL,
    source text NOT NULL,
    disclosure uuid NOT NULL,
    source_organisation text NOT NULL,
    organisation_number text NOT NULL,
    terms jsonb NOT NULL,
    valid_until date NOT NULL,
    share_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, source, disclosure)
);
CREATE INDEX funding_share_organisation ON funding_share (municipality, organisation_number);

-- What was looked into of an organisation beforehand: one row for each.
CREATE TABLE pre_check (
    municipality text NOT NULL,
    id uuid NOT NULL,
    organisation text NOT NULL,
    results jsonb NOT NULL,
    risk jsonb,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, id),
    CONSTRAINT pre_check_once UNIQUE (municipality, organisation),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, key)
);

SELECT wall_off(t) FROM unnest(ARRAY['funding_consent', 'funding_share', 'pre_check']::regclass[]) AS t;
DROP POLICY tenant ON funding_share;
CREATE POLICY tenant ON funding_share FOR SELECT TO {service_role} USING (municipality = current_setting('iop.municipality', true));
CREATE POLICY source ON funding_share TO {service_role}
    USING (source = current_setting('iop.municipality', true)) WITH CHECK (source = current_setting('iop.municipality', true));
GRANT SELECT, INSERT, UPDATE ON funding_consent, pre_check TO {service_role};
GRANT SELECT, INSERT, DELETE ON funding_share TO {service_role};
