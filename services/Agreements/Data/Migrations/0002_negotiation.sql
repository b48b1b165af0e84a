-- What the case knew, and what a body decided on the agreed text.
ALTER TABLE agreement ADD COLUMN origin jsonb NOT NULL DEFAULT '{}';
ALTER TABLE agreement ADD COLUMN text_decision jsonb;

CREATE TABLE comment (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    agreement uuid NOT NULL,
    state text NOT NULL,
    section_id text NOT NULL,
    words text NOT NULL,
    text text NOT NULL,
    side text NOT NULL,
    author text NOT NULL,
    replies jsonb NOT NULL,
    resolved_by text NOT NULL,
    PRIMARY KEY (municipality, id)
);

CREATE INDEX comment_of_agreement ON comment (municipality, agreement, id);

CREATE TABLE proposal (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    agreement uuid NOT NULL,
    state text NOT NULL,
    section_id text NOT NULL,
    text text NOT NULL,
    motivation text NOT NULL,
    base_text text NOT NULL,
    side text NOT NULL,
    author text NOT NULL,
    answered_by text NOT NULL,
    answer text NOT NULL,
    PRIMARY KEY (municipality, id)
);

CREATE INDEX proposal_of_agreement ON proposal (municipality, agreement, id);

SELECT wall_off('comment');
SELECT wall_off('proposal');
GRANT SELECT, INSERT, UPDATE ON comment, proposal TO {service_role};
