-- Words that carry no meaning (och, för, i) are left out of a query that has others: nobody is looked for by them.
CREATE OR REPLACE FUNCTION search_organisations(words text[], states text[], eligibilities text[], keys text[], before uuid, most integer)
RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    near CONSTANT integer := 2000;
    tenant text := 'municipality = current_setting(''iop.municipality'', true)' || CASE WHEN before IS NULL THEN '' ELSE ' AND organisation < $4' END;
    condition text := '';
    word text;
    meant boolean;
    found uuid[];
BEGIN
    meant := EXISTS (SELECT FROM unnest(words) AS w WHERE length(w) >= 3 AND ts_lexize('swedish_stem', w) IS DISTINCT FROM '{}');
    FOREACH word IN ARRAY words LOOP
        CONTINUE WHEN meant AND ts_lexize('swedish_stem', word) = '{}';
        condition := condition || format(' AND text LIKE %L', public.stem_pattern(word));
    END LOOP;
    condition := condition
        || CASE WHEN states IS NULL THEN '' ELSE ' AND state = ANY ($1)' END
        || CASE WHEN eligibilities IS NULL THEN '' ELSE ' AND party_eligibility = ANY ($2)' END
        || CASE WHEN keys IS NULL THEN '' ELSE ' AND key = ANY ($3)' END;

    EXECUTE 'SELECT array_agg(organisation ORDER BY organisation DESC) FROM (SELECT organisation FROM ('
        || 'SELECT * FROM public.organisation_search WHERE ' || tenant || ' ORDER BY organisation DESC LIMIT $6) AS newest WHERE true'
        || condition || ' ORDER BY organisation DESC LIMIT $5) AS page'
        INTO found USING states, eligibilities, keys, before, most, near;
    IF cardinality(found) >= most THEN
        RETURN QUERY SELECT unnest(found);
        RETURN;
    END IF;

    RETURN QUERY EXECUTE 'SELECT organisation FROM public.organisation_search WHERE ' || tenant || condition || ' ORDER BY organisation DESC LIMIT $5'
        USING states, eligibilities, keys, before, most;
END $$;
