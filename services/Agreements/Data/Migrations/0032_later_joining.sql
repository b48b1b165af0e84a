-- The draft of a new version that a municipality comes in by; null for one that is, or is invited to be, a party of the
-- agreement itself.
ALTER TABLE agreement_share ADD COLUMN draft uuid;

-- The committees of this municipality's own case, the one that answers for it first, and whether what it has joined is kept to
-- them. Shares from before are told when the case is read or assigned next.
ALTER TABLE agreement_share ADD COLUMN committees text[] NOT NULL DEFAULT '{}';
ALTER TABLE agreement_share ADD COLUMN committees_only boolean NOT NULL DEFAULT false;
ALTER TABLE agreement_share ADD COLUMN committees_sequence bigint NOT NULL DEFAULT 0;
