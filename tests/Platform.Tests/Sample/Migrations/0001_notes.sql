CREATE TABLE note (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (municipality, id)
);
SELECT wall_off('note');
GRANT SELECT, INSERT, UPDATE ON note TO {service_role};

CREATE TABLE heard (
    municipality text NOT NULL,
    id uuid NOT NULL,
    subject text NOT NULL,
    sequence bigint NOT NULL,
    trace_id text NOT NULL,
    PRIMARY KEY (municipality, id)
);
SELECT wall_off('heard');
GRANT SELECT, INSERT ON heard TO {service_role};
