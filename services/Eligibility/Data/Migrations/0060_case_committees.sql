-- Who sees a case among the committees, as rows: the list of a small committee must not walk through the cases of all the others
-- (0003 says why a plain key can narrow an index here and an array cannot). A case that is kept to no committee has one row, without a code.
CREATE TABLE case_committee (
    municipality text NOT NULL,
    committee text NOT NULL,
    case_id uuid NOT NULL,
    PRIMARY KEY (municipality, committee, case_id)
);
CREATE INDEX case_committee_case ON case_committee (municipality, case_id, committee);

CREATE FUNCTION case_file_committees() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    seeing text[] := CASE WHEN NEW.committees_only THEN NEW.committees ELSE ARRAY[''] END;
BEGIN
    DELETE FROM case_committee c WHERE c.municipality = NEW.municipality AND c.case_id = NEW.id AND c.committee <> ALL (seeing);
    INSERT INTO case_committee SELECT NEW.municipality, committee, NEW.id FROM unnest(seeing) AS committee ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER case_file_committees AFTER INSERT OR UPDATE OF committees, committees_only ON case_file
    FOR EACH ROW EXECUTE FUNCTION case_file_committees();

-- The cases that are there already, which the owner sees only while the wall is not forced upon it.
ALTER TABLE case_file NO FORCE ROW LEVEL SECURITY;
UPDATE case_file SET committees = committees;
ALTER TABLE case_file FORCE ROW LEVEL SECURITY;

SELECT wall_off('case_committee');
GRANT SELECT, INSERT, DELETE ON case_committee TO {service_role};
