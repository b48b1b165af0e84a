-- What the lead's case and register said of a joint text when the lead approved it; null where nothing was asked.
ALTER TABLE agreement ADD COLUMN readiness jsonb;
