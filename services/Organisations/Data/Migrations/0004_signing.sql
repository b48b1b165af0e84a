-- Grace after the annual meeting, and what is told of signing authorities on their days.
ALTER TABLE signing_authority ADD COLUMN grace_until date;
ALTER TABLE signing_authority NO FORCE ROW LEVEL SECURITY;
UPDATE signing_authority SET grace_until = valid_until;
ALTER TABLE signing_authority FORCE ROW LEVEL SECURITY;
ALTER TABLE signing_authority ALTER COLUMN grace_until SET NOT NULL;

CREATE TABLE signing_notice (
    municipality text NOT NULL,
    signing_authority uuid NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    days_before integer NOT NULL,
    due_date date NOT NULL,
    settle_time timestamptz,
    PRIMARY KEY (municipality, signing_authority, number),
    FOREIGN KEY (municipality, signing_authority) REFERENCES signing_authority (municipality, id)
);
CREATE INDEX signing_notice_due ON signing_notice (municipality, due_date) WHERE settle_time IS NULL;

SELECT wall_off('signing_notice');
GRANT SELECT, INSERT, UPDATE ON signing_notice TO {service_role};

-- The scheduler must know which tenants have something due. It sees days and ids, and no business row.
CREATE POLICY every_tenant ON signing_notice TO {crosstenant_role} USING (true);
GRANT SELECT ON signing_notice TO {crosstenant_role};

-- Authorities that already stand: each lapses on its day.
ALTER TABLE signing_authority NO FORCE ROW LEVEL SECURITY;
ALTER TABLE signing_notice NO FORCE ROW LEVEL SECURITY;
INSERT INTO signing_notice (municipality, signing_authority, number, kind, days_before, due_date)
SELECT municipality, id, 1, 'Lapsed', 0, grace_until + 1 FROM signing_authority
WHERE end_time IS NULL AND grace_until >= (now() AT TIME ZONE 'Europe/Stockholm')::date;
ALTER TABLE signing_authority FORCE ROW LEVEL SECURITY;
ALTER TABLE signing_notice FORCE ROW LEVEL SECURITY;
