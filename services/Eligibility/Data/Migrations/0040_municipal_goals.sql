-- Goals, priorities and programmes that a municipality enters itself, each with the days that it holds.
CREATE TABLE municipal_goal (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    code text NOT NULL,
    "row" jsonb NOT NULL,
    state text NOT NULL,
    retire_reason text NOT NULL,
    PRIMARY KEY (municipality, id)
);

SELECT wall_off('municipal_goal');
GRANT SELECT, INSERT, UPDATE ON municipal_goal TO {service_role};
