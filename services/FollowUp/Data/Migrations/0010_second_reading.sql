-- Indicators keep what they were before each change.

ALTER TABLE indicator ADD COLUMN earlier jsonb NOT NULL DEFAULT '[]';
