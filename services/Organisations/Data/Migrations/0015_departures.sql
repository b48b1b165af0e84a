-- Which organisations have left agreements that go on for others, as Agreements tells of it.
ALTER TABLE agreement_aid ADD COLUMN departures jsonb NOT NULL DEFAULT '[]';
