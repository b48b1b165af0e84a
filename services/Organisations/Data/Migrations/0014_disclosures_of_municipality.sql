-- Who said last what a disclosure holds: what the municipality has recorded, the organisation leaves as it is.
ALTER TABLE funding_disclosure ADD COLUMN of_municipality boolean NOT NULL DEFAULT false;
