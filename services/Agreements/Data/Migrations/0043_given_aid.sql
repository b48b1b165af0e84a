-- What the version in force gives, beside what has been reported in all. Of what was signed before, what was reported is taken.
ALTER TABLE agreement_share ADD COLUMN given_aid jsonb;

-- The owner sees the rows only while the wall is not forced upon it.
ALTER TABLE agreement_share NO FORCE ROW LEVEL SECURITY;
UPDATE agreement_share SET given_aid = jsonb_build_object(
    'basis', CASE WHEN reported_basis = 'Unspecified' THEN aid ->> 'basis' ELSE reported_basis END, 'amount', reported_aid)
WHERE reported_aid > 0 AND (reported_basis <> 'Unspecified' OR aid IS NOT NULL);
ALTER TABLE agreement_share FORCE ROW LEVEL SECURITY;
