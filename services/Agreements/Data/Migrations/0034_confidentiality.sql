-- That a document may hold something secret, and which party sent it. Of those from before, only the municipality reads one that
-- it marks, unless the text or a signature rests on it.
ALTER TABLE agreement_document
    ADD COLUMN confidentiality_mark jsonb,
    ADD COLUMN party_id text NOT NULL DEFAULT '';

-- What was received stays as it is: only the mark on it changes.
GRANT UPDATE (confidentiality_mark, revision, update_time) ON agreement_document TO {service_role};
