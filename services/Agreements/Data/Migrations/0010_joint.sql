-- The other municipalities of an agreement, as the lead knows them.
ALTER TABLE agreement ADD COLUMN members jsonb NOT NULL DEFAULT '[]';

-- The door to another municipality's agreement, kept by the one that looks through it. The id is the agreement's.
CREATE TABLE agreement_share (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    lead text NOT NULL,
    title text NOT NULL,
    party_id text NOT NULL,
    state text NOT NULL,
    message text NOT NULL,
    reason text NOT NULL,
    case_name text NOT NULL,
    pack_name text NOT NULL,
    organisations jsonb NOT NULL,
    aid jsonb,
    reported_aid numeric NOT NULL,
    invite_time timestamptz NOT NULL,
    answer_time timestamptz,
    PRIMARY KEY (municipality, id)
);

-- Drafts of new versions of what is shared. A row opens nothing by itself: the lead's draft must be there and say the same.
CREATE TABLE shared_draft (
    municipality text NOT NULL,
    id uuid NOT NULL,
    agreement uuid NOT NULL,
    PRIMARY KEY (municipality, id)
);

SELECT wall_off('agreement_share');
SELECT wall_off('shared_draft');
GRANT SELECT, INSERT, UPDATE ON agreement_share TO {service_role};
GRANT SELECT, INSERT ON shared_draft TO {service_role};
