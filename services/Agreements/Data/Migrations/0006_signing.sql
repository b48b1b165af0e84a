ALTER TABLE agreement ADD COLUMN signing_evidence jsonb NOT NULL DEFAULT '[]';
