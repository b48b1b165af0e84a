-- Suspension, single undertakings, and search in Swedish.

ALTER TABLE organisation
    ADD COLUMN suspension_reason text NOT NULL DEFAULT '',
    ADD COLUMN suspend_time timestamptz,
    ADD COLUMN undertaking_key text NOT NULL DEFAULT '';
CREATE INDEX organisation_undertaking ON organisation (municipality, undertaking_key) WHERE undertaking_key <> '';

-- Place of the latest event of each organisation: several things of an organisation raise events about it.
CREATE TABLE event_sequence (
    municipality text NOT NULL,
    subject text NOT NULL,
    latest bigint NOT NULL,
    PRIMARY KEY (municipality, subject)
);
SELECT wall_off('event_sequence');
GRANT SELECT, INSERT, UPDATE ON event_sequence TO {service_role};

-- Both are trusted extensions: the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE TABLE organisation_search (
    municipality text NOT NULL,
    organisation uuid NOT NULL,
    key text NOT NULL,
    state text NOT NULL,
    party_eligibility text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (municipality, organisation),
    FOREIGN KEY (municipality, organisation) REFERENCES organisation (municipality, id)
);
CREATE INDEX organisation_search_text ON organisation_search USING gin (municipality, text gin_trgm_ops);
SELECT wall_off('organisation_search');
GRANT SELECT, INSERT, UPDATE ON organisation_search TO {service_role};

-- The owner bears row-level security too, and must see what stands to fill the table from it.
ALTER TABLE organisation NO FORCE ROW LEVEL SECURITY;
ALTER TABLE organisation_search NO FORCE ROW LEVEL SECURITY;
INSERT INTO organisation_search (municipality, organisation, key, state, party_eligibility, text)
SELECT municipality, id, key, state, party_eligibility,
       lower(normalize(concat_ws(E'\n', facts->>'displayName', left(number, 6) || '-' || right(number, 4), number, facts->>'purposeStatement', facts->>'localActivity'), NFC) COLLATE "und-x-icu")
FROM organisation;
ALTER TABLE organisation FORCE ROW LEVEL SECURITY;
ALTER TABLE organisation_search FORCE ROW LEVEL SECURITY;

-- Under a row-level policy PostgreSQL may use an index only for operators that are marked leakproof, and LIKE is not.
-- This function sees the table as its owner and is the wall itself: it reads the tenant's rows alone, by the same setting
-- as the policy, fails closed without it, and answers with ids and nothing else.
CREATE POLICY search ON organisation_search TO CURRENT_USER USING (true);

CREATE FUNCTION stem_pattern(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- The stem of a Swedish word begins the word; a word without one (too short, a stop word) stands for itself.
    SELECT '%' || replace(replace(replace(
        CASE WHEN length(stem) >= 3 AND starts_with(word, stem) THEN stem ELSE word END, '\', '\\'), '%', '\%'), '_', '\_') || '%'
    FROM (SELECT coalesce((ts_lexize('swedish_stem', word))[1], word) AS stem) AS stemmed
$$;

CREATE FUNCTION search_organisations(words text[], states text[], eligibilities text[], keys text[], before uuid, most integer)
RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    condition text := '';
    word text;
BEGIN
    FOREACH word IN ARRAY words LOOP
        condition := condition || format(' AND text LIKE %L', public.stem_pattern(word));
    END LOOP;
    -- Planned anew each time, with the words in sight: a rare word goes by its trigrams, a common one by the key.
    RETURN QUERY EXECUTE
        'SELECT organisation FROM public.organisation_search WHERE municipality = current_setting(''iop.municipality'', true)'
        || condition
        || CASE WHEN states IS NULL THEN '' ELSE ' AND state = ANY ($1)' END
        || CASE WHEN eligibilities IS NULL THEN '' ELSE ' AND party_eligibility = ANY ($2)' END
        || CASE WHEN keys IS NULL THEN '' ELSE ' AND key = ANY ($3)' END
        || CASE WHEN before IS NULL THEN '' ELSE ' AND organisation < $4' END
        || ' ORDER BY organisation DESC LIMIT $5'
        USING states, eligibilities, keys, before, most;
END $$;
REVOKE ALL ON FUNCTION search_organisations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_organisations TO {service_role};
