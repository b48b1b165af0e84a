-- What was drawn up outside the platform need have no case.
DROP INDEX agreement_of_case;
CREATE UNIQUE INDEX agreement_of_case ON agreement (municipality, case_name)
    WHERE case_name <> '' AND amends IS NULL AND state NOT IN ('Expired', 'Terminated', 'Rescinded', 'WoundDown', 'Archived', 'Withdrawn');
