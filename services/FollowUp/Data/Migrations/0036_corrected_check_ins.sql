-- Why the record of a check-in was last corrected.

ALTER TABLE check_in ADD COLUMN correction_reason text NOT NULL DEFAULT '';
