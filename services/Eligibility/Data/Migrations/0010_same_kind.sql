-- The kind of purchase that a case is, by which the year's purchases of one kind are found and added up.
ALTER TABLE case_file ADD COLUMN purchase_kind text NOT NULL DEFAULT '';
CREATE INDEX case_file_purchase_kind ON case_file (municipality, purchase_kind, id) WHERE purchase_kind <> '';
