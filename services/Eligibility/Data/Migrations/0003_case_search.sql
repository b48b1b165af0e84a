-- What cases are found by: words in any form, organisations, packs. Row-level security lets an index narrow a search only
-- by operators that can leak nothing, which are those of plain keys and neither those of arrays nor of text search. So
-- words and organisations are rows here, found by equality and by range, and a list stays as fast among a million cases
-- as among a thousand.

CREATE TABLE case_organisation (
    municipality text NOT NULL,
    organisation text NOT NULL,
    case_id uuid NOT NULL,
    PRIMARY KEY (municipality, organisation, case_id)
);
CREATE INDEX case_organisation_case ON case_organisation (municipality, case_id);

-- The stems of the words in a case.
CREATE TABLE case_word (
    municipality text NOT NULL,
    word text COLLATE "C" NOT NULL,
    case_id uuid NOT NULL,
    PRIMARY KEY (municipality, word, case_id)
);
CREATE INDEX case_word_case ON case_word (municipality, case_id, word);

-- Each stem that is used, under each of its endings: what begins like one of them is a part of a compound. A stem that is
-- no longer used stays, and finds nothing.
CREATE TABLE case_word_ending (
    municipality text NOT NULL,
    ending text COLLATE "C" NOT NULL,
    word text COLLATE "C" NOT NULL,
    PRIMARY KEY (municipality, ending, word)
);

CREATE INDEX case_file_pack ON case_file (municipality, guideline_pack, id);

CREATE FUNCTION case_stems(words text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(word), '{}') FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.swedish', words))) AS word WHERE length(word) <= 60
$$;

CREATE FUNCTION case_text(facts jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws(E'\n',
        facts->>'title', facts->>'caseReference', facts->>'domain', facts->>'initiativeDescription', facts->>'challenge', facts->>'need',
        facts->>'existingServices', facts->>'addedValue', facts->>'targetGroup', facts->>'jointValues',
        (SELECT string_agg(party->>'displayName', E'\n') FROM jsonb_array_elements(facts->'parties') AS party),
        (SELECT string_agg(goal->>'text', E'\n') FROM jsonb_array_elements(facts->'goals') AS goal))
$$;

-- The parts of a compound are not known, so every ending of four letters or more may be one.
CREATE FUNCTION case_endings(word text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
    SELECT substr(word, start) FROM generate_series(1, greatest(1, length(word) - 3)) AS start
$$;

-- In the database, so that what is found is what is saved, whoever saves it. Rows are written in the order of their keys:
-- two cases that bring the same new word then wait for each other and never in a circle.
CREATE FUNCTION case_file_index() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words text[] := case_stems(case_text(NEW.facts));
BEGIN
    DELETE FROM case_word w WHERE w.municipality = NEW.municipality AND w.case_id = NEW.id AND w.word <> ALL (words);
    INSERT INTO case_word SELECT NEW.municipality, stem, NEW.id FROM unnest(words) AS stem ON CONFLICT DO NOTHING;
    INSERT INTO case_word_ending
        SELECT NEW.municipality, ending, stem FROM unnest(words) AS stem, case_endings(stem) AS ending
        WHERE NOT EXISTS (SELECT 1 FROM case_word_ending e WHERE e.municipality = NEW.municipality AND e.ending = stem AND e.word = stem)
        ORDER BY ending COLLATE "C", stem COLLATE "C" ON CONFLICT DO NOTHING;
    DELETE FROM case_organisation o WHERE o.municipality = NEW.municipality AND o.case_id = NEW.id AND o.organisation <> ALL (NEW.organisations);
    INSERT INTO case_organisation SELECT NEW.municipality, organisation, NEW.id FROM unnest(NEW.organisations) AS organisation ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER case_file_index AFTER INSERT OR UPDATE OF facts, organisations ON case_file FOR EACH ROW EXECUTE FUNCTION case_file_index();

-- The cases that are there already, which the owner sees only while the wall is not forced upon it.
ALTER TABLE case_file NO FORCE ROW LEVEL SECURITY;
UPDATE case_file SET facts = facts;
ALTER TABLE case_file FORCE ROW LEVEL SECURITY;

SELECT wall_off(t) FROM unnest(ARRAY['case_organisation', 'case_word', 'case_word_ending']::regclass[]) AS t;
GRANT SELECT, INSERT, DELETE ON case_organisation, case_word TO {service_role};
GRANT SELECT, INSERT ON case_word_ending TO {service_role};

-- Adopted guidelines are public documents: a municipality may compare its own with those of others.
CREATE POLICY adopted ON guideline_version FOR SELECT TO {crosstenant_role} USING (state <> 'Draft');
GRANT SELECT ON guideline_version TO {crosstenant_role};
