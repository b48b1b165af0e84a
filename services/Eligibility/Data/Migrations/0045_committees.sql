-- The committees that a case belongs to, the one that answers for it first, and whether it is kept to them.
ALTER TABLE case_file ADD COLUMN responsible_committee text NOT NULL DEFAULT '';
ALTER TABLE case_file ADD COLUMN committees text[] NOT NULL DEFAULT '{}';
ALTER TABLE case_file ADD COLUMN committees_only boolean NOT NULL DEFAULT false;
CREATE INDEX case_file_committee ON case_file (municipality, responsible_committee, id) WHERE responsible_committee <> '';
