-- Whose original is to be made. Plumbing: it says which agreement and since when, and no more.
CREATE TABLE original_due (
    municipality text NOT NULL,
    agreement uuid NOT NULL,
    due_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, agreement)
);

SELECT wall_off('original_due');
GRANT SELECT, INSERT, UPDATE, DELETE ON original_due TO {service_role};
CREATE POLICY every_tenant ON original_due FOR SELECT TO {crosstenant_role} USING (true);
GRANT SELECT ON original_due TO {crosstenant_role};
