-- The committees that an agreement belongs to, the one that answers for it first, and whether its follow-up is kept to them.
-- A plan from before that was told belongs to none until its agreement says so.
ALTER TABLE plan ADD COLUMN committees text[] NOT NULL DEFAULT '{}';
ALTER TABLE plan ADD COLUMN committees_only boolean NOT NULL DEFAULT false;

-- Who shares what is published must see which of it is kept.
CREATE POLICY every_tenant ON plan TO {crosstenant_role} USING (true);
GRANT SELECT (municipality, id, committees_only) ON plan TO {crosstenant_role};
