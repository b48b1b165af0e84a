-- The committees of the case, the one that answers for it first, and whether the agreement is kept to them. Agreements from
-- before are told when the case is read or assigned next.
ALTER TABLE agreement ADD COLUMN committees text[] NOT NULL DEFAULT '{}';
ALTER TABLE agreement ADD COLUMN committees_only boolean NOT NULL DEFAULT false;
ALTER TABLE agreement ADD COLUMN committees_sequence bigint NOT NULL DEFAULT 0;

-- What a case tells is told to every agreement of it, ended ones too.
CREATE INDEX agreement_by_case ON agreement (municipality, case_name);
